"""The seats of a week: what it has chosen, and what became of each."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.errors import BadValue
from service.domain.ties.days import monday
from service.domain.ties.seat import Seat, SeatState
from service.domain.ties.touch import Touch
from service.storage.following import policies
from service.storage.following.tie_tables import ties, week_raises, week_seats
from service.storage.following.touch_rows import from_json, to_json
from service.storage.tables import contacts

DONE: Final = SeatState.DONE
SKIPPED: Final = SeatState.SKIPPED
_SEATS_LOOKED_AT: Final = 500


def held(tx: Connection, *, owner: str, week: date) -> tuple[Seat, ...]:
    """What the week holds of contacts that are in the drawer, in the order in which it was chosen."""
    join = week_seats.join(ties, ties.c.id == week_seats.c.tie_id)
    join = join.join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (week_seats.c.account_id == owner, week_seats.c.week == week, contacts.c.deleted_at.is_(None))
    query = select(week_seats).select_from(join).where(*mine).order_by(week_seats.c.position, week_seats.c.id)
    return tuple(_seat(row) for row in tx.execute(query.limit(_SEATS_LOOKED_AT)))


def choose(tx: Connection, *, owner: str, week: date, touch: Touch, today: date, position: int) -> None:
    """Give a touch a seat, or the one back that it had given back."""
    mine = _key(owner, week, touch)
    change = {"state": SeatState.OPEN, "touch": to_json(touch), "position": position}
    if tx.execute(update(week_seats).where(*mine).values(change)).rowcount == 0:
        _add(tx, owner, week, touch, today, position, SeatState.OPEN)


def use(tx: Connection, *, owner: str, touch: Touch, today: date, state: SeatState) -> None:
    """Mark the seat of a touch; one that was done without a seat takes one."""
    week = monday(today)
    mine = _key(owner, week, touch)
    if tx.execute(update(week_seats).where(*mine).values(state=state)).rowcount == 0:
        _add(tx, owner, week, touch, today, 0, state)


def give_back(tx: Connection, *, owner: str, touch: Touch, today: date) -> None:
    tx.execute(update(week_seats).where(*_key(owner, monday(today), touch)).values(state=SeatState.GIVEN_BACK))


def free(tx: Connection, *, owner: str, tie_id: str, cause: str, today: date) -> None:
    """After an undo the week is fitted again: what was done has its seat still, what was skipped has lost it."""
    mine = (week_seats.c.account_id == owner, week_seats.c.tie_id == tie_id, week_seats.c.cause == cause)
    this = (*mine, week_seats.c.week == monday(today))
    tx.execute(delete(week_seats).where(*this, week_seats.c.state == SeatState.SKIPPED))
    tx.execute(update(week_seats).where(*this, week_seats.c.state == SeatState.DONE).values(state=SeatState.OPEN))


def raised(tx: Connection, *, owner: str, week: date) -> int:
    mine = (week_raises.c.account_id == owner, week_raises.c.week == week)
    return tx.execute(select(week_raises.c.extra).where(*mine)).scalar() or 0


def take_more(tx: Connection, *, owner: str, more: int, today: date) -> int:
    """Raise this week's seats; give how many more than the budget there are now."""
    most = policies.of(tx, owner=owner).account.policy.raise_at_most
    week = monday(today)
    wanted = raised(tx, owner=owner, week=week) + more
    if more < 1 or wanted > most:
        raise BadValue("raise", "The week takes no more than that. Choose fewer.")
    mine = (week_raises.c.account_id == owner, week_raises.c.week == week)
    if tx.execute(update(week_raises).where(*mine).values(extra=wanted)).rowcount == 0:
        tx.execute(insert(week_raises).values(account_id=owner, week=week, extra=wanted))
    return wanted


def drop_raise(tx: Connection, *, owner: str, today: date) -> None:
    """Undo the raise of this week; what has a seat keeps it."""
    mine = (week_raises.c.account_id == owner, week_raises.c.week == monday(today))
    tx.execute(delete(week_raises).where(*mine))


def weeks_before(tx: Connection, *, owner: str, week: date, weeks: int) -> tuple[Seat, ...]:
    """The seats of the weeks before this one, for what was let pass."""
    mine = (week_seats.c.account_id == owner, week_seats.c.week < week)
    since = (*mine, week_seats.c.week >= week - timedelta(weeks=weeks))
    return tuple(_seat(row) for row in tx.execute(select(week_seats).where(*since).limit(_SEATS_LOOKED_AT)))


def _key(owner: str, week: date, touch: Touch) -> tuple[Any, ...]:
    seat = week_seats.c
    return seat.account_id == owner, seat.week == week, seat.tie_id == touch.tie, seat.cause == touch.cause


def _add(tx: Connection, owner: str, week: date, touch: Touch, today: date, position: int, state: SeatState) -> None:
    row = {"id": str(uuid4()), "account_id": owner, "tie_id": touch.tie, "week": week, "cause": touch.cause}
    more = {"touch": to_json(touch), "chosen_on": today, "position": position, "state": state}
    tx.execute(insert(week_seats).values({**row, **more}))


def _seat(row: Any) -> Seat:
    return Seat(row.week, from_json(row.touch), row.chosen_on, row.position, SeatState(row.state))
