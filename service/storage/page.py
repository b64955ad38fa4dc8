"""Listings in pages, newest first, each beginning after a key: rows added or removed meanwhile move nothing."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, Table, tuple_

from service.domain.errors import BadValue

Row = TypeVar("Row")

MOST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the key to ask for those that follow; None at the end. Who receives a key cannot read it."""

    rows: list[Row]
    next: str | None


def newest_first(query: Select[Any], table: Table, at: str, *, after: str | None, limit: int) -> Select[Any]:
    """Cut one page and one row more out of a query, by the time in column `at` and the id."""
    key = tuple_(table.c[at], table.c.id)
    if after is not None:
        moment, last_id = _opened(after)
        key_after = tuple_(moment, last_id, types=[table.c[at].type, table.c.id.type])
        query = query.where(key < key_after)
    return query.order_by(table.c[at].desc(), table.c.id.desc()).limit(_within(limit) + 1)


def paged(rows: list[Row], at: str, *, limit: int) -> Page[Row]:
    """Turn the rows of `newest_first` into a page; the row too many only says that there is more."""
    shown = rows[: _within(limit)]
    if len(rows) == len(shown):
        return Page(shown, None)
    last: Any = shown[-1]
    return Page(shown, _closed(getattr(last, at), last.id))


def _within(limit: int) -> int:
    return max(1, min(limit, MOST))


def _closed(moment: datetime, last_id: str) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{last_id}".encode()).decode().rstrip("=")


def _opened(key: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode()
        moment, _, last_id = text.partition("|")
        # Beside the first and the last day there is no UTC: asked for here, that fails here and not in the database.
        return datetime.fromisoformat(moment).astimezone(UTC), str(UUID(last_id))
    except (binascii.Error, ValueError, OverflowError):
        raise BadValue("after", "This is no place in the list. Begin again without `after`.") from None
