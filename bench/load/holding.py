"""Who holds a line and does nothing with it: letter by letter a body or a head, or in silence."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from urllib.parse import urlsplit
from uuid import uuid4

from bench.load.line import Line

HELD_BYTES = 3_000_000


@asynccontextmanager
async def held(address: str, token: str, *, bodies: int, heads: int, idle: int) -> AsyncIterator[None]:
    """Hold so many lines for as long as the block lasts; a letter a second goes over each of the slow ones."""
    line = Line(address, token)
    body = line.head("PUT", f"/api/v1/photos/{uuid4()}", HELD_BYTES)
    words = [*[(body, b"\xff")] * bodies, *[(b"GET /today HTTP/1.1\r\nX-Slow: ", b"a")] * heads, *[(b"", b"")] * idle]
    ready = asyncio.Semaphore(0)
    holders = [asyncio.create_task(_hold(address, first, letter, ready)) for first, letter in words]
    for _ in holders:
        await ready.acquire()
    try:
        yield
    finally:
        for holder in holders:
            holder.cancel()
        await asyncio.gather(*holders, return_exceptions=True)


async def _hold(address: str, first: bytes, letter: bytes, ready: asyncio.Semaphore) -> None:
    """Begin, and go on one byte a second; who is hung up on begins again."""
    loop, where = asyncio.get_running_loop(), urlsplit(address)
    while True:
        with closing(socket.socket()) as line:
            line.setblocking(False)
            try:
                await loop.sock_connect(line, (where.hostname, where.port))
                await loop.sock_sendall(line, first)
                ready.release()
                while True:
                    await asyncio.sleep(1)
                    await loop.sock_sendall(line, letter)
            except OSError:
                await asyncio.sleep(1)
