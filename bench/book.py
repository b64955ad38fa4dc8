"""`python -m bench.book`: what the address book costs, as ratios of one run.

Exports against vobject's own serialisation of the same contacts, already parsed; the search for whom a new contact may be
among 1,000 and among 100,000; the most memory that an export of all of them holds; and a file of 50,000 cards brought in, with what the
process grew by meanwhile.
"""

import argparse
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from statistics import median

import psutil
import vobject
from sqlalchemy import insert, select

from bench.drawer import filled, vcard
from service.domain.duplicates.face import Key
from service.domain.exports.client import Client, vcard_for
from service.domain.exports.tables import row
from service.domain.imports.rows import Habits
from service.domain.people.vcard import fields_of
from service.storage import accounts
from service.storage.database import Database, Transaction, upgrade
from service.storage.files import Files
from service.storage.people import contact_keys, contacts, duplicates, imports
from service.storage.people.duplicate_tables import contact_keys as keys
from service.storage.people.which import ALL
from service.storage.tables import contacts as rows
from service.web.taking_away import pages_of, zipped
from workers import importing

SIZES = (1_000, 100_000)
EXPORTED = 2_000
ASKED = 40
PAGE = 200
IMPORTED = (5_000, 50_000)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--sizes", type=int, nargs=2, default=SIZES)
    given.add_argument("--imported", type=int, nargs="+", default=IMPORTED)
    args = given.parse_args()
    few, many = args.sizes
    with tempfile.TemporaryDirectory(prefix="undrawer-book-") as folder:
        url = f"sqlite:///{Path(folder) / 'undrawer.db'}"
        upgrade(url)
        with closing(Database(url)) as db:
            owners = {size: with_keys(db, filled(db, size)) for size in (few, many)}
            print_exports(db, owners[few])
            print_duplicates({size: looked(db, owner) for size, owner in owners.items()})
            print_memory(db, owners)
            print_imports(db, Files(Path(folder) / "files"), args.imported)


def print_exports(db: Database, owner: str) -> None:
    """In microseconds a contact, from the database to the last letter."""
    with db.reading() as tx:
        page = contacts.page(tx, owner=owner, limit=PAGE).rows
    parsed = [vobject.readOne(kept.vcard) for kept in page]
    texts = {id(card): kept.vcard for card, kept in zip(parsed, page, strict=True)}
    bare = timed(lambda: [card.serialize() for card in parsed]) / len(page)
    print("| export | µs a contact | × bare vobject |\n|---|---:|---:|")
    print(f"| vobject.serialize() | {bare * 1e6:.0f} | 1.00 |")
    for client in Client:
        made = timed(lambda client=client: exported(db, owner, client)) / len(texts)  # type: ignore[misc]
        print(f"| {client}, read from the database | {made * 1e6:.0f} | {made / bare:.2f} |")


def exported(db: Database, owner: str, client: Client) -> int:
    with db.reading() as tx:
        page = contacts.page(tx, owner=owner, limit=PAGE).rows
    return sum(len(row(kept.vcard, client) if client.is_table else vcard_for(kept.vcard, client)) for kept in page)


