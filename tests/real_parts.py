"""Real parts that tests start themselves, and waiting for what they do."""

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
from redis import Redis
from redis.exceptions import ConnectionError as NoRedis

PATIENCE_SECONDS = 300
"""What a part may take to start on a machine that has much else to do; nobody waits so long where all is well."""


def start_redis(at: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start a redis-server that listens on that socket only, and wait until it answers."""
    settings = ["--port", "0", "--unixsocket", str(at), "--dir", str(folder), "--save", "", "--loglevel", "warning"]
    server = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)
    with closing(Redis(unix_socket_path=str(at))) as client:
        wait_until(lambda: answers(client), seconds=PATIENCE_SECONDS)
    return server


def end_with_its_children(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker and its work-horse, which would outlive it and go on in the Redis that the next test is given."""
    if process.poll() is None:
        process.send_signal(signal.SIGSTOP)  # or it might fork once more meanwhile
        parent = psutil.Process(process.pid)
        wait_until(lambda: parent.status() in {psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE}, seconds=PATIENCE_SECONDS)
        for one in parent.children(recursive=True):
            one.kill()
    process.kill()
    process.wait()


def answers(client: "Redis") -> bool:
    try:
        return bool(client.ping())
    except NoRedis:
        return False


def wait_until(holds: Callable[[], object], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.05)
