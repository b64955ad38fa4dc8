"""An S3 server on loopback that keeps all in memory, for benches and tests: `python -m bench.s3 PORT`. It is moto's.

moto answers one request at a time here: two at once for the same name make it fail.
"""

import sys
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

StartResponse = Callable[..., Any]


class InTurn:
    """An application whose requests wait for each other; answers are made whole before the next one begins."""

    def __init__(self, app: Callable[[dict[str, Any], StartResponse], Iterable[bytes]]) -> None:
        self._app, self._turn = app, Lock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        with self._turn:
            return [b"".join(self._app(environ, start_response))]


def main() -> None:
    run_simple("127.0.0.1", int(sys.argv[1]), InTurn(DomainDispatcherApplication(create_backend_app)), threaded=True)


if __name__ == "__main__":
    main()
