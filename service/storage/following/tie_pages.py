"""Listings of ties, newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from service.storage.following.tie_tables import tie_states, ties
from service.storage.page import Page, newest_first, paged
from service.storage.tables import contacts


@dataclass(frozen=True, slots=True)
class Listed:
    """A tie in a listing, as it was derived last."""

    id: str
    contact_id: str
    name: str
    stage: str
    warmth: str
    circle: str
    standing: str
    next_day: date | None
    created_at: datetime


def page(
    tx: Connection, *, owner: str, contact_id: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Listed]:
    join = ties.join(tie_states, tie_states.c.tie_id == ties.c.id).join(contacts, contacts.c.id == ties.c.contact_id)
    derived = (tie_states.c.stage, tie_states.c.warmth, tie_states.c.circle, tie_states.c.standing)
    columns = (ties.c.id, ties.c.contact_id, contacts.c.name, *derived, tie_states.c.next_due, ties.c.created_at)
    query = select(*columns).select_from(join).where(ties.c.account_id == owner, contacts.c.deleted_at.is_(None))
    if contact_id is not None:
        query = query.where(ties.c.contact_id == contact_id)
    rows = tx.execute(newest_first(query, ties, "created_at", after=after, limit=limit))
    return paged([Listed(*row) for row in rows], "created_at", limit=limit)
