"""The body of a request on its way in: into a file without a name, so that a slow one costs neither thread nor memory."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final

from service.dav.body import STRANGERS_LIMIT_BYTES
from service.web.serving.room import Room

Receive = Callable[[], Awaitable[dict[str, Any]]]

IN_MEMORY_BYTES: Final = STRANGERS_LIMIT_BYTES
"""More goes to the disk; so nobody fills it who has not said who he is."""

SILENCE_SECONDS: Final = 30
"""So long a client may send nothing in the middle of a request."""

LEAST_BYTES_A_SECOND: Final = 1000
WINDOW_SECONDS: Final = 60
"""In each of these a body must come at that speed, or it is given up: one byte a second would take a month."""


class GaveUp(Exception):
    """The client left, fell silent, or is too slow ever to be done."""


class Body:
    """What has arrived so far, in the room of its place; `size` may be more than is allowed by one gulp, kept nowhere."""

    def __init__(self, folder: Path, *, room: Room, place: str) -> None:
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115 - closed by `close`
        self._room, self._place = room, place
        self.size = self._kept = 0

    async def arrive(self, receive: Receive, *, limit: int) -> None:
        """Take in all of it, or as much as is allowed. Raises GaveUp, Full, and OSError where the disk is full."""
        async for gulp in gulps(receive):
            self.size += len(gulp)
            if self.size > limit:
                break
            self._room.take(self._place, len(gulp))
            self._kept = self.size
            self.file.write(gulp)
        self.file.seek(0)

    def close(self) -> None:
        self._room.give_back(self._place, self._kept)
        self.file.close()


async def gulps(receive: Receive) -> Any:
    """Give the parts of a body as they come. Raises GaveUp for who leaves, falls silent, or is slow all of a window."""
    more, begun, came = True, _now(), 0
    while more:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise GaveUp from None
        if message["type"] == "http.disconnect":
            raise GaveUp
        more = message.get("more_body", False)
        came += len(message.get("body", b""))
        if (passed := _now() - begun) >= WINDOW_SECONDS:
            if came < passed * LEAST_BYTES_A_SECOND:
                raise GaveUp
            begun, came = _now(), 0
        yield message.get("body", b"")


async def heard_out(receive: Receive, *, most: int) -> None:
    """Read on what a refusal left unread: many clients look for an answer only when all is sent.

    A phone would take the broken connection for a bad network, and send the same photo for ever.
    """
    try:
        async for gulp in gulps(receive):
            most -= len(gulp)
            if most < 0:
                return
    except GaveUp:
        return


def _now() -> float:
    return asyncio.get_running_loop().time()
