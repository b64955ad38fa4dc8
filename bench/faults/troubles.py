"""What befalls the installation: parts killed at random, a full disk, a locked database, a clock that jumps, a job that hangs."""

import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread

import psutil
import psycopg
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bench.faults.house import JOB_SECONDS, House
from service.domain.reading.photo import PhotoState
from service.storage.tables import photos

KILLED = (
    ("web", 4),
    ("web, a process of several", 4),
    ("worker", 4),
    ("work-horse", 6),
    ("worker and work-horse at once", 5),
    ("redis", 6),
    ("schedule", 2),
    ("everything at once", 1),
)
KILLED_OF_POSTGRESQL = (("postgresql", 3), ("postgresql, a process of several", 3))
JUMPS = (7200, -3600)
LONGEST_SECONDS = 300
LOOKED_FOR_SECONDS = 4
"""So long a work-horse is waited for; then something else is killed."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long each trouble lasts, in seconds, and how often the row of them comes; a job that hangs, once for each."""

    locked: float = 10
    full: float = 8
    jumped: float = 12
    hung: tuple[float, ...] = (JOB_SECONDS + 1, JOB_SECONDS + 75)
    again: bool = True


SMALL = Lengths(locked=3, full=3, jumped=4, hung=(5,), again=False)
"""For the tests, which are to be quick on a quiet machine and to hold on a busy one: there no job reaches its limit."""


