"""How gunicorn serves the application: threads, and time enough for a photo from a slow phone."""

import socket
import struct
from pathlib import Path
from typing import Any

from service.config import Config

_config = Config.from_env()

wsgi_app = "service.web:create_app()"
bind = _config.host if _config.host.startswith("unix:") else f"{_config.host}:{_config.port}"
if ":" in _config.host and not _config.host.startswith("unix:"):
    bind = f"[{_config.host}]:{_config.port}"

certfile, keyfile = (
    (str(_config.certificates / "server.pem"), str(_config.certificates / "server.key"))
    if _config.https_at_home
    else (None, None)
)
"""Read again for each connection, so that a renewed certificate is used at once."""

worker_class = "gthread"
workers = 2
"""Two, so that the other answers while one restarts."""

threads = 16
"""A request that waits for bytes costs a thread, not a process; reading photos is the workers' job."""

timeout = 120
graceful_timeout = 30
keepalive = 15
"""Seconds; a little more than a phone pauses between two photos."""

limit_request_line = 8190
limit_request_fields = 60
accesslog = None
"""No access log: addresses carry ids, and searches carry names."""

errorlog = "-"
proc_name = "undrawer"
# The heartbeat file on a slow disk would let gunicorn take a busy worker for a dead one.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a private file there
# It would lie in the home folder and be shared by every installation of this user.
control_socket_disable = True

SILENCE_SECONDS = 30
"""So long a client may send nothing, or take nothing, in the middle of a request."""


def post_worker_init(worker: Any) -> None:
    """Hang up on who fell silent: a phone that left the network would hold its thread for ever, and 32 of them all.

    gunicorn has no such limit for threads. Connections inherit this one from the socket that accepts them.
    """
    for listener in worker.sockets:
        for limit in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.setsockopt(socket.SOL_SOCKET, limit, struct.pack("@ll", SILENCE_SECONDS, 0))
