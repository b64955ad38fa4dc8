"""Phones that send photos until each was acknowledged, through a network and a server that break off at any time."""

import hashlib
import http.client
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from uuid import UUID

ANSWER_SECONDS = 25
LONGEST_PAUSE_SECONDS = 6.0
"""A phone waits up to five minutes; here nobody has the time."""

BREAKS_OFF = 0.12
"""The share of tries in which the phone loses the network in the middle of the photo, or before the answer."""
FORGETS = 0.1
"""The share of photos sent again under another id: the app was thrown away before it heard the answer."""


@dataclass(slots=True)
class Shot:
    """A photo on a phone: `kept_as` is the id by which it was acknowledged, and every other that ever was."""

    account: str
    token: str
    sha256: str
    content: bytes
    pause_seconds: float
    kept_as: list[str] = field(default_factory=list)
    acknowledged_at: float = 0.0
    tries: int = 0


@dataclass(slots=True)
class Phones:
    """All phones of a run; `troubles` counts the answers and the breaks that made one of them try again."""

    port: int
    until: float
    troubles: dict[str, int] = field(default_factory=dict)
    answers_seconds: list[float] = field(default_factory=list)

    def send(self, batches: Sequence[Sequence[Shot]], *, seed: int) -> list[Thread]:
        """Start a thread a phone; each sends its photos one after the other."""
        threads = [
            Thread(target=self._send_all, args=[batch, Random(f"phone {seed} {number}")], daemon=True)
            for number, batch in enumerate(batches)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _send_all(self, batch: Sequence[Shot], chance: Random) -> None:
        for shot in batch:
            Event().wait(shot.pause_seconds)
            self._send(shot, chance, id_=_new_id(chance))
            if shot.kept_as and chance.random() < FORGETS:
                self._send(shot, chance, id_=_new_id(chance))

    def _send(self, shot: Shot, chance: Random, *, id_: str) -> None:
        pause = 0.4
        while time.monotonic() < self.until:
            shot.tries += 1
            asked_to_wait = self._try(shot, chance, id_)
            if asked_to_wait is None:
                return
            Event().wait(max(asked_to_wait, pause * chance.uniform(0.5, 1.0)))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _try(self, shot: Shot, chance: Random, id_: str) -> float | None:
        """Send it once; None where it was acknowledged, else the seconds that the service asks for."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        begun = time.monotonic()
        try:
            _put(connection, shot, id_, cut=chance.random() < BREAKS_OFF)
            if chance.random() < BREAKS_OFF:
                return self._note("the phone left before the answer")
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return self._note(f"no answer ({type(error).__name__})")
        finally:
            connection.close()
        if answer.status not in (200, 201):
            self._note(f"answer {answer.status}")
            return min(float(answer.headers.get("Retry-After", 0)), LONGEST_PAUSE_SECONDS)
        self.answers_seconds.append(time.monotonic() - begun)
        shot.kept_as.append(json.loads(said)["id"])
        shot.acknowledged_at = shot.acknowledged_at or time.monotonic()
        return None

    def _note(self, trouble: str) -> float:
        self.troubles[trouble] = self.troubles.get(trouble, 0) + 1
        return 0.0


def shots(photos: Sequence[bytes], keys: Sequence[tuple[str, str]], *, over_seconds: float, seed: int) -> list[Shot]:
    """Give each photo to one of the accounts (id and token), and spread them over the time."""
    chance = Random(f"shots {seed}")
    pauses = [chance.uniform(0, 2 * over_seconds) for _ in photos]
    return [
        Shot(*keys[number % len(keys)], hashlib.sha256(photo).hexdigest(), photo, pause)
        for number, (photo, pause) in enumerate(zip(photos, pauses, strict=True))
    ]


def _put(connection: http.client.HTTPConnection, shot: Shot, id_: str, *, cut: bool) -> None:
    connection.putrequest("PUT", f"/api/v1/photos/{id_}")
    headers = {"Authorization": f"Bearer {shot.token}", "Content-Type": "image/jpeg", "X-Sha256": shot.sha256}
    for name, value in {**headers, "Content-Length": str(len(shot.content))}.items():
        connection.putheader(name, value)
    connection.endheaders()
    if cut:
        connection.send(shot.content[: len(shot.content) // 2])
        raise ConnectionAbortedError
    connection.send(shot.content)


def _new_id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
