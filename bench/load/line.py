"""A connection to the service, as plain as can be, so that the asker costs little beside the asked."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """Status 0 is no answer at all."""

    status: int
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(slots=True)
class Line:
    """One line to the service, opened where it is not open."""

    address: str
    token: str = ""
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, *, body: bytes = b"", patience: float = 60, cookie: str = "") -> Answer:
        """Ask and wait for the whole answer."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(patience):
                status, headers, content = await self._asked(method, path, body, cookie)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            await self.close()
            return Answer(0, time.perf_counter() - begun)
        if headers.get("connection") == "close":
            await self.close()
        return Answer(status, time.perf_counter() - begun, headers, content)

    async def say(self, words: bytes) -> None:
        """Send something and wait for nothing."""
        await self._open()
        assert self._writer  # noqa: S101 - for the type
        self._writer.write(words)
        await self._writer.drain()

    async def close(self) -> None:
        writer, self._reader, self._writer = self._writer, None, None
        if writer:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    def head(self, method: str, path: str, length: int, cookie: str = "") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: bench", "X-Requested-With: undrawer"]
        lines += [f"Authorization: Bearer {self.token}"] if self.token else []
        lines += [f"Cookie: {cookie}"] if cookie else []
        lines += [f"Content-Length: {length}", "Content-Type: image/jpeg"] if length else []
        return "\r\n".join([*lines, "", ""]).encode()

    async def _asked(self, method: str, path: str, body: bytes, cookie: str) -> tuple[int, dict[str, str], bytes]:
        await self.say(self.head(method, path, len(body), cookie) + body)
        assert self._reader  # noqa: S101 - for the type
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split()[1]), headers, await self._content(headers)

    async def _content(self, headers: Mapping[str, str]) -> bytes:
        assert self._reader  # noqa: S101 - for the type
        if headers.get("transfer-encoding") != "chunked":
            return await self._reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await self._reader.readline(), 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readline()
        await self._reader.readline()
        return b"".join(parts)

    async def _open(self) -> None:
        if self._writer is None:
            where = urlsplit(self.address)
            self._reader, self._writer = await asyncio.open_connection(where.hostname, where.port)
