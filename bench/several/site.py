"""Everything that several machines share, on loopback: PostgreSQL, Redis and an S3 server, each of this run alone."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import requests

from bench.faults.cluster import Cluster
from bench.several.machine import PATIENCE_SECONDS, ROOT, in_bucket, settings
from bench.standing import free_port, pings, reachable
from service.domain.reaching import vapid
from service.storage.database import upgrade

BUCKET = "undrawer"


@contextmanager
def shared(folder: Path) -> Iterator[dict[str, str]]:
    """Start them, and give what each machine is told of them."""
    cluster, socket, s3_port = Cluster(folder / "postgresql", {}), folder / "redis.sock", free_port()
    others = [
        _started(["redis-server", "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]),
        _started([sys.executable, "-m", "bench.s3", str(s3_port)]),
    ]
    try:
        cluster.keep()
        endpoint = f"http://127.0.0.1:{s3_port}"
        _wait(lambda: reachable(cluster.url) and pings(socket) and _made_bucket(endpoint))
        upgrade(cluster.url)
        yield settings(
            database_url=cluster.url,
            redis_url=f"unix://{socket}",
            files=in_bucket(f"s3://{BUCKET}/photos", endpoint=endpoint, key_id=BUCKET, secret=BUCKET),
            push_key=vapid.new_key(),
        )
    finally:
        for one in others:
            one.kill()
            one.wait()
        cluster.stop()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        if holds():
            return
        Event().wait(0.1)
    raise TimeoutError("PostgreSQL, Redis or the S3 server did not come up")


def _made_bucket(endpoint: str) -> bool:
    """Moto asks nobody for a signature."""
    try:
        return requests.put(f"{endpoint}/{BUCKET}", timeout=5).ok
    except requests.RequestException:
        return False