def timed(work: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def looked(db: Database, owner: str) -> float:
    """Seconds to find whom a new contact may be, written and looked for as a confirmed card is; then taken back."""
    chance, taken = random.Random(owner), []
    texts = [vcard(chance) for _ in range(ASKED)]
    with db.transaction() as tx:
        for text in texts:
            new = contacts.write(tx, owner=owner, vcard=text)
            begun = time.perf_counter()
            duplicates.like(tx, owner=owner, fields=fields_of(text))
            duplicates.look(tx, owner=owner, contact_ids=[new.id])
            taken.append(time.perf_counter() - begun)
            contacts.delete(tx, owner=owner, id=new.id)
    return median(taken)


def print_duplicates(times: dict[int, float]) -> None:
    first, last = times
    print("\n| duplicates of one new contact | ms | ratio |\n|---|---:|---:|")
    for size in (first, last):
        print(f"| among {size:,} | {times[size] * 1e3:.2f} | {times[size] / times[first]:.2f} |")


def print_memory(db: Database, owners: dict[int, str]) -> None:
    """What Python holds at the most while a ZIP of one file a contact goes out."""
    print("\n| ZIP for Outlook of | held at the most, MB |\n|---|---:|")
    for size, owner in owners.items():
        tracemalloc.start()
        for _chunk in zipped(pages_of(db, owner, ALL)):
            pass
        print(f"| {size:,} | {tracemalloc.get_traced_memory()[1] / 2**20:.1f} |")
        tracemalloc.stop()


def print_imports(db: Database, files: Files, sizes: Sequence[int]) -> None:
    """Of cards as an address book has them, each into an account of its own."""
    print("\n| a file of cards | s | ms each | the process grew by, MB |\n|---|---:|---:|---:|")
    for size in sizes:
        taken, grown = imported(db, files, size)
        print(f"| {size:,} | {taken:.1f} | {taken / size * 1e3:.2f} | {grown:.0f} |")


def imported(db: Database, files: Files, size: int) -> tuple[float, float]:
    """Seconds, and megabytes more than before at the most, looked at between batches."""
    chance = random.Random(size)
    process, content = psutil.Process(), "".join(vcard(chance) for _ in range(size)).encode()
    habits = Habits(country="ES", lang="es")
    with db.transaction() as tx:
        owner = accounts.create(tx, name="Ana", email=f"ana{size}@example.com").id
        said = {"sha256": files.put(content), "name": "all.vcf", "columns": (), "rows": size, "habits": habits}
        sent = imports.receive(tx, owner=owner, format=imports.VCARDS, **said)  # type: ignore[arg-type]  # a dict of all
        imports.begin(tx, owner=owner, id=sent.id, columns=(), habits=habits)
        asked = imports.claim(tx, sent.id, held_seconds=86_400)
    if asked is None:
        raise SystemExit("The import cannot be begun.")
    del content
    seen = [process.memory_info().rss]

    def look() -> bool:
        seen.append(process.memory_info().rss)
        return False

    begun = time.perf_counter()
    importing.go_on(db, files, asked, for_seconds=86_400, gives_way=look)
    taken = time.perf_counter() - begun
    with db.reading() as tx:
        if (came := imports.get(tx, owner=owner, id=asked.id).came_in) != size:
            raise SystemExit(f"{came} of {size} came in.")
    return taken, (max(seen) - seen[0]) / 2**20


def with_keys(db: Database, owner: str) -> str:
    """Fill the index of the contacts that were copied as rows: each has the keys of the one it is a copy of."""
    with db.transaction() as tx:
        for first in range(0, count(tx, owner), PAGE * 10):
            query = select(rows.c.id, rows.c.vcard).where(rows.c.account_id == owner).order_by(rows.c.id)
            page = tx.execute(query.limit(PAGE * 10).offset(first)).all()
            known = contact_keys.kept_keys(tx, ids=[one.id for one in page])
            new = [one for one in page if one.id not in known]
            put(tx, owner, [(one.id, one.vcard, number) for number, one in enumerate(new, start=first)])
    return owner


def count(tx: Transaction, owner: str) -> int:
    return contacts.count(tx, owner=owner)


@cache
def keys_of(text: str) -> tuple[Key, ...]:
    return contact_keys.keys_of_text(text)


def put(tx: Transaction, owner: str, copies: list[tuple[str, str, int]]) -> None:
    """A copy is another person: what a key says beside the name is made its own."""
    found = []
    for id_, text, number in copies:
        for key in keys_of(text):
            own = key.key if key.key[:2] in ("n:", "c:") else f"{key.key}{number}"
            found.append({"account_id": owner, "contact_id": id_, "key": own, "whole": key.whole})
    if found:
        tx.execute(insert(keys), found)


if __name__ == "__main__":
    main()
