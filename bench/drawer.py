"""`python -m bench.drawer`: how long the drawer takes to list and to search, by how many contacts lie in it.

On SQLite in a file of its own, or on an empty PostgreSQL with `--database URL`. Times depend on the machine and on what
else it does; the ratios of one run say whether a drawer of ten thousand feels like one of a hundred.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import insert, select, text

from bench.invented.companies import company
from bench.invented.people import mailbox, person
from bench.invented.world import any_world
from service.storage import accounts
from service.storage.database import Database, Transaction, upgrade
from service.storage.meeting import gatherings
from service.storage.people import contacts, words_index
from service.storage.people.which import ALL, Which
from service.storage.tables import contacts as rows

SIZES = (100, 10_000, 100_000)
REPEATS = 25
AT_ONCE = 500
WRITTEN = 2_000
"""So many are written as the app writes them; a larger drawer holds each of them several times."""
NOTES = ("busca sensores", "prometió muestras", "habló de su viaje a Lyon", "quiere cambiar de gestoría", "")
Ask = Callable[[Transaction], object]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--database", default="", help="URL of an empty PostgreSQL; a SQLite file of its own without")
    given.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="undrawer-drawer-") as folder:
        url = asked.database or f"sqlite:///{Path(folder) / 'undrawer.db'}"
        upgrade(url)
        with closing(Database(url)) as db:
            print_table({size: measured(db, size) for size in sorted(asked.sizes)})


def print_table(times: dict[int, dict[str, float]]) -> None:
    """In milliseconds, each beside its ratio to the smallest drawer."""
    first, *others = times
    print("| | " + " | ".join([f"{first:,}", *(f"{size:,} | ratio" for size in others)]) + " |")
    print("|---|" + "---:|" * (1 + 2 * len(others)))
    for name, least in times[first].items():
        cells = [f"{least:.1f}"]
        for size in others:
            cells += [f"{times[size][name]:.1f}", f"{times[size][name] / least:.1f}"]
        print(f"| {name} | " + " | ".join(cells) + " |")


def measured(db: Database, size: int) -> dict[str, float]:
    owner = filled(db, size)
    return {name: timed(db, ask) for name, ask in asks(db, owner, size)}


def timed(db: Database, ask: Ask) -> float:
    taken = []
    for _ in range(REPEATS):
        with db.reading() as tx:
            begun = time.perf_counter()
            ask(tx)
            taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def asks(db: Database, owner: str, size: int) -> Iterator[tuple[str, Ask]]:
    """What a person does in the drawer, each as the page does it."""

    def page(which: Which = ALL, after: str | None = None) -> Ask:
        return lambda tx: contacts.page(tx, owner=owner, which=which, after=after)

    with db.reading() as tx:
        fair = gatherings.recent(tx, owner=owner)[-1].gathering.id
        deep = after(tx, owner, size // 2)
        known = contacts.page(tx, owner=owner, after=deep, limit=1).rows[0]
    yield "first page", page()
    yield "a page in the middle", page(after=deep)
    yield "one gathering", page(Which(gathering_id=fair))
    for name, query in (
        ("one letter", known.name[0]),
        ("two letters", known.name[:2]),
        ("three letters", known.name[:3]),
        ("a first name", known.name.split()[0]),
        ("a whole name", known.name),
        ("a number", next(line for line in known.vcard.splitlines() if line.startswith("TEL")).rpartition(":")[2][3:]),
        ("a town", known.town),
        ("a word of many notes", "sensores"),
        ("two words that many have", "example sensores"),
        ("two letters that nobody has", "qx"),
        ("a word that nobody has", "zzyzx"),
    ):
        yield f"search: {name}", page(Which(query=query))
    yield "search in one gathering", page(Which(query="sensores", gathering_id=fair))
    yield "how many there are", lambda tx: contacts.count(tx, owner=owner)


def after(tx: Transaction, owner: str, place: int) -> str | None:
    """The key of a place in the list."""
    key: str | None = None
    for _ in range(max(1, place // 200)):
        key = contacts.page(tx, owner=owner, after=key, limit=min(200, max(place, 1))).next or key
    return key


def filled(db: Database, size: int) -> str:
    """An account with so many contacts of invented people, met at some of three hundred gatherings."""
    chance = random.Random(size)
    with db.transaction() as tx:
        owner = accounts.create(tx, name=f"{size} contacts").id
    begun, written = time.perf_counter(), min(size, WRITTEN)
    for first in range(0, written, AT_ONCE):
        with db.transaction() as tx:
            for at in range(first, min(first + AT_ONCE, written)):
                met = date(2020, 1, 2) + timedelta(weeks=at * 300 // written)
                fair = gatherings.meet(tx, owner=owner, name=f"Encuentro {met:%Y %W}", day=met)
                contacts.write(tx, owner=owner, vcard=vcard(chance), gathering_id=fair)
    print(f"{size:,} contacts: {written:,} written, {written / (time.perf_counter() - begun):,.0f} a second")
    for _ in range(size // written - 1):
        copy(db, owner, written)
    with db.transaction() as tx:
        if size > written and tx.dialect.name == "sqlite":
            tx.execute(text("DROP TABLE contacts_found"))
            words_index.make(tx)
        tx.execute(text("ANALYZE"))  # PostgreSQL does it by itself, a minute later
    return owner


def copy(db: Database, owner: str, number: int) -> None:
    """Put the oldest so many in once more, newer than all others: parsing a hundred thousand vCards takes long."""
    with db.transaction() as tx:
        mine = select(rows).where(rows.c.account_id == owner)
        oldest = tx.execute(mine.order_by(rows.c.created_at).limit(number)).mappings().all()
        newest = tx.execute(mine.order_by(rows.c.created_at.desc()).limit(1)).mappings().one()
        later = newest["created_at"] - oldest[0]["created_at"] + timedelta(seconds=1)
        ids = {row["id"]: str(uuid4()) for row in oldest}
        new = [
            {
                **row,
                "id": ids[row["id"]],
                "uid": ids[row["id"]],
                "created_at": row["created_at"] + later,
                "found_row": None,
            }
            for row in oldest
        ]
        tx.execute(insert(rows), new)


def vcard(chance: random.Random, *, given: str = "") -> str:
    """Somebody's card as a vCard; of a person whose given name is said, or of anybody."""
    world = any_world(chance)
    who = person(world, chance)
    who = replace(who, given=given, name=f"{given} {who.family}") if given else who
    firm = company(world, who.family, chance)
    city = chance.choice(world.country.cities)
    number = f"+34{chance.randrange(600_000_000, 799_999_999)}"
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uuid4()}",
        f"FN:{who.name}",
        f"N:{who.family};{who.given};;;",
        f"ORG:{firm.name}",
        f"TITLE:{who.title}",
        f"EMAIL;TYPE=INTERNET:{mailbox(who, chance)}@{chance.randrange(9999)}.example",
        f"TEL;TYPE=CELL:{number}",
        f"ADR;TYPE=WORK:;;;{city.name};;;",
        f"NOTE:{chance.choice(NOTES)}",
        "END:VCARD",
    )
    return "".join(line.replace(",", "\\,") + "\r\n" for line in lines)


if __name__ == "__main__":
    main()
