"""The body of a request on its way in: into a file without a name, so that a slow one costs neither thread nor memory."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final

Receive = Callable[[], Awaitable[dict[str, Any]]]

IN_MEMORY_BYTES: Final = 64 * 1024
SILENCE_SECONDS: Final = 30
"""So long a client may send nothing in the middle of a request."""

LEAST_BYTES_A_SECOND: Final = 1000
GRACE_SECONDS: Final = 120
"""After these a body must have come at that speed, or it is given up: one byte a second would take a month."""


class GaveUp(Exception):
    """The client left, fell silent, or is too slow ever to be done."""


class Body:
    """What has arrived so far; `size` may be more than was allowed by one gulp, and then no more was read."""

    def __init__(self, folder: Path) -> None:
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115 - closed by `close`
        self.size = 0

    async def arrive(self, receive: Receive, *, limit: int) -> None:
        """Take in all of it, or a little more than is allowed. Raises GaveUp, and OSError where the disk is full."""
        begun = asyncio.get_running_loop().time()
        async for gulp in gulps(receive):
            self.file.write(gulp)
            self.size += len(gulp)
            late = asyncio.get_running_loop().time() - begun - GRACE_SECONDS
            if late > 0 and self.size < late * LEAST_BYTES_A_SECOND:
                raise GaveUp
            if self.size > limit:
                break
        self.file.seek(0)

    def close(self) -> None:
        self.file.close()


async def gulps(receive: Receive) -> Any:
    """Give the parts of a body as they come. Raises GaveUp for who leaves or falls silent."""
    more = True
    while more:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise GaveUp from None
        if message["type"] == "http.disconnect":
            raise GaveUp
        more = message.get("more_body", False)
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
