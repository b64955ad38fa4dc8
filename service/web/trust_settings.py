"""How gunicorn serves the page of trust: plain HTTP on a port of its own, for phones that do not trust us yet."""

from service.config import Config

_config = Config.from_env()

wsgi_app = "service.web.serving:create_trust_door()"
bind = f"[{_config.host}]:{_config.trust_port}" if ":" in _config.host else f"{_config.host}:{_config.trust_port}"
worker_class = "service.web.serving.worker.LineWorker"
workers = 1
timeout = 60
graceful_timeout = 5
accesslog = None
errorlog = "-"
proc_name = "undrawer-trust"
control_socket_disable = True
