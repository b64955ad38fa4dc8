"""A client of the door that can be as slow as a test wants it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from service.web.serving.door import Door

Message = dict[str, Any]


@dataclass
class Client:
    """Sends the parts of a body, and then is silent for ever where it said that there is `more`."""

    parts: Sequence[bytes] = ()
    more: bool = False
    method: str = "GET"
    path: str = "/"
    query: bytes = b""
    place: str = "192.0.2.7"
    headers: Sequence[tuple[bytes, bytes]] = ()
    heard: list[Message] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    reads: asyncio.Event | None = None
    """Where it is there, the client takes nothing of the answer before it is set."""

    async def receive(self) -> Message:
        self.events.append("asked for more")
        taken = self.events.count("asked for more")
        if taken > len(self.parts):
            if self.more:
                await asyncio.Event().wait()
            return {"type": "http.request", "body": b"", "more_body": False}
        last = taken == len(self.parts) and not self.more
        return {"type": "http.request", "body": self.parts[taken - 1], "more_body": not last}

    async def send(self, message: Message) -> None:
        self.events.append("answered")
        self.answered.set()
        if self.reads:
            await self.reads.wait()
        self.heard.append(message)

    async def ask(self, door: Door) -> None:
        await door(self.scope, self.receive, self.send)

    @property
    def scope(self) -> dict[str, Any]:
        return {
            "type": "http",
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": self.query,
            "headers": list(self.headers),
            "client": (self.place, 5),
            "server": ("192.0.2.1", 8000),
        }

    @property
    def status(self) -> int:
        return int(self.heard[0]["status"]) if self.heard else 0

    @property
    def said(self) -> dict[bytes, bytes]:
        return dict(self.heard[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.heard[1:])


def sending(*parts: bytes, length: int | None = None, more: bool = False, path: str = "/") -> Client:
    """A client that says how long its body is, or, without a length, sends it in chunks."""
    chunked = (b"transfer-encoding", b"chunked")
    header = chunked if length is None else (b"content-length", str(length).encode())
    return Client(parts, more=more, method="PUT", path=path, headers=[header])
