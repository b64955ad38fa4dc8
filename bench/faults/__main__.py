"""`python -m bench.faults`: whether anything is lost when all that can fail does, while people work.

The same photos are first read without faults. Then phones send them, people say that touches are done and press Send,
and meanwhile web, workers, work-horses, Redis (and PostgreSQL) are killed with -9, the disk fills, the database is
locked, the clock jumps and jobs hang. In the end everything must be there once. The exit status is 1 where it is not.

--photos 300 --clients 20 --kills 40    how much
--seed N                                another order of the same; what is timing stays so
--database postgresql                   instead of SQLite, on a server of its own
--small                                 everything once and few of each, for the tests
--keep DIR                              leaves data and logs there
--write                                 puts the tables into docs/reliability.md

Needs Linux; what a machine does not allow (mounting, also without root; a C compiler for the clock) is said to be left out.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from statistics import quantiles
from threading import Event

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from bench.faults import desk, disk, photos
from bench.faults.clock import Clock
from bench.faults.cluster import Cluster
from bench.faults.disk import Disk
from bench.faults.house import JOB_SECONDS, House
from bench.faults.phones import Phones, Shot, shots
from bench.faults.postbox import Postbox
from bench.faults.troubles import SMALL, Lengths, Troubles
from bench.faults.verdict import Readings, readings, table, verdict, waits
from bench.report import put
from service.domain.reaching.mail import MailState
from service.queue import Queue
from service.storage import accounts, tokens
from service.storage.database import Database
from service.storage.moment import now
from service.storage.reaching.mail_tables import outgoing as mails

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
ACCOUNTS = 5
KILL_EVERY_SECONDS = 4.0
DISK_MB = 384
BUSY_JOB_SECONDS = 120
CALM_WITHIN_SECONDS = 300
START_WITHIN_SECONDS = 120


def main() -> None:
    asked = _asked()
    disk.enter("bench.faults")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and leave nothing running
    with tempfile.TemporaryDirectory(prefix="undrawer-faults-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        clock = Clock(folder)
        sent = photos.made(asked.photos, seed=asked.seed)
        say(f"{len(sent)} photos made, {sum(map(len, sent)) / len(sent) / 1000:.0f} kB each")
        calm = _without_faults(folder, clock, sent, asked)
        say("read without faults")
        report, well = _with_faults(folder, clock, sent, calm, asked)
    sys.stdout.write(report + "\n")
    if asked.write:
        put(f"faults on {asked.database}", f"{_circumstances(asked)}\n\n{report}", page=PAGE)
    sys.exit(0 if well else 1)


def _circumstances(asked: argparse.Namespace) -> str:
    much = f"--photos {asked.photos} --clients {asked.clients} --kills {asked.kills} --seed {asked.seed}"
    small = " --small" if asked.small else ""
    command = f"`python -m bench.faults {much} --database {asked.database}{small}`"
    return f"{command}\n{now().date().isoformat()}, {os.cpu_count()} cores."


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--photos", type=int)
    given.add_argument("--clients", type=int)
    given.add_argument("--kills", type=int)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given.add_argument("--small", action="store_true")
    given.add_argument("--keep", type=Path)
    given.add_argument("--write", action="store_true")
    asked = given.parse_args()
    few = (8, 4, 7) if asked.small else (300, 20, 40)
    for name, count in zip(("photos", "clients", "kills"), few, strict=True):
        setattr(asked, name, getattr(asked, name) or count)
    return asked


@contextmanager
def _house(folder: Path, clock: Clock, asked: argparse.Namespace, *, postgresql: bool) -> Iterator[House]:
    small = Disk(folder, megabytes=DISK_MB)
    house = House(small, clock, job_seconds=BUSY_JOB_SECONDS if asked.small else JOB_SECONDS)
    try:
        if postgresql:
            house.cluster = Cluster(small.folder / "postgresql", clock.env)
        house.prepare()
        yield house
    finally:
        house.close()
        if asked.keep:
            shutil.copytree(folder, asked.keep / folder.name, ignore=shutil.ignore_patterns("*.sock", "postgresql"))
            shutil.copy(house.log, asked.keep)


def _without_faults(folder: Path, clock: Clock, sent: Sequence[bytes], asked: argparse.Namespace) -> Readings:
    """Send the same photos, and give what is read on each; on SQLite, for a reading knows of no database."""
    with _house(folder / "calm", clock, asked, postgresql=False) as house, closing(house.database()) as db:
        with db.transaction() as tx:
            owner = accounts.create(tx, name="Ana").id
            keys = [(owner, tokens.create(tx, owner=owner, name="phone"))]
        house.start()
        wait_for(house.ready, seconds=START_WITHIN_SECONDS)
        phones = Phones(house.port, until=time.monotonic() + 600)
        for phone in phones.send(_dealt(shots(sent, keys, over_seconds=0.1, seed=0), asked.clients), seed=0):
            phone.join()
        wait_for(lambda: not waits(db), seconds=600)
        house.stop()
        return readings(db)


def _with_faults(
    folder: Path, clock: Clock, sent: Sequence[bytes], calm: Readings, asked: argparse.Namespace
) -> tuple[str, bool]:
    over_seconds = asked.kills * KILL_EVERY_SECONDS
    box = Postbox(seed=asked.seed)
    with _house(folder / "faults", clock, asked, postgresql=asked.database == "postgresql") as house:
        many = (2, 2) if asked.small else (8, 6)
        with closing(house.database()) as db:
            desks = desk.opened(db, count=ACCOUNTS, touches_each=many[0], mails_each=many[1], mail_port=box.port)
        house.start()
        wait_for(house.ready, seconds=START_WITHIN_SECONDS)
        begun = time.monotonic()
        until = begun + 2 * over_seconds + CALM_WITHIN_SECONDS
        each_seconds = over_seconds * asked.clients / len(sent)
        keys = [(one.owner, one.token) for one in desks]
        all_shots = shots(sent, keys, over_seconds=each_seconds / 2, seed=asked.seed)
        phones = Phones(house.port, until=until)
        troubles = Troubles(house, Random(f"troubles {asked.seed}"), SMALL if asked.small else Lengths())
        befalling = troubles.start(kills=asked.kills, over_seconds=over_seconds)
        people = phones.send(_dealt(all_shots, asked.clients), seed=asked.seed)
        people += desk.work(house, desks, until=until, over_seconds=over_seconds, seed=asked.seed)
        for thread in (*befalling, *people):
            thread.join()
        ended = time.monotonic()
        say(f"faults over after {ended - begun:.0f} s; {sum(troubles.done.values())} of them")
        calm_after = _come_to_rest(house)
        say(f"calm {calm_after:.0f} s later")
        house.stop()
        if house.cluster:
            house.cluster.keep()
        lines = verdict(house, all_shots, desks, box, calm)
        happened = [*sorted(troubles.done.items()), *_figures(phones, all_shots, box, house, calm_after)]
        happened += [
            ("seconds until a photo was read whose worker and work-horse had died", _each(troubles.orphaned)),
        ]
        left_out = [*([] if house.disk.small else ["disk"]), *([] if clock.jumps else ["clock"])]
        report = table(
            lines, [*happened, *((f"LEFT OUT: {what}", "this machine does not allow it") for what in left_out)]
        )
    box.close()
    return report, not any(line.broken for line in lines)


def _come_to_rest(house: House) -> float:
    """Wait until nothing waits; mails that were refused for now are pressed again, as people may. Gives the seconds."""
    begun = time.monotonic()

    def at_rest() -> bool:
        with suppress(SQLAlchemyError), closing(house.database()) as db:
            left = waits(db)
            if set(left) == {"mails"}:
                _press_again(db, house)
            return not left
        return False

    try:
        wait_for(at_rest, seconds=CALM_WITHIN_SECONDS, every=1.0)
    except TimeoutError:
        with closing(house.database()) as db:
            say(f"not at rest: {dict(waits(db))} wait")
    return time.monotonic() - begun


def _press_again(db: Database, house: House) -> None:
    with db.transaction() as tx:
        again = update(mails).where(mails.c.state == MailState.WAITING).values(due_at=now(), tries=1)
        pressed = tx.execute(again.returning(mails.c.id)).scalars().all()
    for id_ in pressed:
        Queue(house.config).ring("send_mail", id_)


def _figures(
    phones: Phones, sent: Sequence[Shot], box: Postbox, house: House, calm_after: float
) -> list[tuple[str, object]]:
    tries = Counter({"tries of phones": sum(shot.tries for shot in sent), "photos": len(sent)})
    answers = quantiles(phones.answers_seconds, n=100)
    figures: list[tuple[str, object]] = [
        ("`undrawer run` itself started again", house.restarts),
        *tries.items(),
        *((f"for a phone: {what}", count) for what, count in sorted(phones.troubles.items())),
        *((f"the mail server {what}", count) for what, count in sorted(box.tempers.items())),
        ("seconds to an acknowledgement, median and 99 of 100", f"{answers[49]:.2f}, {answers[98]:.1f}"),
        ("seconds from the last fault until nothing waited", round(calm_after)),
    ]
    return figures


def _each(seconds: Sequence[float]) -> str:
    return ", ".join(f"{one:.0f}" for one in sorted(seconds)) or "none was in hand"


def _dealt(all_shots: Sequence[Shot], clients: int) -> list[list[Shot]]:
    return [list(all_shots[number::clients]) for number in range(clients)]


def wait_for(holds: Callable[[], object], *, seconds: float, every: float = 0.2) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(f"not within {seconds:.0f} s")
        Event().wait(every)


def say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    main()
