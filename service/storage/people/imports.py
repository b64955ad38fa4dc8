"""Imports: a file kept, its rows written in batches that a worker may be stopped between, and undone as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.imports.columns import Column
from service.domain.imports.rows import Habits, Trouble
from service.storage.claims import Claims
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.people import contacts
from service.storage.people.import_tables import imported, imports
from service.storage.tables import contacts as contacts_table
from service.storage.words import kept

REPORT_ROWS: Final = 50_000
_UNDONE_AT_ONCE: Final = 200


VCARDS: Final = "vcard"
"""The format of a file of cards; of tables it says whose export it is, where the headings tell."""


class ImportState(StrEnum):
    """`received` until a person says what the columns are; `waiting` and `undoing` while a worker is to go on."""

    RECEIVED = "received"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


CLAIMS: Final = Claims(
    table=imports,
    waiting=imports.c.state.in_([ImportState.WAITING, ImportState.UNDOING]),
    since=imports.c.created_at,
    given_up={"state": ImportState.FAILED},
    ended="finished_at",
)


@dataclass(frozen=True, slots=True)
class Import:
    """A file of `rows` rows, done as far as its line `place`; `report` says of each value left out: line, column, why.

    `format` is VCARDS for a file of cards, which has no columns. `changed` are contacts that were there and are other now.
    """

    id: str
    owner: str
    sha256: str
    name: str
    format: str
    state: ImportState
    reason: str
    columns: tuple[Column, ...]
    habits: Habits
    rows: int
    place: int
    came_in: int
    known: int
    changed: int
    refused: int
    report: tuple[tuple[int, Column, Trouble], ...]
    created_at: datetime

    @property
    def done_rows(self) -> int:
        return self.came_in + self.known + self.changed + self.refused


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some rows: how many, the last one's line, and what did not go in."""

    place: int
    came_in: int
    known: int
    changed: int
    refused: int
    report: Sequence[tuple[int, Column, Trouble]]


def receive(
    tx: Connection,
    *,
    owner: str,
    sha256: str,
    name: str,
    columns: Sequence[Column],
    rows: int,
    habits: Habits,
    format: str = "",  # noqa: A002  # what everybody calls it
) -> Import:
    """Make the row of a file whose bytes are on the disk; nothing is imported before its columns are confirmed."""
    row = {"id": str(uuid4()), "account_id": owner, "sha256": sha256, "name": kept(name), "rows": rows, "report": []}
    said = {"columns": list(columns), "country": habits.country, "lang": habits.lang, "day_first": habits.day_first}
    tx.execute(insert(imports).values(**row, **said, format=format, state=ImportState.RECEIVED, created_at=now()))
    return get(tx, owner=owner, id=str(row["id"]))


def get(tx: Connection, *, owner: str, id: str) -> Import:  # noqa: A002
    row = tx.execute(select(imports).where(*_mine(owner, id))).first()
    if row is None:
        raise NotFound("import", "There is no such import.")
    return _import(row)


def page(tx: Connection, *, owner: str, after: str | None = None, limit: int = 50) -> Page[Import]:
    """List imports, newest first."""
    query = select(imports).where(imports.c.account_id == owner)
    rows = tx.execute(newest_first(query, imports, "created_at", after=after, limit=limit))
    return paged([_import(row) for row in rows], "created_at", limit=limit)


def begin(tx: Connection, *, owner: str, id: str, columns: Sequence[Column], habits: Habits) -> Import:  # noqa: A002
    """Confirm what the columns are, so that a worker begins. Raises Conflict for an import that was begun already."""
    known = get(tx, owner=owner, id=id)
    if len(columns) != len(known.columns):
        raise BadValue("import_columns", f"The file has {len(known.columns)} columns; say what each of them is.")
    someone = {Column.NAME, Column.GIVEN, Column.FAMILY, Column.ORG, Column.EMAIL}
    if known.format != VCARDS and not someone & set(columns):
        raise BadValue("import_nobody", "Say which column holds the names, the companies or the mail addresses.")
    said = {"columns": list(columns), "country": habits.country, "lang": habits.lang, "day_first": habits.day_first}
    change = update(imports).where(*_mine(owner, id), imports.c.state == ImportState.RECEIVED)
    if not tx.execute(change.values(state=ImportState.WAITING, **said)).rowcount:
        raise Conflict("import_begun", "This import was begun already.")
    return get(tx, owner=owner, id=id)


def undo(tx: Connection, *, owner: str, id: str) -> Import:  # noqa: A002
    """Have everything taken out again that came with this file; contacts changed since then stay."""
    get(tx, owner=owner, id=id)
    change = update(imports).where(*_mine(owner, id), imports.c.state.in_([ImportState.DONE, ImportState.FAILED]))
    if not tx.execute(change.values(state=ImportState.UNDOING, claimed_at=None, tries=0)).rowcount:
        raise Conflict("import_not_done", "Only an import that is done can be undone.")
    return get(tx, owner=owner, id=id)


