"""Phones that send what they took, as the app does: three at once each, patient, and back when they are asked to come."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from uuid import uuid4

from bench.load.line import Answer, Line

AT_ONCE = 3
LEAST_BYTES_A_SECOND = 10_000
PATIENCE_SECONDS = 30
LONGEST_WAIT_SECONDS = 300
"""The numbers of service/web/static/js/queue.js."""


@dataclass
class Sent:
    """What became of all photos."""

    acknowledged: list[float] = field(default_factory=list)
    """Seconds of the try that was answered with a yes."""
    late: int = 0
    """Tries that had no answer within the phone's patience."""
    sent_back: list[int] = field(default_factory=list)
    """Of each refusal for too much work (429, 503) after how many seconds to come again; 0 where it did not say."""
    failed: list[int] = field(default_factory=list)
    seconds: float = 0


async def send_all(address: str, tokens: list[str], *, photos_each: int, picture: bytes, until: float) -> Sent:
    """Have every phone send so many photos, all at the same time; `until` is when the bench gives up."""
    sent, begun = Sent(), time.monotonic()
    await asyncio.gather(*(_phone(address, token, photos_each, picture, sent, until) for token in tokens))
    sent.seconds = time.monotonic() - begun
    return sent


async def _phone(address: str, token: str, photos: int, picture: bytes, sent: Sent, until: float) -> None:
    waiting = [str(uuid4()) for _ in range(photos)]

    async def sender() -> None:
        line = Line(address, token)
        while waiting:
            await _send(line, waiting.pop(), picture, sent, until)
        await line.close()

    await asyncio.gather(*(sender() for _ in range(min(AT_ONCE, photos))))


async def _send(line: Line, id_: str, picture: bytes, sent: Sent, until: float) -> None:
    """Send one photo until it is acknowledged, as queue.js does."""
    content, tries = unlike(picture), 0
    while time.monotonic() < until:
        patience = PATIENCE_SECONDS + len(content) / LEAST_BYTES_A_SECOND
        answer = await line.ask("PUT", f"/api/v1/photos/{id_}", body=content, patience=patience)
        if answer.status in (200, 201):
            sent.acknowledged.append(answer.seconds)
            return
        if answer.status not in (0, 429) and answer.status < 500:
            sent.failed.append(answer.status)
            return
        wait = _verdict(answer, tries, sent)
        tries += 1
        await asyncio.sleep(wait)
    sent.failed.append(0)


def _verdict(answer: Answer, tries: int, sent: Sent) -> float:
    """How long to wait before the next try."""
    asked = int(answer.headers.get("retry-after", 0))
    if answer.status in (429, 503):
        sent.sent_back.append(asked)
    else:
        sent.late += 1
    own = min(LONGEST_WAIT_SECONDS, 2**tries) * random.uniform(0.5, 1)
    return min(asked, LONGEST_WAIT_SECONDS) if asked else own


def unlike(picture: bytes) -> bytes:
    """The same picture in other bytes: a JPEG with a comment of its own right at its beginning."""
    note = uuid4().hex.encode()
    return picture[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + picture[2:]


def padded(picture: bytes, size: int) -> bytes:
    """As heavy as a phone's photo: what stands behind the end of a JPEG is read by nobody."""
    return picture + random.Random(1).randbytes(max(0, size - len(picture)))
