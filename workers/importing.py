"""A file of rows into contacts, batch by batch: each is written whole or not at all, and where it stopped is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from time import monotonic
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from service.domain.contact import contact_of
from service.domain.imports.columns import Column
from service.domain.imports.rows import Entry, Trouble, entry_of
from service.domain.imports.sheet import Row, rows_of, sheet_of
from service.domain.same import letters, mail
from service.domain.vcard import render
from service.storage import contacts, imports, policies, ties
from service.storage.database import Database, Transaction
from service.storage.files import Files
from service.storage.imports import Batch, Import, ImportState
from service.storage.ties import Imported

ROWS_AT_ONCE: Final = 200
"""In one transaction: SQLite has one writer, and a phone that sends a photo meanwhile should not notice."""

Report = tuple[int, Column, Trouble]


@dataclass(frozen=True, slots=True)
class New:
    """A contact as it is to be written: its identity within the account, so that a row comes in once, and its text."""

    uid: str
    vcard: str
    entry: Entry


def go_on(db: Database, files: Files, asked: Import, *, for_seconds: float) -> bool:
    """Bring in, or take out, as much as goes in the time; whether all is done."""
    until = monotonic() + for_seconds
    batches = _take_out(db, asked) if asked.state is ImportState.UNDOING else _bring_in(db, files, asked)
    for _ in batches:
        if monotonic() > until:
            return False
    with db.transaction() as tx:
        imports.finish(tx, asked)
    return True


def _take_out(db: Database, asked: Import) -> Iterator[None]:
    while True:
        with db.transaction() as tx:
            if not imports.take_out(tx, asked):
                return
        yield


def _bring_in(db: Database, files: Files, asked: Import) -> Iterator[None]:
    rows = (row for row in rows_of(sheet_of(files.get(asked.sha256))) if row.place > asked.place)
    with db.reading() as tx:
        today = policies.today(tx, owner=asked.owner)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        made = [(row.place, _made(row, asked, today)) for row in batch]
        with db.transaction() as tx:
            came_in, known = _write(tx, asked, [new for _, new in made if isinstance(new, New)])
            report = [line for place, new in made for line in _told(place, new)]
            refused = sum(isinstance(new, Trouble) for _, new in made)
            imports.keep(tx, id=asked.id, batch=Batch(batch[-1].place, came_in, known, refused, report))
        yield


def _made(row: Row, asked: Import, today: date) -> New | Trouble:
    if row.broken:
        return Trouble.BROKEN
    entry = entry_of(row.cells, asked.columns, habits=asked.habits, today=today)
    if isinstance(entry, Trouble):
        return entry
    uid = str(uuid5(NAMESPACE_URL, f"undrawer:{asked.owner}:{_identity(entry)}"))
    contact = contact_of(entry.fields, uid=uid, gathering="", note="", met_on=None, now=datetime.now(tz=UTC))
    return New(uid, render(contact), entry)


def _identity(entry: Entry) -> str:
    """What makes a row the same person when the file is sent again: the mail, else the profile, else all that it says."""
    fields = entry.fields
    if fields.emails:
        return mail(fields.emails[0])
    if fields.profiles:
        return f"{fields.profiles[0].network}/{fields.profiles[0].handle.casefold()}"
    numbers = "".join(phone.e164 or phone.raw for phone in fields.phones[:1])
    return letters(f"{fields.shown_as}/{fields.org}/{numbers}")


def _write(tx: Transaction, asked: Import, new: Sequence[New]) -> tuple[int, int]:
    """Write what is not there yet; how many came in, and how many were known."""
    first = {one.uid: one for one in reversed(new)}
    there = contacts.known(tx, owner=asked.owner, uids=list(first))
    written = [
        (one, contacts.write(tx, owner=asked.owner, vcard=one.vcard)) for uid, one in first.items() if uid not in there
    ]
    imports.note(tx, owner=asked.owner, import_id=asked.id, etags={contact.id: contact.etag for _, contact in written})
    begun = [Imported(contact.id, one.entry.last_contact, one.entry.known_since) for one, contact in written]
    ties.begin_many(tx, owner=asked.owner, imported=begun)
    return len(written), len(new) - len(written)


def _told(place: int, new: New | Trouble) -> Iterator[Report]:
    if isinstance(new, Trouble):
        yield place, Column.NOTHING, new
    else:
        yield from ((place, column, trouble) for column, trouble in new.entry.left_out)
