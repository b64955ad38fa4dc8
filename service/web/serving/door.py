"""The way in: refused before its body is read, whole before it takes a thread, and asked to come back where all is taken."""

import errno
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.dav.body import LIMIT, STRANGERS_LIMIT_BYTES
from service.web.serving.answering import Answer, Send
from service.web.serving.arriving import Body, GaveUp, Receive, heard_out
from service.web.serving.environ import Scope, environ_of, place_of
from service.web.serving.refusing import refuse
from service.web.serving.request_log import logged
from service.web.serving.room import Room
from service.web.serving.seats import Full, Lane, Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

SMALL_BYTES: Final = STRANGERS_LIMIT_BYTES
"""So much is taken in from anybody; who sends more, or does not say how much, is looked at first."""

UPLOADS_AT_ONCE: Final = 4
OTHERS_AT_ONCE: Final = 12
"""Uploads have threads of their own, so that a page opens at once while a hundred phones send."""

LOOKS_AT_ONCE: Final = 4

STRANGERS_ROOM_BYTES: Final = 32 * 1024 * 1024
STRANGERS_SHARE_BYTES: Final = 4 * 1024 * 1024
"""So much of what small bodies bring is held in memory, and so much of it from one place."""

ROOM: Final = 40
SHARE: Final = 20
"""Of who said who he is: times what is heard out, on the disk. Hundreds of phones come from one place, behind a proxy."""


class Door:
    """An ASGI application before a WSGI one; `folder` is where bodies lie while they arrive."""

    def __init__(self, app: "WSGIApplication", *, folder: Path, most_heard_out: int, proxies: int = 0) -> None:
        self._app, self._folder, self._most_heard_out, self._proxies = app, folder, most_heard_out, proxies
        self._strangers = Room(whole=STRANGERS_ROOM_BYTES, each=STRANGERS_SHARE_BYTES)
        self._known = Room(whole=ROOM * most_heard_out, each=SHARE * most_heard_out)
        self._threads = Threads(UPLOADS_AT_ONCE + OTHERS_AT_ONCE + LOOKS_AT_ONCE)
        self._uploads, self._others = Lane(UPLOADS_AT_ONCE), Lane(OTHERS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        environ = environ_of(scope)
        with logged(environ) as line, suppress(GaveUp):
            await Visit(self, environ, receive, line.heard(send)).serve()

    def lane(self, length: int) -> Lane:
        return self._uploads if length > SMALL_BYTES else self._others

    def answer(self, environ: "WSGIEnvironment") -> Answer:
        return Answer(self._app, environ, self._threads)

    def room(self, limit: int) -> Room:
        """Where a body lies that may be so long: only who is known may send long ones."""
        return self._known if limit > SMALL_BYTES else self._strangers

    def place(self, environ: "WSGIEnvironment") -> str:
        return place_of(environ, proxies=self._proxies)

    def body(self, *, limit: int, place: str) -> Body:
        return Body(self._folder, room=self.room(limit), place=place)

    async def hear_out(self, receive: Receive) -> None:
        await heard_out(receive, most=self._most_heard_out)

    async def limit(self, environ: "WSGIEnvironment") -> int | None:
        """Ask the application how long a body may be; None where it refuses this one whatever it holds."""
        asked = {**environ, LIMIT: None}
        answer = self.answer(asked)
        try:
            await answer.begin()
        finally:
            await answer.close()
        limit: int | None = asked[LIMIT]
        return limit


class Visit:
    """One request, from its head to the end of its answer."""

    def __init__(self, door: Door, environ: "WSGIEnvironment", receive: Receive, send: Send) -> None:
        self._door, self._environ, self._receive, self._send = door, environ, receive, send
        self._length = int(environ.get("CONTENT_LENGTH") or 0)
        self._chunked = "HTTP_TRANSFER_ENCODING" in environ
        self._place = door.place(environ)

    async def serve(self) -> None:
        if self._chunked and "CONTENT_LENGTH" in self._environ:
            # Two ends of one body: whoever stands before us may see the other one (RFC 9112, 6.1).
            await refuse(self._send, self._environ, 400)
            return
        try:
            await self._take_in()
        except Full as full:
            await refuse(self._send, self._environ, 429, retry_after=full.seconds, rest=self._hear_out)
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            await refuse(self._send, self._environ, 507, rest=self._hear_out)

    async def _take_in(self) -> None:
        limit: int | None = SMALL_BYTES
        # Where strangers have taken their room, who is known is looked at for a small body too, and let in.
        if self._chunked or self._length > SMALL_BYTES or not self._door.room(0).holds(self._place, self._length):
            self._door.lane(self._length).demand()
            limit = await self._door.limit(self._environ)
        if limit is None or self._length > limit:
            await self._answer(too_long=True)
            return
        self._door.room(limit).demand(self._place, self._length)
        body = self._door.body(limit=limit, place=self._place)
        try:
            if self._chunked or self._length:
                await body.arrive(self._receive, limit=limit)
            self._environ["wsgi.input"], self._environ["CONTENT_LENGTH"] = body.file, str(body.size)
            self._environ.pop("HTTP_TRANSFER_ENCODING", None)
            await self._answer(too_long=body.size > limit)
        finally:
            body.close()

    async def _answer(self, *, too_long: bool) -> None:
        """Have the application answer; where a body is too long, it sees how long it is and none of the rest."""
        answer = self._door.answer(self._environ)
        try:
            async with self._door.lane(0 if too_long else int(self._environ.get("CONTENT_LENGTH") or 0)).seat():
                await answer.begin()
            await answer.send(self._send, rest=self._hear_out if too_long else None)
        finally:
            await answer.close()

    async def _hear_out(self) -> None:
        """Hear the rest of what was refused; but for who asked beforehand and now knows (RFC 9110, 10.1.1)."""
        if "HTTP_EXPECT" not in self._environ:
            await self._door.hear_out(self._receive)
