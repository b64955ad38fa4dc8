"""`python -m bench.keeping`: what Today, the week and one act cost, by how many contacts there are.

One contact in ten came with a card and has a touch waiting; the others came in with a list. On SQLite in a file of its
own, or on an empty PostgreSQL with `--database URL`. Times depend on the machine and on what else it does; the ratios of
one run say whether a hundred thousand contacts feel like a hundred.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, insert, select, text, update

from bench.drawer import print_table, vcard
from service.config import Config
from service.storage import accounts, sessions
from service.storage.database import Database, Transaction, upgrade
from service.storage.following import planning, policies, seats, ties, touches, weeks
from service.storage.following.tie_tables import acts, notes, tie_states, week_seats
from service.storage.following.tie_tables import ties as tie_rows
from service.storage.following.tie_tables import touches as touch_rows
from service.storage.following.ties import Imported, Met
from service.storage.people import contacts, words_index
from service.storage.tables import contacts as contact_rows
from service.web import create_app

SIZES = (100, 100_000)
REPEATS = 25
WRITTEN = 1_000
"""So many are begun as the app begins them; more of them are copies, each with ids of its own."""
CARD_EVERY = 10
NIGHT = 2_000
COPIED: tuple[Table, ...] = (contact_rows, tie_rows, notes, acts, touch_rows, tie_states)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--database", default="", help="URL of an empty PostgreSQL; a SQLite file of its own without")
    given.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="undrawer-keeping-") as folder:
        url = asked.database or f"sqlite:///{Path(folder) / 'undrawer.db'}"
        upgrade(url)
        env = {"UNDRAWER_DATA": folder, "UNDRAWER_REDIS_URL": f"unix://{folder}/none", "UNDRAWER_DATABASE_URL": url}
        app = create_app(Config.from_env(env))
        with closing(Database(url)) as db:
            print_table(measured(db, app, sorted(asked.sizes)))


def measured(db: Database, app: Flask, sizes: list[int]) -> dict[int, dict[str, float]]:
    """In turns, so that what else the machine does weighs on all sizes alike."""
    owners = {size: filled(db, size) for size in sizes}
    acts_of = {size: asks(db, app, owner) for size, owner in owners.items()}
    taken: dict[int, dict[str, list[float]]] = {size: {name: [] for name in acts_of[size]} for size in sizes}
    for _ in range(REPEATS):
        for name in acts_of[sizes[0]]:
            for size in sizes:
                taken[size][name].append(timed(acts_of[size][name]))
    for size, owner in owners.items():
        night(db, owner, size)
    return {size: {name: median(times) for name, times in taken[size].items()} for size in sizes}


def asks(db: Database, app: Flask, owner: str) -> dict[str, Callable[[], object]]:
    weeks.settled(db, owner=owner)
    client = signed_in(db, app, owner)
    return {
        "the page Today": lambda: opened(client, "/today"),
        "the page of the week": lambda: opened(client, "/week"),
        "what both stand on": lambda: weeks.settled(db, owner=owner),
        "the week chosen anew": lambda: chosen_anew(db, owner),
        "a touch done, and undone": lambda: done_and_undone(db, owner),
    }


def signed_in(db: Database, app: Flask, owner: str) -> FlaskClient:
    client = app.test_client()
    with db.transaction() as tx:
        token = sessions.start(tx, owner=owner, user_agent="bench")
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return client


def opened(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def chosen_anew(db: Database, owner: str) -> None:
    with db.transaction() as tx:
        tx.execute(week_seats.delete().where(week_seats.c.account_id == owner))
    weeks.settled(db, owner=owner)


def done_and_undone(db: Database, owner: str) -> None:
    with db.transaction() as tx:
        today = policies.today(tx, owner=owner)
        held = seats.held(tx, owner=owner, week=today - timedelta(days=today.weekday()))
        kept = touches.by_keys(tx, owner=owner, keys=[held[0].touch.key])
        act = touches.done(tx, owner=owner, id=kept[held[0].touch.key].id).act
    with db.transaction() as tx:
        touches.undo(tx, owner=owner, act_id=act.id)


def night(db: Database, owner: str, size: int) -> None:
    """Plan some thousands again, as the job does, and say how fast and in how much memory."""
    with db.transaction() as tx:
        today = policies.today(tx, owner=owner)
        some = select(tie_rows.c.id).where(tie_rows.c.account_id == owner).limit(NIGHT)
        tx.execute(update(tie_states).where(tie_states.c.tie_id.in_(some)).values(changes_on=today))
    begun, planned, batch = time.perf_counter(), 0, 1
    while batch:
        with db.transaction() as tx:
            batch = planning.plan_due(tx, owner=owner, today=today)
        planned += batch
    rate = planned / (time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{size:,} contacts: {planned:,} planned again, {rate:,.0f} a second, {peak} MB at most")


def filled(db: Database, size: int) -> str:
    """An account with so many ties: one in ten from a card with something to do, the others out of a list."""
    with db.transaction() as tx:
        owner = accounts.create(tx, name=f"{size} ties").id
        policies.set_quiet_weekdays(tx, owner=owner, weekdays=frozenset())  # a Sunday would have nothing to show
    written, chance = min(size, WRITTEN), random.Random(size)
    for first in range(0, written, 100):
        with db.transaction() as tx:
            begin_some(tx, owner, range(first, min(first + 100, written)), chance)
    with db.reading() as tx:
        mine = select(tie_rows.c.id, tie_rows.c.contact_id).where(tie_rows.c.account_id == owner)
        originals = tx.execute(mine).all()
    for number in range(1, size // written):
        copy(db, originals, number)
    with db.transaction() as tx:
        if size > written and tx.dialect.name == "sqlite":
            tx.execute(text("DROP TABLE contacts_found"))
            words_index.make(tx)
        tx.execute(text("ANALYZE"))  # PostgreSQL does it by itself, a minute later
    return owner


def begin_some(tx: Transaction, owner: str, numbers: range, chance: random.Random) -> None:
    today, imported = policies.today(tx, owner=owner), []
    for number in numbers:
        contact_id = contacts.write(tx, owner=owner, vcard=vcard(chance)).id
        if number % CARD_EVERY:
            imported.append(Imported(contact_id, date(2015, 1, 1) + timedelta(days=3 * number)))
        else:
            met = Met(on=today - timedelta(days=2 + number % 30), gathering="Feria", note="busca sensores")
            ties.begin(tx, owner=owner, contact_id=contact_id, met=met)
    ties.begin_many(tx, owner=owner, imported=imported)


def copy(db: Database, originals: Sequence[Any], which: int) -> None:
    """Put the first ones in once more under ids of their own, which also stand in the causes of touches."""
    with db.transaction() as tx:
        by_tie, by_contact = {row.id for row in originals}, {row.contact_id for row in originals}
        for table in COPIED:
            key = table.c.id if table in (contact_rows, tie_rows) else table.c.tie_id
            wanted = by_contact if table is contact_rows else by_tie
            rows = tx.execute(select(table).where(key.in_(wanted))).mappings()
            if new := [copied(dict(row), which) for row in rows]:
                tx.execute(insert(table), new)


def copied(row: dict[str, Any], which: int) -> dict[str, Any]:
    def other(id_: str) -> str:
        return str(uuid5(NAMESPACE_OID, f"{id_}/{which}"))

    for name in ("id", "tie_id", "contact_id", "uid"):
        if row.get(name):
            row[name] = other(row[name])
    if row.get("company"):
        row["company"] += str(which)
    if "found_row" in row:
        row["found_row"] = None
    if cause := row.get("cause"):
        start, act, *rest = cause.split(":")
        row["cause"] = ":".join((start, other(act), *rest))
    return row


if __name__ == "__main__":
    main()