@dataclass
class Troubles:
    """`done` counts what happened, `orphaned` holds the seconds that photos waited whose worker and work-horse died."""

    house: House
    chance: Random
    lengths: Lengths
    done: Counter[str] = field(default_factory=Counter)
    orphaned: list[float] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    _watchers: list[Thread] = field(default_factory=list)

    def start(self, *, kills: int, over_seconds: float) -> list[Thread]:
        threads = [
            Thread(target=self._kill_all, args=[kills, over_seconds / kills], daemon=True),
            Thread(target=self._befall, args=[over_seconds], daemon=True),
            Thread(target=self._hang, args=[over_seconds], daemon=True),
        ]
        for thread in threads:
            thread.start()
        return threads

    def _kill_all(self, kills: int, every_seconds: float) -> None:
        bag = self._bag()
        killed = 0
        while killed < kills and not self.over.wait(self.chance.uniform(0.4, 1.6) * every_seconds):
            what = next(bag)
            while not self._kill(what):
                what = next(bag)
            self.done[f"killed: {what}"] += 1
            killed += 1
        for watcher in self._watchers:
            watcher.join()

    def _bag(self) -> Iterator[str]:
        """Everything comes by its turn, in an order that nobody knows."""
        kinds = KILLED + (KILLED_OF_POSTGRESQL if self.house.cluster else ())
        while True:
            bag = [what for what, times in kinds for _ in range(times if self.lengths.again else 1)]
            self.chance.shuffle(bag)
            yield from bag

    def _kill(self, what: str) -> bool:
        with suppress(psutil.NoSuchProcess):
            victims = self._victims(what)
            in_hand = self._in_hand() if what == "worker and work-horse at once" else []
            for victim in victims:
                victim.kill()
            self._watch(in_hand if victims else [])
            return bool(victims)
        return False

    def _victims(self, what: str) -> list[psutil.Process]:
        house = self.house
        programs, cluster = house.programs(), house.cluster
        chosen: dict[str, Callable[[], list[psutil.Process]]] = {
            "work-horse": lambda: self._horse()[-1:],
            "worker and work-horse at once": self._horse,
            "web, a process of several": lambda: self._one([one for web in programs["web"] for one in web.children()]),
            "everything at once": lambda: [] if self._tried_often() else house.everything(),
            "postgresql": lambda: cluster.server() if cluster else [],
            "postgresql, a process of several": lambda: self._one(cluster.backends() if cluster else []),
        }
        return chosen.get(what, lambda: self._one(programs[what]))()

    def _horse(self) -> list[psutil.Process]:
        """A worker and its work-horse in the middle of a job, the worker first; nothing where none was seen in time."""
        until = time.monotonic() + LOOKED_FOR_SECONDS
        while time.monotonic() < until and not self._tried_often():
            for worker in self.chance.sample(found := self.house.programs()["worker"], len(found)):
                with suppress(psutil.Error):
                    if horses := worker.children():
                        return [worker, horses[0]]
            time.sleep(0.05)
        return []

    def _tried_often(self) -> bool:
        """Whether a photo was under a reader that died twice: a third time, and it is rightly taken for the cause."""
        with suppress(SQLAlchemyError), closing(self.house.database()) as db, db.reading() as tx:
            tried = select(func.count()).where(photos.c.state == PhotoState.RECEIVED, photos.c.tries >= 2)
            return bool(tx.execute(tried).scalar_one())
        return True

    def _in_hand(self) -> list[str]:
        with suppress(SQLAlchemyError), closing(self.house.database()) as db, db.reading() as tx:
            taken = select(photos.c.id).where(photos.c.state == PhotoState.RECEIVED, photos.c.claimed_at.is_not(None))
            return list(tx.execute(taken).scalars())
        return []

    def _watch(self, ids: list[str]) -> None:
        """See how long the last of these is still unread."""
        if ids:
            self._watchers.append(Thread(target=self._wait_for, args=[ids, time.monotonic()], daemon=True))
            self._watchers[-1].start()

    def _wait_for(self, ids: list[str], since: float) -> None:
        unread = select(func.count()).where(photos.c.id.in_(ids), photos.c.state == PhotoState.RECEIVED)
        while not self.over.wait(1) and time.monotonic() < since + LONGEST_SECONDS:
            with suppress(SQLAlchemyError), closing(self.house.database()) as db, db.reading() as tx:
                if not tx.execute(unread).scalar_one():
                    break
        self.orphaned.append(time.monotonic() - since)

    def _one(self, among: list[psutil.Process]) -> list[psutil.Process]:
        return [self.chance.choice(among)] if among else []

    def _befall(self, over_seconds: float) -> None:
        """The disk, the lock and the clock, one after the other, and again as often as there is time."""
        turns: list[Callable[[], None]] = [self._lock, *([self._fill] if self.house.disk.small else [])]
        turns += [lambda by=by: self._jump(by) for by in JUMPS] if self.house.clock.jumps else []  # type: ignore[misc]
        until, first = time.monotonic() + over_seconds, True
        while first or (self.lengths.again and time.monotonic() < until):
            self.chance.shuffle(turns)
            for turn in turns:
                if self.over.wait(self.chance.uniform(1, 5)):
                    return
                turn()
            first = False

    def _fill(self) -> None:
        until = time.monotonic() + self.lengths.full
        while time.monotonic() < until and not self.over.is_set():
            self.house.disk.fill()
            time.sleep(0.1)
        self.house.disk.free()
        self.done[f"disk full for {self.lengths.full} s, and freed"] += 1

    def _jump(self, by: int) -> None:
        self.house.clock.jump(by)
        self.over.wait(self.lengths.jumped)
        self.house.clock.jump(0)
        self.done[f"clock jumped by {by / 3600:+.0f} h, and back after {self.lengths.jumped} s"] += 1

    def _lock(self) -> None:
        for _ in range(5):
            with suppress(sqlite3.Error, psycopg.Error):
                self._lock_postgresql() if self.house.cluster else self._lock_sqlite()
                self.done[f"database locked for {self.lengths.locked} s"] += 1
                return

    def _lock_sqlite(self) -> None:
        path = self.house.data / "undrawer.db"
        with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            self.over.wait(self.lengths.locked)
            connection.execute("ROLLBACK")

    def _lock_postgresql(self) -> None:
        url = self.house.cluster.url if self.house.cluster else ""
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("LOCK TABLE accounts, photos, cards, touches, acts, outgoing IN ACCESS EXCLUSIVE MODE")
            self.over.wait(self.lengths.locked)
            connection.rollback()

    def _hang(self, over_seconds: float) -> None:
        """Stop a work-horse in its tracks: till its own limit wakes with it, and till its worker kills it."""
        for waits in self.lengths.hung:
            if self.over.wait(self.chance.uniform(0.05, 0.25) * over_seconds):
                return
            horse = self._horse()[-1:]
            with suppress(psutil.NoSuchProcess):
                for one in horse:
                    one.send_signal(signal.SIGSTOP)
                    self.done[f"job hung for {waits} s"] += 1
                    psutil.wait_procs([one], timeout=waits)
                    one.send_signal(signal.SIGCONT)
