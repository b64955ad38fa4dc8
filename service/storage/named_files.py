"""Which files the rows name: a file that none of them names is nobody's."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection, select, union

from service.storage.people.import_tables import imports
from service.storage.tables import cards, photos, rereadings

NAMING: Final[tuple[Column[Any], ...]] = (
    photos.c.sha256,
    photos.c.spoken,
    cards.c.picture,
    rereadings.c.picture,
    imports.c.sha256,
)
"""Every column that names a file; "" names none."""


def unneeded(tx: Connection, files: Collection[str]) -> list[str]:
    """Give those of the files that no row of any account needs."""
    return sorted(set(files) - needed(tx, files))


def needed(tx: Connection, files: Collection[str]) -> set[str]:
    """Give those of the files that a row of any account needs."""
    return set(tx.execute(union(*(select(column).where(column.in_(files)) for column in NAMING))).scalars())


def named(tx: Connection) -> Iterator[tuple[str, str]]:
    """Give every file that is named, as often as it is, and the table of the row, a few hundred in memory at a time."""
    for column in NAMING:
        query = select(column).where(column != "").execution_options(yield_per=500)
        for sha256 in tx.execute(query).scalars():
            yield str(sha256), column.table.name
