"""Gatherings: where and on which day one met, met by their name when a card is confirmed, or put into the calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.gatherings.gathering import Gathering
from service.domain.gatherings.said import checked
from service.domain.people.search import plain
from service.storage.following import policies
from service.storage.following.planning import plan_many
from service.storage.following.tie_tables import ties
from service.storage.meeting.gathering_tables import guests
from service.storage.moment import now
from service.storage.tables import contacts, gatherings
from service.storage.words import kept

AHEAD_AT_MOST: Final = 200

_TOLD_TO_CALENDARS: Final = frozenset(
    {"name", "day", "last_day", "begins", "hours", "place", "details", "cancelled_at"}
)


@dataclass(frozen=True, slots=True)
class Met:
    """A gathering, and how many contacts of the drawer were met there."""

    gathering: Gathering
    contacts: int


def meet(tx: Connection, *, owner: str, name: str, day: date, place: str = "") -> str:
    """Give the id of the gathering of this name, whatever its accents and capitals, on this day; make it if need be."""
    shown = " ".join(kept(name).split())
    if not shown:
        raise BadValue("gathering_name", "A gathering needs a name.")
    known = _of_name(tx, owner, shown, day)
    if known is None:
        _add_unless_there(tx, owner=owner, name=shown, day=day, place=kept(place))
        known = _of_name(tx, owner, shown, day)
    if known is None:
        raise NotFound("gathering", "There is no such gathering.")
    if place and not known.place:
        tx.execute(update(gatherings).where(gatherings.c.id == known.id).values(place=kept(place)))
    return known.id


def add(tx: Connection, *, owner: str, name: str, day: date, **values: Any) -> str:
    """Put a gathering into the calendar. It keeps seats of its week free, as many as the account's rules say."""
    said = checked({"name": name, "day": day, **values}, day=day)
    _check_free(tx, owner, said["name"], day)
    if said.get("seats_kept") is None:
        said["seats_kept"] = policies.of(tx, owner=owner).account.policy.gathering_seats
    row = {"id": str(uuid4()), "account_id": owner, "folded": plain(said["name"])}
    tx.execute(insert(gatherings).values({**row, **_kept(said), "created_at": now(), "changed_at": now()}))
    return row["id"]


def change(tx: Connection, *, owner: str, id: str, **values: Any) -> Gathering:  # noqa: A002
    """Change what is said of it; calendars hear of it where it concerns them, and its guests are planned again."""
    before = get(tx, owner=owner, id=id)
    said = checked(values, day=values.get("day") or before.day)
    name, day = said.get("name", before.name), said.get("day", before.day)
    if (plain(name), day) != (plain(before.name), before.day):
        _check_free(tx, owner, name, day)
    if "day" in said and "last_day" not in said and before.last_day and before.last_day < day:
        said["last_day"] = None
    differ = {key: value for key, value in _kept(said).items() if value != getattr(before, key)}
    _write(tx, owner, before.id, {**differ, "folded": plain(name)} if "name" in differ else differ)
    if "name" in differ:
        mine = (ties.c.account_id == owner, ties.c.gathering_id == before.id)
        tx.execute(update(ties).where(*mine).values(gathering=name))
    if "day" in differ:
        mine = (guests.c.account_id == owner, guests.c.gathering_id == before.id)
        tx.execute(update(guests).where(*mine).values(reminded_on=None))
    if differ.keys() & {"name", "day"}:
        plan_guests(tx, owner=owner, id=before.id)
    return get(tx, owner=owner, id=before.id)


def cancel(tx: Connection, *, owner: str, id: str, cancelled: bool = True) -> Gathering:  # noqa: A002
    """Call it off, or (`cancelled=False`) on again. Nobody is told by itself; calendars hear of it."""
    before = get(tx, owner=owner, id=id)
    if before.cancelled != cancelled:
        _write(tx, owner, before.id, {"cancelled_at": now() if cancelled else None})
        plan_guests(tx, owner=owner, id=before.id)
    return get(tx, owner=owner, id=before.id)


def get(tx: Connection, *, owner: str, id: str) -> Gathering:  # noqa: A002
    row = tx.execute(select(gatherings).where(*_mine(owner), gatherings.c.id == kept(id))).first()
    if row is None:
        raise NotFound("gathering", "There is no such gathering.")
    return gathering_of(row)


def named(tx: Connection, *, owner: str, ids: Collection[str]) -> dict[str, Gathering]:
    """Give those of the ids that are the owner's."""
    found = select(gatherings).where(*_mine(owner), gatherings.c.id.in_(ids))
    return {row.id: gathering_of(row) for row in tx.execute(found)}


def recent(tx: Connection, *, owner: str, limit: int = 50) -> list[Met]:
    """Give the last gatherings at which somebody of the drawer was met, newest first."""
    rows = tx.execute(_newest_first(owner).limit(limit)).all()
    counted = numbers(tx, [row.id for row in rows])
    return [Met(gathering_of(row), counted[row.id]) for row in rows if counted.get(row.id)]


