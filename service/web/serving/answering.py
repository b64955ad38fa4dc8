"""The application's answer: made by a thread, sent by none, so that a client that reads slowly holds nobody up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, Final

from service.web.serving.arriving import SILENCE_SECONDS, GaveUp
from service.web.serving.seats import Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Send = Callable[[dict[str, Any]], Awaitable[None]]

GULP_BYTES: Final = 256 * 1024
"""So much is taken from the application at a time; most answers are shorter, and take one turn of a thread."""


class Answer:
    """One run of the application: status and headers, then the parts of its body."""

    def __init__(self, app: "WSGIApplication", environ: "WSGIEnvironment", threads: Threads) -> None:
        self._app, self._environ, self._threads = app, environ, threads
        # Every turn sees the same context, whichever thread takes it: Flask keeps the request in it.
        self._context: Context = copy_context()
        self._body: Iterable[bytes] = ()
        self._parts: Iterator[bytes] = iter(())
        self.status, self.headers = 500, list[tuple[bytes, bytes]]()
        self.gulp, self.more = b"", True

    async def begin(self) -> None:
        """Have a thread run the application until there is something to send."""
        await self._turn(self._begin)

    async def send(self, send: Send, *, rest: Callable[[], Awaitable[None]] | None = None) -> int:
        """Send it, and say how many bytes it was; `rest` is done before the end is told. Raises GaveUp."""
        sent = len(self.gulp)
        await _sent(send, {"type": "http.response.start", "status": self.status, "headers": self.headers})
        while self.more:
            await _sent(send, {"type": "http.response.body", "body": self.gulp, "more_body": True})
            await self._turn(self._take)
            sent += len(self.gulp)
        if rest:
            await _sent(send, {"type": "http.response.body", "body": self.gulp, "more_body": True})
            self.gulp = b""
            await rest()
        await _sent(send, {"type": "http.response.body", "body": self.gulp, "more_body": False})
        return sent

    async def close(self) -> None:
        if hasattr(self._body, "close"):
            await self._turn(self._body.close)

    async def _turn(self, work: Callable[[], None]) -> None:
        await self._threads.run(lambda: self._context.run(work))

    def _begin(self) -> None:
        self._body = self._app(self._environ, self._start)
        self._parts = iter(self._body)
        self._take()

    def _take(self) -> None:
        """Take parts until they are worth sending, or all."""
        taken, size = list[bytes](), 0
        while size < GULP_BYTES:
            part = next(self._parts, None)
            if part is None:
                self.more = False
                break
            taken.append(part)
            size += len(part)
        self.gulp = b"".join(taken)

    def _start(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _no_write


def _no_write(_bytes: bytes) -> None:
    raise NotImplementedError("Old WSGI's write() is not spoken here.")


async def _sent(send: Send, message: dict[str, Any]) -> None:
    try:
        async with asyncio.timeout(SILENCE_SECONDS):
            await send(message)
    except (TimeoutError, OSError):
        raise GaveUp from None
