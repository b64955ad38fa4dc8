"""Real parts that tests start themselves, and waiting for what they do."""

import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

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


def answers(client: "Redis") -> bool:
    try:
        return bool(client.ping())
    except NoRedis:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], object], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.05)
