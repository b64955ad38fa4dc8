"""The line that a request leaves in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from service.logs import REQUEST
from service.web.logged import SAID
from service.web.serving.answering import Send

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger(__name__)


class Line:
    """What became of a request, as far as it went."""

    def __init__(self) -> None:
        self.status, self.sent_bytes = 0, 0

    def heard(self, send: Send) -> Send:
        """Send, and listen."""

        async def sent(message: dict[str, Any]) -> None:
            self.status = message.get("status", self.status)
            self.sent_bytes += len(message.get("body", b""))
            await send(message)

        return sent


@contextmanager
def logged(environ: "WSGIEnvironment") -> Iterator[Line]:
    """Give the request an id, and write its line at the end; the health checks leave none."""
    line, begun, token = Line(), perf_counter(), REQUEST.set(uuid4().hex[:12])
    try:
        yield line
    finally:
        took = round((perf_counter() - begun) * 1000)
        said = {"method": environ["REQUEST_METHOD"], "status": line.status, "ms": took, "bytes": line.sent_bytes}
        said |= environ.get(SAID) or {"route": "/dav" if environ["PATH_INFO"].startswith("/dav/") else ""}
        if environ["PATH_INFO"] not in ("/healthz", "/readyz"):
            log.info("request", extra={"said": said})
        REQUEST.reset(token)