def been(tx: Connection, *, owner: str, today: date, limit: int = 1000) -> list[Met]:
    """Give those that are over or go on today, newest first, also where nobody was met."""
    rows = tx.execute(_newest_first(owner).where(gatherings.c.day <= today).limit(limit)).all()
    counted = numbers(tx, [row.id for row in rows])
    return [Met(gathering_of(row), counted.get(row.id, 0)) for row in rows]


def ahead(tx: Connection, *, owner: str, today: date, called_off: bool = False) -> list[Gathering]:
    """Give those to come, soonest first; what goes on today is among them."""
    there = (*_mine(owner), gatherings.c.merged_into.is_(None), _last_day() >= today)
    query = select(gatherings).where(*there).order_by(gatherings.c.day, gatherings.c.id).limit(AHEAD_AT_MOST)
    found = [gathering_of(row) for row in tx.execute(query)]
    return [one for one in found if called_off or not one.cancelled]


def numbers(tx: Connection, ids: Collection[str]) -> dict[str, int]:
    """How many contacts were met at each; nobody at those left out."""
    there = (contacts.c.gathering_id.in_(ids), contacts.c.deleted_at.is_(None))
    counted = select(contacts.c.gathering_id, func.count()).where(*there).group_by(contacts.c.gathering_id)
    return {row[0]: row[1] for row in tx.execute(counted)}


def seats_kept(tx: Connection, *, owner: str, first: date, last: date) -> int:
    """How many seats stay free for whom one will meet between these days: those of the largest gathering."""
    there = (*_mine(owner), gatherings.c.cancelled_at.is_(None), gatherings.c.merged_into.is_(None))
    when = (gatherings.c.day <= last, _last_day() >= first)
    return tx.execute(select(func.max(gatherings.c.seats_kept)).where(*there, *when)).scalar() or 0


def plan_guests(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Plan the ties of its guests again, after something about it changed."""
    mine = (guests.c.account_id == owner, guests.c.gathering_id == id)
    ids = list(tx.execute(select(guests.c.tie_id).where(*mine)).scalars())
    tx.execute(update(ties).where(ties.c.id.in_(ids)).values(revision=ties.c.revision + 1))
    plan_many(tx, owner=owner, tie_ids=ids, today=policies.today(tx, owner=owner))


def gathering_of(row: Row[Any]) -> Gathering:
    return Gathering(
        id=row.id,
        name=row.name,
        day=row.day,
        last_day=row.last_day,
        begins=row.begins,
        place=row.place,
        kind=row.kind,
        own=row.own,
        hours=row.hours,
        cost_cents=row.cost_cents,
        activity=row.activity,
        details=row.details,
        reply_by=row.reply_by,
        with_me=row.with_me,
        seats_kept=row.seats_kept,
        reminds=row.reminds,
        cancelled=row.cancelled_at is not None,
        sequence=row.sequence,
        changed_at=row.changed_at or row.created_at,
        merged_into=row.merged_into,
    )


def _mine(owner: str) -> tuple[ColumnElement[bool], ...]:
    return (gatherings.c.account_id == owner,)


def _last_day() -> ColumnElement[date]:
    return func.coalesce(gatherings.c.last_day, gatherings.c.day)


def _newest_first(owner: str) -> Any:
    alive = (*_mine(owner), gatherings.c.merged_into.is_(None))
    return select(gatherings).where(*alive).order_by(gatherings.c.day.desc(), gatherings.c.id)


def _of_name(tx: Connection, owner: str, name: str, day: date) -> Gathering | None:
    """The one of that name that was on that day; of one that was merged into another, the other."""
    when = (gatherings.c.folded == plain(name), gatherings.c.day <= day, _last_day() >= day)
    row = tx.execute(select(gatherings).where(*_mine(owner), *when).order_by(gatherings.c.day.desc())).first()
    while row is not None and row.merged_into:
        row = tx.execute(select(gatherings).where(*_mine(owner), gatherings.c.id == row.merged_into)).first()
    return gathering_of(row) if row else None


def _check_free(tx: Connection, owner: str, name: str, day: date) -> None:
    same = (gatherings.c.folded == plain(name), gatherings.c.day == day)
    if tx.execute(select(gatherings.c.id).where(*_mine(owner), *same)).first():
        raise Conflict("gathering_there", "There is a gathering of this name on this day already. Merge the two.")


def _add_unless_there(tx: Connection, *, owner: str, name: str, day: date, place: str) -> None:
    """Add it, unless somebody else does at this moment."""
    row = {"id": str(uuid4()), "account_id": owner, "name": name, "folded": plain(name), "day": day, "place": place}
    new: Any = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    tx.execute(new(gatherings).values(**row, created_at=now()).on_conflict_do_nothing())


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    return {key: kept(value) if isinstance(value, str) else value for key, value in said.items()}


def _write(tx: Connection, owner: str, id_: str, values: dict[str, Any]) -> None:
    if not values:
        return
    told = {"sequence": gatherings.c.sequence + 1, "changed_at": now()} if values.keys() & _TOLD_TO_CALENDARS else {}
    tx.execute(update(gatherings).where(*_mine(owner), gatherings.c.id == id_).values({**values, **told}))
