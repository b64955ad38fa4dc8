"""Rows moved from one contact, or tie, to another, and back: whatever points at it, in whichever table."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, select, update
from sqlalchemy.exc import IntegrityError

from service.storage.tables import metadata

Moved = list[list[Any]]
"""Of each row: its table, the column that pointed elsewhere, and its key."""

_STAYS: Final = frozenset(
    {
        "contact_keys",  # derived from the text
        "likenesses",  # said of the two themselves
        "merges",
        "imported_contacts",  # what came with a file goes with the file
        "touches",  # planned anew
        "tie_states",
        "week_seats",  # a week that was
    }
)
_ALSO: Final = {"ties": (("guests", "guest_tie_id"), ("ties", "introduced_by"))}
"""Columns that point there without a rule of the database."""


def move(tx: Connection, *, target: Table, owner: str, old: str, new: str) -> Moved:
    """Let what points at `old` point at `new`; what the new one has already stays behind with the old."""
    moved: Moved = []
    for table, column in _pointing(target):
        mine = (table.c.account_id == owner, column == old)
        for key in tx.execute(select(*table.primary_key.columns).where(*mine)).all():
            if _point(tx, table, column, tuple(key), new):
                moved.append([table.name, column.name, list(key)])
    return moved


def move_back(tx: Connection, moved: Sequence[Sequence[Any]], *, tables: Sequence[str], old: str, new: str) -> None:
    """Undo `move` for the rows of these tables that are where it put them; what was deleted since stays so."""
    for name, column_name, key in moved:
        table = metadata.tables.get(name)
        if table is None or f"{name}.{column_name}" not in tables:
            continue
        column = table.c[column_name]
        row = tx.execute(select(column).where(*_is(table, key))).scalar()
        if row == new:
            _point(tx, table, column, key, old)


def columns_to(target: Table) -> list[str]:
    """The names of all columns that are moved, as `move_back` takes them."""
    return [f"{table.name}.{column.name}" for table, column in _pointing(target)]


def _pointing(target: Table) -> Iterator[tuple[Table, Column[Any]]]:
    for table in metadata.sorted_tables:
        if table.name not in _STAYS and not table.name.startswith("dav_"):
            yield from ((table, key.parent) for key in table.foreign_keys if key.column.table is target)
    for name, column in _ALSO.get(target.name, ()):
        if name in metadata.tables and column in metadata.tables[name].c:
            yield metadata.tables[name], metadata.tables[name].c[column]


def _point(tx: Connection, table: Table, column: Column[Any], key: Sequence[Any], to: str) -> bool:
    try:
        with tx.begin_nested():
            tx.execute(update(table).where(*_is(table, key)).values({column.name: to}))
    except IntegrityError:
        return False
    return True


def _is(table: Table, key: Sequence[Any]) -> list[Any]:
    return [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
