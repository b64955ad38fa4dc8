"""Which files the rows name: a file that none of them names is nobody's."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, select, union

from service.storage.people.import_tables import imports
from service.storage.tables import cards, photos, rereadings

NAMING: Final[tuple[Column[Any], ...]] = (
    photos.c.sha256,
    photos.c.spoken,
    photos.c.shown,
    cards.c.picture,
    rereadings.c.picture,
    imports.c.sha256,
)
"""Every column that names a file; "" names none, and a photo whose bytes are gone is known by their hash still."""


def unneeded(tx: Connection, files: Collection[str]) -> list[str]:
    """Give those of the files that no row of any account needs."""
    return sorted(set(files) - needed(tx, files))


def needed(tx: Connection, files: Collection[str]) -> set[str]:
    """Give those of the files that a row of any account needs."""
    return set(tx.execute(union(*(_naming(column).where(column.in_(files)) for column in NAMING))).scalars())


def named(tx: Connection) -> Iterator[tuple[str, str]]:
    """Give every file that is named, as often as it is, and the table of the row, a few hundred in memory at a time."""
    for column in NAMING:
        query = _naming(column).where(column != "").execution_options(yield_per=500)
        for sha256 in tx.execute(query).scalars():
            yield str(sha256), column.table.name


def _naming(column: Column[Any]) -> Select[Any]:
    query = select(column)
    return query.where(photos.c.gone_at.is_(None)) if column is photos.c.sha256 else query
