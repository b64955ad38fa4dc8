"""Gatherings: where and on which day one met; found by their name, or made, when a card of theirs is confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from service.domain.errors import BadValue, NotFound
from service.domain.search import plain
from service.storage.moment import now
from service.storage.tables import contacts, gatherings
from service.storage.words import kept


@dataclass(frozen=True, slots=True)
class Gathering:
    """An occasion on a day. `kind` is "" while nobody said; `own` ones the account gave itself."""

    id: str
    name: str
    day: date
    place: str
    kind: str
    own: bool
    hours: float | None
    cost_cents: int | None
    activity: str
    seats_kept: int | None


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
    mine = (gatherings.c.account_id == owner, gatherings.c.folded == plain(shown), gatherings.c.day == day)
    known = tx.execute(select(gatherings).where(*mine)).first()
    if known is None:
        _add(tx, owner=owner, name=shown, day=day, place=kept(place))
        known = tx.execute(select(gatherings).where(*mine)).one()
    if place and not known.place:
        tx.execute(update(gatherings).where(gatherings.c.id == known.id).values(place=kept(place)))
    return str(known.id)


def get(tx: Connection, *, owner: str, id: str) -> Gathering:  # noqa: A002
    mine = (gatherings.c.account_id == owner, gatherings.c.id == kept(id))
    row = tx.execute(select(gatherings).where(*mine)).first()
    if row is None:
        raise NotFound("gathering", "There is no such gathering.")
    return _gathering(row)


def named(tx: Connection, *, owner: str, ids: Collection[str]) -> dict[str, Gathering]:
    """Give those of the ids that are the owner's."""
    mine = (gatherings.c.account_id == owner, gatherings.c.id.in_(ids))
    return {row.id: _gathering(row) for row in tx.execute(select(gatherings).where(*mine))}


def recent(tx: Connection, *, owner: str, limit: int = 50) -> list[Met]:
    """Give the last gatherings at which somebody of the drawer was met, newest first."""
    last = select(gatherings).where(gatherings.c.account_id == owner).order_by(gatherings.c.day.desc(), gatherings.c.id)
    rows = tx.execute(last.limit(limit)).all()
    counted = numbers(tx, [row.id for row in rows])
    return [Met(_gathering(row), counted[row.id]) for row in rows if counted.get(row.id)]


def numbers(tx: Connection, ids: Collection[str]) -> dict[str, int]:
    """How many contacts were met at each; nobody at those left out."""
    there = (contacts.c.gathering_id.in_(ids), contacts.c.deleted_at.is_(None))
    counted = select(contacts.c.gathering_id, func.count()).where(*there).group_by(contacts.c.gathering_id)
    return {row[0]: row[1] for row in tx.execute(counted)}


def _add(tx: Connection, *, owner: str, name: str, day: date, place: str) -> None:
    """Add it, unless somebody else does at this moment."""
    row = {"id": str(uuid4()), "account_id": owner, "name": name, "folded": plain(name), "day": day, "place": place}
    insert: Any = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    tx.execute(insert(gatherings).values(**row, created_at=now()).on_conflict_do_nothing())


def _gathering(row: Row[Any]) -> Gathering:
    return Gathering(
        id=row.id,
        name=row.name,
        day=row.day,
        place=row.place,
        kind=row.kind,
        own=row.own,
        hours=row.hours,
        cost_cents=row.cost_cents,
        activity=row.activity,
        seats_kept=row.seats_kept,
    )
