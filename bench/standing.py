"""Of what a bench starts beside the service: a port that is free, and whether database and Redis answer yet."""

import random
import socket
from contextlib import closing
from pathlib import Path
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

from service.storage.database import Database

PORTS: Final = range(20_000, 32_000)
"""Below those that a system gives to whoever asks for any: nobody is given one of these before it is listened on."""


def free_port() -> int:
    """Give a port of the loopback, and to nobody else who asks here for as long as this process lives.

    The same number of UDP, which nobody uses, says to other processes that it is given away.
    """
    for port in random.sample(PORTS, len(PORTS)):
        held = socket.socket(type=socket.SOCK_DGRAM)
        try:
            held.bind(("127.0.0.1", port))
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            held.close()
            continue
        held.detach()  # it is closed by the end of the process
        return port
    raise OSError("No port is free.")


def reachable(database_url: str) -> bool:
    with closing(Database(database_url)) as database:
        return database.reachable()


def pings(redis_socket: Path) -> bool:
    try:
        with closing(Redis(unix_socket_path=str(redis_socket))) as redis:
            return bool(redis.ping())
    except RedisError:
        return False
