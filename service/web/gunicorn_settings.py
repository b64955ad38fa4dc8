"""How gunicorn serves the application: by an event loop that holds all lines, with threads behind it."""

from pathlib import Path

from service.config import Config
from service.logs import SETTINGS

_config = Config.from_env()

wsgi_app = "service.web.serving:create_door()"
bind = _config.host if _config.host.startswith("unix:") else f"{_config.host}:{_config.port}"
if ":" in _config.host and not _config.host.startswith("unix:"):
    bind = f"[{_config.host}]:{_config.port}"

certfile, keyfile = (
    (str(_config.certificates / "server.pem"), str(_config.certificates / "server.key"))
    if _config.https_at_home
    else (None, None)
)
"""Looked at once a second, so that a renewed certificate is used at once."""

worker_class = "service.web.serving.worker.LineWorker"
workers = 2
"""Two, so that the other answers while one restarts."""

timeout = 120
graceful_timeout = 30
keepalive = 15
"""Seconds; a little more than a phone pauses between two photos."""

accesslog = None
"""No access log: addresses carry ids, and searches carry names."""

errorlog = "-"
logconfig_dict = SETTINGS
"""Lines of JSON; the door writes one a request (docs/running.md, *Watching it*)."""

proc_name = "undrawer"
# The heartbeat file on a slow disk would let gunicorn take a busy worker for a dead one.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a private file there
# It would lie in the home folder and be shared by every installation of this user.
control_socket_disable = True
