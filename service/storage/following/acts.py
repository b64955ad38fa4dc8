"""Acts: what happened between two people. They are only added; undoing one is an act too."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.ties.act import Act, ActSource, ActType
from service.storage.following.history import act_of
from service.storage.following.tie_tables import acts, ties
from service.storage.moment import now
from service.storage.words import kept

LONGEST_TEXT = 5_000


def add(
    tx: Connection,
    *,
    owner: str,
    tie_id: str,
    type: ActType,  # noqa: A002  # the word of the specification
    day: date,
    source: ActSource = ActSource.APP,
    **values: Any,
) -> Act:
    """Write an act down. Raises Conflict for a touch that was done already, of two at once to the second."""
    texts = {name: kept(values[name])[:LONGEST_TEXT] for name in ("text", "reason") if name in values}
    row = new_row(owner, tie_id, type, day)
    try:
        with tx.begin_nested():
            tx.execute(insert(acts).values({**row, "source": source, **values, **texts}))
    except IntegrityError:
        raise Conflict("already_done", "This was done already. Look at the contact to see when.") from None
    tx.execute(update(ties).where(ties.c.id == tie_id).values(revision=ties.c.revision + 1))
    return get(tx, owner=owner, id=row["id"])


def new_row(owner: str, tie_id: str, type: ActType, day: date) -> dict[str, Any]:  # noqa: A002  # as above
    return {"id": str(uuid4()), "account_id": owner, "tie_id": tie_id, "type": type, "day": day, "at": now()}


def get(tx: Connection, *, owner: str, id: str) -> Act:  # noqa: A002
    return act_of(row_of(tx, owner=owner, id=id))


def row_of(tx: Connection, *, owner: str, id: str) -> Any:  # noqa: A002
    """The row with the tie that it belongs to."""
    row = tx.execute(select(acts).where(acts.c.account_id == owner, acts.c.id == kept(id))).first()
    if row is None:
        raise NotFound("act", "Nothing of that kind is written down here.")
    return row


def did(tx: Connection, *, owner: str, tie_id: str, cause: str) -> Act | None:
    """How a touch was done, if it was and was not undone."""
    mine = (acts.c.account_id == owner, acts.c.tie_id == tie_id, acts.c.cause == cause, acts.c.undone_by.is_(None))
    row = tx.execute(select(acts).where(*mine, acts.c.type == ActType.DID)).first()
    return act_of(row) if row else None


def mark_undone(tx: Connection, *, owner: str, ids: Iterable[str], by: str) -> None:
    """Remember on the rows what an `undone` act says, so that a touch may be done again."""
    mine = (acts.c.account_id == owner, acts.c.id.in_(list(ids)))
    tx.execute(update(acts).where(*mine).values(undone_by=by))


def check_day(day: date, *, today: date, tomorrow: date) -> date:
    """What happened did so by tomorrow at the latest: a traveller may be a day ahead of his own zone."""
    if day > tomorrow:
        raise BadValue("day_ahead", "This day is still to come. Choose today or an earlier day.")
    if (today - day).days > 366 * 100:
        raise BadValue("day_too_old", "This day is too long ago. Choose a later one.")
    return day
