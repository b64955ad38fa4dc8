"""Plain Radicale as gunicorn serves it: `bench.dav.plain:app`, with the same threads and the same way in as ours."""

import base64
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from radicale import config
from radicale.app import Application
from werkzeug.middleware.dispatcher import DispatcherMiddleware

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_radicale = Application(config.load([(os.environ["BENCH_RADICALE"], False)]))


def _signed_in(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """With `type = none` Radicale believes the name alone: the dearest hash would be measured otherwise."""
    said = base64.b64decode(str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")[2] or b"Og==").decode()
    name = said.partition(":")[0]
    environ["HTTP_AUTHORIZATION"] = "Basic " + base64.b64encode(f"{name}:x".encode()).decode()
    answer: Any = _radicale(environ, start_response)
    return answer  # type: ignore[no-any-return]  # of WSGI


app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/dav": _signed_in})  # type: ignore[method-assign]
