"""The body of a request, whole: Radicale knows neither chunks nor a limit, and would wait for a slow one without end."""

import socket
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from threading import Event, Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LIMIT: Final = "undrawer.limit"
"""In the environ: whoever takes bodies in asks how long this one may be, before it is there, and finds the answer here."""

LIMIT_BYTES: Final = 10 * 1024 * 1024
STRANGERS_LIMIT_BYTES: Final = 64 * 1024
"""Who has not said who he is asks where the address book is, signs in, or answers an invitation, and no more."""

SECONDS: Final = 90
_GULP_BYTES: Final = 64 * 1024


class BodyRefused(Exception):
    """It is not read, or not to its end."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def read_body(environ: "WSGIEnvironment", *, known: bool) -> bytes:
    """Read it and put it back, with its length. Raises BodyRefused for one too big, too slow or cut off."""
    limit = LIMIT_BYTES if known else STRANGERS_LIMIT_BYTES
    length = _length(environ)
    if length > limit:
        raise BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    chunked = "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower()
    try:
        body = _read(environ, limit + 1 if chunked else length) if chunked or length else b""
    except (OSError, TimeoutError):
        raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT) from None
    if len(body) < length:
        raise BodyRefused(HTTPStatus.BAD_REQUEST)
    if len(body) > limit:
        raise BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return body


def _length(environ: "WSGIEnvironment") -> int:
    said = str(environ.get("CONTENT_LENGTH") or "0")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise BodyRefused(HTTPStatus.BAD_REQUEST)
    return int(said)


def _read(environ: "WSGIEnvironment", most: int) -> bytes:
    """Read until the end. Where the line itself is read, one that brings a letter now and then is cut in time."""
    stream, got = environ["wsgi.input"], list[bytes]()
    line: socket.socket | None = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
    late = Event()

    def cut() -> None:
        late.set()
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RD)

    watch = Timer(SECONDS, cut) if line is not None else None
    if watch is not None:
        watch.daemon = True
        watch.start()
    try:
        while most > 0 and not late.is_set() and (gulp := stream.read(min(most, _GULP_BYTES))):
            got.append(gulp)
            most -= len(gulp)
    finally:
        if watch is not None:
            watch.cancel()
    if late.is_set():
        raise TimeoutError
    return b"".join(got)
