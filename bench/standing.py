"""Of what a bench starts beside the service: a port that is free, and whether database and Redis answer yet."""

import socket
from contextlib import closing
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from service.storage.database import Database


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def reachable(database_url: str) -> bool:
    with closing(Database(database_url)) as database:
        return database.reachable()


def pings(redis_socket: Path) -> bool:
    try:
        with closing(Redis(unix_socket_path=str(redis_socket))) as redis:
            return bool(redis.ping())
    except RedisError:
        return False
