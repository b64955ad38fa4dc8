"""The redis-server of an installation: on a Unix socket in the data folder, for nobody else on the machine."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import closing
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoRedis

from service.config import Config
from service.domain.errors import BadValue

LONGEST_SOCKET_BYTES = 103
"""What macOS allows for a socket's path; Linux takes four more."""

SETTINGS = """\
# Written anew at every start.
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
appendonly yes
save ""
daemonize no
loglevel warning
"""


def socket_of(config: Config) -> Path | None:
    """Give the socket on which a Redis is to be started, or None where the settings name one that runs elsewhere."""
    path = config.data / "redis.sock"
    if config.redis_url != f"unix://{path}":
        return None
    return path if _suits(path) else _private_folder(config.data) / "redis.sock"


def write_settings(socket: Path, *, folder: Path) -> Path:
    """Write what redis-server is to be started with; its own files go into the folder."""
    if not shutil.which("redis-server"):
        raise BadValue("redis", "redis-server is not installed. script/setup installs it; or set UNDRAWER_REDIS_URL.")
    folder.mkdir(exist_ok=True)
    file = folder / "redis.conf"
    file.write_text(SETTINGS.format(socket=_quoted(socket), folder=_quoted(folder)), encoding="utf-8")
    return file


def end_leftover(socket: Path, *, patience_seconds: float = 10) -> None:
    """End the server of a run that was killed, before its successor takes the same files into its hands.

    The elder would also remove the socket of the younger when it ends.
    """
    until = time.monotonic() + patience_seconds
    with closing(Redis(unix_socket_path=str(socket))) as client:
        while _shuts_down(client):
            if time.monotonic() > until:
                raise BadValue("redis", f"A Redis of an earlier run still answers on {socket}. End it first.")
            time.sleep(0.1)


def _shuts_down(client: "Redis") -> bool:
    """Ask it to end; False once there is nobody to ask."""
    try:
        client.ping()
        client.shutdown()
    except NoRedis:
        return False
    return True


def _suits(path: Path) -> bool:
    """Whether a socket may lie here: redis-py 8 misreads the answer to CLIENT INFO where the path has a space."""
    return len(os.fsencode(path)) <= LONGEST_SOCKET_BYTES and bool(re.fullmatch(r"[\w/.,+@=-]+", str(path), re.ASCII))


def _private_folder(data: Path) -> Path:
    """Give a folder with a short and plain name that belongs to this data folder, and to this user alone."""
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"undrawer-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise BadValue("redis", f"{folder} is not this user's alone. Remove it, or set UNDRAWER_REDIS_URL.")
    return folder


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
