"""The hours in which an account takes calls; ours until it says its own."""

from datetime import time

from sqlalchemy import Connection, insert, select, update

from service.domain.outcomes.hours import FreeHours, Span, check
from service.storage.following.outcome_tables import free_hours


def of(tx: Connection, *, owner: str) -> FreeHours:
    row = tx.execute(select(free_hours).where(free_hours.c.account_id == owner)).first()
    if row is None:
        return FreeHours()
    spans = tuple(Span(time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in row.hours)
    return FreeHours(frozenset(row.weekdays), spans)


def keep(tx: Connection, free: FreeHours, *, owner: str) -> None:
    """Raises BadValue for hours in which nobody could be called."""
    check(free)
    hours = [[span.begins.strftime("%H:%M"), span.ends.strftime("%H:%M")] for span in free.spans]
    values = {"weekdays": sorted(free.weekdays), "hours": hours}
    if tx.execute(update(free_hours).where(free_hours.c.account_id == owner).values(values)).rowcount == 0:
        tx.execute(insert(free_hours).values(account_id=owner, **values))
