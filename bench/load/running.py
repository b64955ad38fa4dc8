"""A whole service in a folder of its own, as `script/run` starts it, and what its processes hold in memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.standing import free_port
from service.config import Config
from service.storage import accounts, tokens
from service.storage.database import Database

UNDRAWER = str(Path(sys.executable).with_name("undrawer"))
START_SECONDS = 120


@dataclass(frozen=True)
class Service:
    """Where it answers, and what it was started with."""

    address: str
    config: Config
    process: subprocess.Popen[bytes]

    def phones(self, count: int) -> list[str]:
        """Accounts with a key each, for so many phones."""
        with closing(Database(self.config.database_url)) as db, db.transaction() as tx:
            owners = [accounts.create(tx, name=f"Phone {number}").id for number in range(count)]
            return [tokens.create(tx, owner=owner, name="phone") for owner in owners]

    def megabytes(self) -> dict[str, float]:
        """What web and workers hold, all processes of a kind together; the work-horse of the moment is left out."""
        found = {"web": 0.0, "worker": 0.0}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                line = " ".join(child.cmdline())
                kind = "web" if "gunicorn_settings" in line else "worker" if "-m workers" in line else ""
                horse = kind == "worker" and (parent := child.parent()) and parent.pid != self.process.pid
                if kind and not horse and "schedule" not in line:
                    found[kind] += child.memory_info().rss / 2**20
            except psutil.NoSuchProcess:
                continue
        return found


@contextmanager
def running(*, workers: int, below: Path | None = None) -> Iterator[Service]:
    """Start it, wait until it is ready, and end it."""
    with tempfile.TemporaryDirectory(prefix="undrawer-load-", dir=below, ignore_cleanup_errors=True) as folder:
        port = free_port()
        env = {"UNDRAWER_DATA": folder, "UNDRAWER_HOST": "127.0.0.1", "UNDRAWER_PORT": str(port)}
        env["UNDRAWER_WORKERS"] = str(workers)
        process = subprocess.Popen([UNDRAWER, "run"], env={**os.environ, **env}, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, process)
            yield Service(address, Config.from_env({**os.environ, **env}), process)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 - ours
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("The service did not become ready.")
