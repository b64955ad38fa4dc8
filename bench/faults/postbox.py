"""A mail server on loopback with the tempers of real ones: it takes, refuses for now, and hangs up after the text."""

import asyncio
from collections import Counter
from email import message_from_bytes
from random import Random
from threading import Lock, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

TAKES, TAKES_AND_HANGS_UP, HANGS_UP = 0.7, 0.82, 0.92
"""Up to which chance it does what; above all of them it refuses for now."""


class Postbox:
    """`taken` counts how often it took each mail, by its Message-ID; whether or not anybody was told."""

    def __init__(self, *, seed: int) -> None:
        self.taken: Counter[str] = Counter()
        self.tempers: Counter[str] = Counter()
        self.port = 0
        self._chance, self._lock = Random(f"postbox {seed}"), Lock()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            self._loop.create_server(lambda: SMTP(self, hostname="mail.example.com"), "127.0.0.1", 0)
        )
        self.port = int(self._server.sockets[0].getsockname()[1])
        Thread(target=self._loop.run_forever, daemon=True).start()

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        drawn = self._chance.random()
        if drawn < TAKES_AND_HANGS_UP:
            with self._lock:
                self.taken[str(message_from_bytes(content)["Message-ID"])] += 1
        if drawn < TAKES:
            self.tempers["took"] += 1
            return "250 2.0.0 taken"
        if drawn < HANGS_UP:
            self.tempers["took, and hung up" if drawn < TAKES_AND_HANGS_UP else "hung up"] += 1
            server.transport.abort()
            return "421 gone"
        self.tempers["refused for now"] += 1
        return "451 4.3.0 later"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
