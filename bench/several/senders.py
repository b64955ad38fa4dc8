"""Phones that send to whichever machine answers, as they do behind names with several addresses or a balancer."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from uuid import UUID

import requests

ANSWER_SECONDS = 25
LONGEST_PAUSE_SECONDS = 4.0
KEEPS_LINE = 3
"""So many photos go over one connection: a phone keeps it open, and then the machine at its other end is restarted."""


@dataclass
class Senders:
    """All phones of a run. `troubles` counts what made one try again, `answers` every status that came."""

    addresses: Sequence[str]
    token: str
    until: float
    kept: list[str] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def send(self, batches: Sequence[Sequence[bytes]], *, pause_seconds: float, seed: int) -> list[Thread]:
        """Start a thread a phone."""
        threads = [
            Thread(target=self._send_all, args=[batch, pause_seconds, Random(f"phone {seed} {n}")], daemon=True)
            for n, batch in enumerate(batches)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _send_all(self, batch: Sequence[bytes], pause_seconds: float, chance: Random) -> None:
        line = requests.Session()
        for number, photo in enumerate(batch):
            if number % KEEPS_LINE == 0:
                line.close()
                line = requests.Session()
            Event().wait(chance.uniform(0, 2 * pause_seconds))
            self._send(line, photo, chance)
        line.close()

    def _send(self, line: requests.Session, photo: bytes, chance: Random) -> None:
        id_, pause = str(UUID(int=chance.getrandbits(128), version=4)), 0.2
        while time.monotonic() < self.until:
            if self._try(line, photo, id_, chance.choice(self.addresses)):
                self.kept.append(id_)
                return
            Event().wait(pause * chance.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _try(self, line: requests.Session, photo: bytes, id_: str, address: str) -> bool:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "image/jpeg"}
        begun = time.monotonic()
        try:
            url = f"{address}/api/v1/photos/{id_}"
            answer = line.put(url, data=photo, headers=headers, timeout=ANSWER_SECONDS)
        except requests.RequestException as error:
            self.troubles[_named(error)] += 1
            return False
        self.answers[answer.status_code] += 1
        self.seconds.append(time.monotonic() - begun)
        return answer.status_code in {200, 201}


def _named(error: requests.RequestException) -> str:
    text = str(error)
    for sign, name in {"refused": "connection refused", "reset": "connection reset", "RemoteDisc": "hung up"}.items():
        if sign in text:
            return name
    return type(error).__name__
