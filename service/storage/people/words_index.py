"""The index that a search goes by: FTS5's trigrams on SQLite, pg_trgm's on PostgreSQL.

It is derived from the contacts, filled as they are written, in the same transaction, and made again where it is missing.
"""

import logging
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, false, func, select, text, update
from sqlalchemy.exc import DBAPIError

from service.storage.tables import contacts

FEW: Final = 1000
"""So many contacts of SQLite's index are looked up; where more hold the words, walking the list meets enough soon."""

_THERE: Final = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'contacts_found'",
    "postgresql": "SELECT 1 FROM pg_class WHERE relname = 'ix_contacts_found_by'",
}


def make(tx: Connection) -> None:
    """Make the index where there is none, and fill it."""
    if tx.execute(text(_THERE[tx.dialect.name])).first():
        return
    if tx.dialect.name == "sqlite":
        _make_sqlite(tx)
    else:
        _make_postgresql(tx)


def _make_sqlite(tx: Connection) -> None:
    """All in three statements, so that a drawer of a hundred thousand is indexed within seconds."""
    tx.execute(text("CREATE VIRTUAL TABLE contacts_found USING fts5 (found_by, tokenize = 'trigram')"))
    tx.execute(update(contacts).values(found_row=None))
    alive = select(contacts.c.id, func.row_number().over(order_by=contacts.c.created_at).label("number"))
    numbered = alive.where(contacts.c.deleted_at.is_(None)).subquery()
    tx.execute(update(contacts).values(found_row=numbered.c.number).where(contacts.c.id == numbered.c.id))
    tx.execute(
        text(
            "INSERT INTO contacts_found (rowid, found_by) "
            "SELECT found_row, found_by FROM contacts WHERE found_row IS NOT NULL"
        )
    )


def _make_postgresql(tx: Connection) -> None:
    try:
        with tx.begin_nested():
            tx.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            tx.execute(text("CREATE INDEX ix_contacts_found_by ON contacts USING gin (found_by gin_trgm_ops)"))
    except DBAPIError:
        # Not installed beside the server, or not for this user to take in. The search is right all the same.
        logging.getLogger(__name__).warning(
            "PostgreSQL has no pg_trgm here: searching large drawers will be slow. Install postgresql-contrib and start again."
        )


def keep(tx: Connection, *, contact_id: str, words: str) -> None:
    """Let the contact be found by these words and no others."""
    if tx.dialect.name != "sqlite":
        return  # PostgreSQL keeps its index by itself
    this = contacts.c.id == contact_id
    row = tx.execute(select(contacts.c.found_row).where(this)).scalar_one()
    if row is None:
        added = tx.execute(text("INSERT INTO contacts_found (found_by) VALUES (:words)"), {"words": words})
        tx.execute(update(contacts).where(this).values(found_row=added.lastrowid))
    else:
        tx.execute(text("UPDATE contacts_found SET found_by = :words WHERE rowid = :row"), {"words": words, "row": row})


def forget(tx: Connection, *, contact_id: str) -> None:
    """Let the contact be found by nothing."""
    if tx.dialect.name != "sqlite":
        return  # there, who searches looks at living contacts only
    this = contacts.c.id == contact_id
    row = tx.execute(select(contacts.c.found_row).where(this)).scalar_one()
    tx.execute(text("DELETE FROM contacts_found WHERE rowid = :row"), {"row": row})
    tx.execute(update(contacts).where(this).values(found_row=None))


def holding(tx: Connection, pieces: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions of the contacts that hold all the pieces."""
    held: list[ColumnElement[bool]] = [contacts.c.found_by.contains(piece, autoescape=True) for piece in pieces]
    if pieces and tx.dialect.name == "sqlite":
        rows = _rows(tx, pieces)
        return held if rows is None else [contacts.c.found_row.in_(rows) if rows else false()]
    return held


def _rows(tx: Connection, pieces: Sequence[str]) -> list[Any] | None:
    """Rows of SQLite's index; None for more than FEW, of which the newest are met sooner by walking the list."""
    asked = " ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    query = text("SELECT rowid FROM contacts_found WHERE contacts_found MATCH :asked LIMIT :most")
    rows = tx.execute(query, {"asked": asked, "most": FEW + 1}).scalars().all()
    return None if len(rows) > FEW else list(rows)