def claim(tx: Connection, id: str, *, held_seconds: float) -> Import | None:  # noqa: A002
    """Take an import that is to go on, and count the try; None if there is nothing to do. For workers."""
    row = CLAIMS.take(tx, id, held_seconds=held_seconds)
    return _import(row) if row else None


def keep(tx: Connection, *, id: str, batch: Batch) -> None:  # noqa: A002
    """Note what became of some rows, in the transaction that wrote them. What got on is no try that failed."""
    row = tx.execute(select(imports).where(imports.c.id == id).with_for_update()).one()
    report = [*row.report, *([place, str(column), str(why)] for place, column, why in batch.report)][:REPORT_ROWS]
    counts = {name: getattr(row, name) + getattr(batch, name) for name in ("came_in", "known", "changed", "refused")}
    tx.execute(update(imports).where(imports.c.id == id).values(**counts, place=batch.place, report=report, tries=0))


def note(
    tx: Connection, *, owner: str, import_id: str, etags: Mapping[str, str], before: Mapping[str, str] | None = None
) -> None:
    """Remember which contacts came with an import, by id, with the version that they came in.

    `before` holds the vCards of those that were there and were changed.
    """
    said = before or {}
    for id_, tag in etags.items():
        this = (imported.c.import_id == import_id, imported.c.contact_id == id_)
        if not tx.execute(update(imported).where(*this).values(etag=tag)).rowcount:
            row = {"import_id": import_id, "contact_id": id_, "account_id": owner, "etag": tag, "before": said.get(id_)}
            tx.execute(insert(imported).values(row))


def came_with(tx: Connection, *, import_id: str, contact_ids: Sequence[str]) -> set[str]:
    """Those of the contacts that this import has brought, or changed, already."""
    mine = (imported.c.import_id == import_id, imported.c.contact_id.in_(contact_ids))
    return set(tx.execute(select(imported.c.contact_id).where(*mine)).scalars())


def take_out(tx: Connection, asked: Import) -> int:
    """Take some of an import's contacts out of the address book, give others back as they were; 0 when none is left."""
    said = (imported.c.contact_id, imported.c.etag, imported.c.before)
    query = select(*said, contacts_table.c.etag.label("now"), contacts_table.c.deleted_at)
    joined = query.join(contacts_table, contacts_table.c.id == imported.c.contact_id)
    rows = tx.execute(joined.where(imported.c.import_id == asked.id).limit(_UNDONE_AT_ONCE)).all()
    for row in rows:
        if row.etag == row.now and row.deleted_at is None:
            _take_out(tx, asked.owner, row)
    done = [row.contact_id for row in rows]
    tx.execute(delete(imported).where(imported.c.import_id == asked.id, imported.c.contact_id.in_(done)))
    return len(rows)


def _take_out(tx: Connection, owner: str, row: Any) -> None:
    if row.before is None:
        contacts.delete(tx, owner=owner, id=row.contact_id)
    else:
        contacts.write(tx, owner=owner, vcard=row.before, id=row.contact_id)


def finish(tx: Connection, asked: Import) -> None:
    """Say that an import, or its undoing, is done."""
    state = ImportState.DONE if asked.state == ImportState.WAITING else ImportState.UNDONE
    mine = update(imports).where(imports.c.id == asked.id, imports.c.state == asked.state)
    tx.execute(mine.values(state=state, finished_at=now(), claimed_at=None))


def pause(tx: Connection, *, id: str) -> None:  # noqa: A002
    """Give the import back, so that the next job goes on with it."""
    tx.execute(update(imports).where(imports.c.id == id).values(claimed_at=None))


def _mine(owner: str, id: str) -> tuple[ColumnElement[bool], ...]:  # noqa: A002
    return imports.c.account_id == owner, imports.c.id == kept(id)


def _import(row: Row[Any]) -> Import:
    return Import(
        id=row.id,
        owner=row.account_id,
        sha256=row.sha256,
        name=row.name,
        format=row.format,
        state=ImportState(row.state),
        reason=row.reason,
        columns=tuple(Column(column) for column in row.columns),
        habits=Habits(country=row.country, lang=row.lang, day_first=row.day_first),
        rows=row.rows,
        place=row.place,
        came_in=row.came_in,
        known=row.known,
        changed=row.changed,
        refused=row.refused,
        report=tuple((place, Column(column), Trouble(why)) for place, column, why in row.report),
        created_at=row.created_at,
    )
