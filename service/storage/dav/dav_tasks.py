"""What the calendars of other devices hold: the touches that were chosen for this week, what is owed, and what was just done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from service.domain.ties.days import monday
from service.domain.ties.seat import SeatState
from service.domain.ties.touch import Touch
from service.storage.following import seats
from service.storage.following.planning import DONE, PLANNED
from service.storage.following.tie_tables import ties
from service.storage.following.tie_tables import touches as rows
from service.storage.following.touch_rows import touch_of
from service.storage.moment import now
from service.storage.reaching.mail_tables import mail_settings
from service.storage.tables import accounts, contacts

AT_MOST: Final = 300
DONE_HOURS: Final = 24
"""So long what was done is still shown as done, so that one can take it back where one did it."""


@dataclass(frozen=True, slots=True)
class ListedTouch:
    """A touch with whom it is about. `done_at` is None while it is planned."""

    id: str
    contact_id: str
    name: str
    touch: Touch
    revision: int
    done_at: datetime | None


def of_week(tx: Connection, *, owner: str, today: date) -> list[ListedTouch]:
    """What was chosen for this week, all debts and what was planned by hand; nothing of what the week left out."""
    held = seats.held(tx, owner=owner, week=monday(today))
    chosen = {seat.touch.key for seat in held if seat.state is SeatState.OPEN}
    query = _alive(owner).where(rows.c.state == PLANNED)
    own = tx.execute(query.where(~rows.c.proposed).order_by(rows.c.day, rows.c.id).limit(AT_MOST)).all()
    seated = tx.execute(query.where(rows.c.proposed, rows.c.tie_id.in_({tie for tie, _ in chosen}))).all()
    done = tx.execute(
        _alive(owner)
        .where(rows.c.state == DONE, rows.c.claimed_at > now() - timedelta(hours=DONE_HOURS))
        .limit(AT_MOST)
    ).all()
    return [*map(_listed, own), *(one for one in map(_listed, seated) if one.touch.key in chosen), *map(_listed, done)]


def by_ids(tx: Connection, *, owner: str, ids: Iterable[str]) -> list[ListedTouch]:
    """Some touches, whatever became of them."""
    return [_listed(row) for row in tx.execute(_alive(owner).where(rows.c.id.in_(list(ids))))]


def language(tx: Connection, *, owner: str) -> str:
    """The language of the account: the one it chose, or that of the pages as they were last seen."""
    chosen = tx.execute(select(accounts.c.locale).where(accounts.c.id == owner)).scalar()
    seen = tx.execute(select(mail_settings.c.locale).where(mail_settings.c.account_id == owner)).scalar()
    return chosen or seen or ""


def _alive(owner: str) -> Select[Any]:
    join = rows.join(ties, ties.c.id == rows.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    columns = select(rows, ties.c.contact_id, contacts.c.name.label("contact_name"), contacts.c.org)
    return columns.select_from(join).where(rows.c.account_id == owner, contacts.c.deleted_at.is_(None))


def _listed(row: Any) -> ListedTouch:
    kept: Mapping[str, Any] = row._mapping  # noqa: SLF001  # SQLAlchemy's public name for it
    return ListedTouch(
        id=kept["id"],
        contact_id=kept["contact_id"],
        name=kept["contact_name"] or kept["org"] or "?",
        touch=touch_of(row),
        revision=kept["revision"],
        done_at=kept["claimed_at"] if kept["state"] == DONE else None,
    )
