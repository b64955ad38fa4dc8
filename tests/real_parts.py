"""Real parts that tests start themselves, and waiting for what they do."""

import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoRedis


def start_redis(socket: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start a redis-server that listens on the socket only, and wait until it answers."""
    settings = ["--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", "", "--loglevel", "warning"]
    server = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)
    with closing(Redis(unix_socket_path=str(socket))) as client:
        wait_until(lambda: answers(client), seconds=60)
    return server


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
