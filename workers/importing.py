"""A file of rows or of cards into contacts, batch by batch: each is written whole or not at all, and where it stopped is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from time import monotonic
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from service.domain.imports.cards import Card, cards_of
from service.domain.imports.columns import Column
from service.domain.imports.labels import labelled
from service.domain.imports.people import person_of, uid_of, updated, with_uid
from service.domain.imports.rows import Entry, Trouble, entry_of
from service.domain.imports.sheet import rows_of, sheet_of
from service.domain.imports.whole_rows import Row
from service.domain.people.contact import contact_of
from service.domain.people.same import letters, mail
from service.domain.people.vcard import render
from service.storage.database import Database, Transaction
from service.storage.files import Files
from service.storage.following import policies, ties
from service.storage.following.ties import Imported
from service.storage.people import contacts, duplicates, erased, imports
from service.storage.people.contacts import KeptContact
from service.storage.people.imports import VCARDS, Batch, Import, ImportState

ROWS_AT_ONCE: Final = 200
"""In one transaction: SQLite has one writer, and a phone that sends a photo meanwhile should not notice."""

CHUNK_BYTES: Final = 2**16

Report = tuple[int, Column, Trouble]


@dataclass(frozen=True, slots=True)
class New:
    """A contact as it is to be written: its identity within the account, so that a row comes in once, and its text."""

    uid: str
    vcard: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the contacts of some rows."""

    came_in: int
    known: int
    changed: int


def go_on(
    db: Database, files: Files, asked: Import, *, for_seconds: float, gives_way: Callable[[], bool] = lambda: False
) -> bool:
    """Bring in, or take out, a batch and as much more as goes in the time; whether all is done.

    `gives_way` is asked between batches whether somebody waits for more than this.
    """
    until = monotonic() + for_seconds
    batches = _take_out(db, asked) if asked.state is ImportState.UNDOING else _bring_in(db, files, asked)
    for _ in batches:
        if monotonic() > until or gives_way():
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
    with db.reading() as tx:
        today = policies.today(tx, owner=asked.owner)
    found = (one for one in _found(files, asked, today) if one[0] > asked.place)
    while batch := list(islice(found, ROWS_AT_ONCE)):
        with db.transaction() as tx:
            batch = [(place, _unless_erased(tx, asked, new)) for place, new in batch]
            counts = _write(tx, asked, [new for _, new in batch if isinstance(new, New)])
            report = [line for place, new in batch for line in _told(place, new)]
            refused = sum(isinstance(new, Trouble) for _, new in batch)
            done = Batch(batch[-1][0], counts.came_in, counts.known, counts.changed, refused, report)
            imports.keep(tx, id=asked.id, batch=done)
        yield


def _unless_erased(tx: Transaction, asked: Import, new: New | Trouble) -> New | Trouble:
    """Somebody who was erased is told of, and comes back only once the person has said so."""
    if isinstance(new, New) and erased.on(tx, owner=asked.owner, fields=new.entry.fields):
        return Trouble.ERASED
    return new


def _found(files: Files, asked: Import, today: date) -> Iterator[tuple[int, New | Trouble]]:
    """What the file holds, each with its line, as contacts to be."""
    if asked.format == VCARDS:
        with files.open(asked.sha256) as file:
            cards = cards_of(iter(lambda: file.read(CHUNK_BYTES), b""))
            yield from ((card.place, _person(card, asked)) for card in cards if card.place > asked.place)
    else:
        rows = rows_of(sheet_of(files.get(asked.sha256)))
        yield from ((row.place, _made(row, asked, today)) for row in rows if row.place > asked.place)


def _person(card: Card, asked: Import) -> New | Trouble:
    made = person_of(card, habits=asked.habits)
    if isinstance(made, Trouble):
        return made
    text, entry = made
    uid = uid_of(text) or _uid(asked, entry)
    return New(uid, with_uid(text, uid), entry)


def _made(row: Row, asked: Import, today: date) -> New | Trouble:
    if row.broken:
        return Trouble.BROKEN
    entry = entry_of(row.cells, asked.columns, habits=asked.habits, today=today)
    if isinstance(entry, Trouble):
        return entry
    uid = _uid(asked, entry)
    contact = contact_of(entry.fields, uid=uid, gathering="", note="", met_on=None, now=datetime.now(tz=UTC))
    return New(uid, labelled(render(contact), entry.labels), entry)


def _uid(asked: Import, entry: Entry) -> str:
    return str(uuid5(NAMESPACE_URL, f"undrawer:{asked.owner}:{_identity(entry)}"))


def _identity(entry: Entry) -> str:
    """What makes a row the same person when the file is sent again: the mail, else the profile, else all that it says."""
    fields = entry.fields
    if fields.emails:
        return mail(fields.emails[0])
    if fields.profiles:
        return f"{fields.profiles[0].network}/{fields.profiles[0].handle.casefold()}"
    numbers = "".join(phone.e164 or phone.raw for phone in fields.phones[:1])
    return letters(f"{fields.shown_as}/{fields.org}/{numbers}")


def _write(tx: Transaction, asked: Import, new: Sequence[New]) -> Counts:
    """Write what is not there yet, change what is and came by its own UID; look for whom the new ones may be."""
    first: dict[str, New] = {}
    for one in new:
        first.setdefault(one.uid, one)
    there = contacts.by_uid(tx, owner=asked.owner, uids=list(first))
    written = [
        (one, contacts.write(tx, owner=asked.owner, vcard=one.vcard)) for uid, one in first.items() if uid not in there
    ]
    changed = _change(tx, asked, there, first) if asked.format == VCARDS else {}
    etags = {contact.id: contact.etag for _, contact in written}
    imports.note(tx, owner=asked.owner, import_id=asked.id, etags=etags)
    begun = [Imported(contact.id, one.entry.last_contact, one.entry.known_since) for one, contact in written]
    ties.begin_many(tx, owner=asked.owner, imported=begun)
    duplicates.look(tx, owner=asked.owner, contact_ids=[*etags, *changed])
    return Counts(len(written), len(new) - len(written) - len(changed), len(changed))


def _change(
    tx: Transaction, asked: Import, there: Mapping[str, KeptContact], first: Mapping[str, New]
) -> dict[str, str]:
    """What a file says anew of contacts that are there: the versions they have now, by id."""
    ids = [kept.id for kept in there.values()]
    twice = imports.came_with(tx, import_id=asked.id, contact_ids=ids)
    etags, before = {}, {}
    for uid, kept in there.items():
        text = updated(kept.vcard, first[uid].vcard)
        if text != kept.vcard and kept.id not in twice:
            etags[kept.id] = contacts.write(tx, owner=asked.owner, vcard=text, id=kept.id).etag
            before[kept.id] = kept.vcard
            ties.follow_contact(tx, owner=asked.owner, contact_id=kept.id)
    imports.note(tx, owner=asked.owner, import_id=asked.id, etags=etags, before=before)
    return etags


def _told(place: int, new: New | Trouble) -> Iterator[Report]:
    if isinstance(new, Trouble):
        yield place, Column.NOTHING, new
    else:
        yield from ((place, column, trouble) for column, trouble in new.entry.left_out)
