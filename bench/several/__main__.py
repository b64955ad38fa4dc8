"""`python -m bench.several`: two machines without a folder in common are restarted one part after the other, under load.

Phones send photos all the while. Afterwards every acknowledged photo must be there once and read once, at the first
try, and no answer may have been an error of the service; lines that broke are counted. The exit status is 1 otherwise.

--photos 60 --clients 6     how much; --rounds 1 how often each part of each machine is restarted
--write                     puts the table into docs/scale.md
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from threading import Event

from sqlalchemy import func, select

from bench import pages_of_docs
from bench.faults import photos as cards_to_send
from bench.report import table
from bench.several.machine import ROOT, Machine
from bench.several.senders import Senders
from bench.several.site import shared
from service.config import Config
from service.domain.reading.photo import PhotoState
from service.storage import accounts, tokens
from service.storage.database import Database
from service.storage.tables import cards, photos

CALM_SECONDS = 300
PARTS = ("worker", "web")
READY = "*** Listening on"
UNDRAWER = str(Path(sys.executable).with_name("undrawer"))


def main() -> None:
    asked = _asked()
    made = cards_to_send.made(asked.photos, seed=asked.seed)
    with tempfile.TemporaryDirectory(prefix="undrawer-several-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # PostgreSQL is another user where this one is root
        with shared(Path(name)) as told, _machines(Path(name), told) as machines:
            rows, well = _run(machines, made, asked)
    shown = table(("what", "figure"), rows)
    sys.stdout.write(shown + "\n")
    if asked.write:
        pages_of_docs.put("scale.md", "Restarting without anybody noticing", shown)
    sys.exit(0 if well else 1)


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option, default in (("--photos", 60), ("--clients", 6), ("--rounds", 1), ("--seed", 1)):
        given.add_argument(option, type=int, default=default)
    given.add_argument("--write", action="store_true")
    return given.parse_args()


@contextmanager
def _machines(folder: Path, told: dict[str, str]) -> Iterator[list[Machine]]:
    machines = [Machine(folder / name, told) for name in ("one", "other")]
    try:
        for machine in machines:
            machine.start("web", "worker", "schedule")
        for machine in machines:
            machine.wait_until_ready()
        yield machines
    finally:
        for machine in machines:
            machine.close()


def _run(machines: list[Machine], made: list[bytes], asked: argparse.Namespace) -> tuple[list[list[str]], bool]:
    config = Config.from_env(machines[0].env)
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        with db.transaction() as tx:
            owner = accounts.create(tx, name="Ana Torres").id
            token = tokens.create(tx, owner=owner, name="phone")
        senders = Senders([m.address for m in machines], token, until=time.monotonic() + CALM_SECONDS)
        batches = [made[n :: asked.clients] for n in range(asked.clients)]
        phones = senders.send(batches, pause_seconds=0.5 * asked.clients, seed=asked.seed)
        restarts = [_restarted(m, part) for _ in range(asked.rounds) for m in machines for part in PARTS]
        for phone in phones:
            phone.join()
        _until(lambda: _waiting(db) == 0)
        return _verdict(db, senders, restarts, machines, len(made))


def _restarted(machine: Machine, part: str) -> tuple[str, float]:
    """Restart a part as an upgrade does: it is asked to end, ends what it has in hand, and comes back."""
    begun = machine.said("worker").count(READY)
    took = machine.stop(part)
    machine.start(part)
    if part == "web":
        machine.wait_until_ready("/healthz")
    else:
        _until(lambda: machine.said("worker").count(READY) > begun)
    return f"{machine.folder.name}: {part}", took


def _waiting(db: Database) -> int:
    with db.reading() as tx:
        query = select(func.count()).where(photos.c.state == PhotoState.RECEIVED)
        return int(tx.execute(query).scalar_one())


def _verdict(
    db: Database, senders: Senders, restarts: list[tuple[str, float]], machines: list[Machine], sent: int
) -> tuple[list[list[str]], bool]:
    with db.reading() as tx:
        rows = {row.id: row for row in tx.execute(select(photos))}
        counted = select(cards.c.photo_id, func.count()).group_by(cards.c.photo_id)
        each = dict(map(tuple, tx.execute(counted)))
    lost = [id_ for id_ in senders.kept if id_ not in rows]
    unread = [id_ for id_, row in rows.items() if row.state != PhotoState.READ]
    again = [id_ for id_, row in rows.items() if row.tries != 1]
    twice = [id_ for id_, count in each.items() if count != 1]
    errors = sum(count for status, count in senders.answers.items() if status >= 500)
    check = subprocess.run(
        [UNDRAWER, "check"],
        cwd=ROOT,
        env=machines[0].env,
        capture_output=True,
        check=False,
    )
    slow = quantiles(senders.seconds, n=20)
    figures: list[tuple[str, object]] = [
        ("photos sent, acknowledged, rows", f"{sent}, {len(senders.kept)}, {len(rows)}"),
        ("acknowledged and lost", len(lost)),
        ("not read", len(unread)),
        ("taken more than once by a worker", len(again)),
        ("with other than one card", len(twice)),
        ("answers of 500 and above", errors),
        ("lines that broke, and the phone tried again", _told(senders)),
        ("acknowledgement, seconds (half, 95 %)", f"{slow[9]:.2f}, {slow[18]:.2f}"),
        *((f"seconds to end, {part}", f"{seconds:.1f}") for part, seconds in restarts),
        ("undrawer check", check.stderr.decode().strip()),
    ]
    well = len(senders.kept) == len(rows) == sent and not (
        lost or unread or again or twice or errors or check.returncode
    )
    return [[name, str(figure)] for name, figure in figures], well


def _told(senders: Senders) -> str:
    return ", ".join(f"{count} {name}" for name, count in senders.troubles.most_common()) or "none"


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + CALM_SECONDS
    while not holds() and time.monotonic() < until:
        Event().wait(0.2)


if __name__ == "__main__":
    main()
