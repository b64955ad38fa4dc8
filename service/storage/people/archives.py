"""An account, or one person, as the entries of a ZIP file: JSON, vCards, photos, pictures of cards, spoken notes."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from service.domain.zipping import Entry
from service.storage.files import Files
from service.storage.following.tie_tables import acts
from service.storage.people import everything
from service.storage.people.erasing import traces
from service.storage.people.everything import ROWS_AT_ONCE
from service.storage.tables import contacts, photos

Entries = Callable[[Connection], Iterable[Entry]]
"""What makes the entries, once there is a reading of the database."""

_GULP_BYTES: Final = 1024 * 1024
_ABOUT: Final = """Undrawer: {what}

contacts.vcf   every contact as a vCard 3.0, for any address book
{files}data/          what the database holds, a file a table, a row a line (JSON)
photos/        photos as they were uploaded
cards/         pictures of cards as they were cut out
spoken/        spoken notes

Passwords, keys and secret addresses are left out, and what is made again from the rest.
"""


def of_account(tx: Connection, files: Files, *, owner: str) -> Iterator[Entry]:
    """Everything of an account; rows and files are read as they are sent."""
    yield "README.txt", [_ABOUT.format(what="everything of one account", files="").encode()]
    yield "contacts.vcf", _vcards(tx, owner)
    for name, rows in everything.of_account(tx, owner=owner):
        yield f"data/{name}.jsonl", (_line(row) for row in rows)
    for name, sha256 in everything.files_of_account(tx, owner=owner):
        yield from _file(files, name, sha256)


def of_contact(tx: Connection, files: Files, *, owner: str, id: str) -> Iterator[Entry]:  # noqa: A002
    """Everything about one person. Of a photo that others are on only the card of this one is given."""
    found = traces(tx, owner=owner, id=id)
    about = _ABOUT.format(what="everything about one person", files="timeline.txt   what happened, day by day\n")
    yield "README.txt", [about.encode()]
    texts = tx.execute(select(contacts.c.vcard).where(contacts.c.id.in_(found.contact_ids))).scalars()
    yield "contacts.vcf", [text.encode() for text in texts]
    card_ids = [card.id for card in found.cards]
    rows = everything.of_contacts(tx, owner=owner, ids=found.contact_ids, card_ids=card_ids)
    yield "timeline.txt", list(_timeline(rows.get(acts.name, [])))
    for name, some in rows.items():
        yield f"data/{name}.jsonl", [_line(row) for row in some]
    for card in found.cards:
        yield from _file(files, f"cards/{card.id}.jpg", card.picture)
    shared = {one.photo_id for one in found.shared}
    own = {card.photo_id for card in found.cards} - shared
    mine = select(photos.c.id).where(photos.c.account_id == owner, photos.c.id.in_(own))
    there = set(tx.execute(mine).scalars())
    for name, sha256 in everything.files_of_account(tx, owner=owner):
        if name.partition("/")[0] != "cards" and name.partition("/")[2].partition(".")[0] in there:
            yield from _file(files, name, sha256)


def _vcards(tx: Connection, owner: str) -> Iterator[bytes]:
    alive = (contacts.c.account_id == owner, contacts.c.deleted_at.is_(None))
    query = select(contacts.c.vcard).where(*alive).order_by(contacts.c.created_at, contacts.c.id)
    for text in tx.execution_options(yield_per=ROWS_AT_ONCE).execute(query).scalars():
        yield str(text).encode()


def _timeline(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One act a line: the day, what it was, and its words."""
    for row in sorted(rows, key=lambda row: (row["day"], row["at"])):
        said = [row[name] for name in ("type", "kind", "talk", "gift", "outcome", "channel", "text") if row[name]]
        undone = " (undone)" if row["undone_by"] else ""
        yield f"{row['day']}  {', '.join(said)}{undone}\n".encode()


def _file(files: Files, name: str, sha256: str) -> Iterator[Entry]:
    """A file that was deleted since is left out."""
    if sha256 and files.has(sha256):
        yield name, _pieces(files, sha256)


def _pieces(files: Files, sha256: str) -> Iterator[bytes]:
    with files.open(sha256) as file:
        while piece := file.read(_GULP_BYTES):
            yield piece


def _line(row: dict[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
