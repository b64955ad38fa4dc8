"""Who was erased: marks by which somebody is known again when he comes back, and nothing from which he could be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select

from service.domain.errors import Conflict, NotFound
from service.domain.people.contact import CardFields
from service.domain.people.erasing import marks
from service.domain.people.vcard import fields_of
from service.storage.moment import now
from service.storage.people.erasure_tables import erased as rows
from service.storage.tables import contacts
from service.storage.words import kept

_LATELY: Final = 200
"""So many contacts that are new since then are looked at; each costs a reading of its vCard."""
KEYS: Final = "undrawer_keys"
"""Under which a connection holds the keys of the installation."""


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """Somebody, and when; who it was is not known here any more."""

    id: str
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """A contact made after somebody like it was erased, and without a question."""

    contact_id: str
    name: str
    erased_at: datetime


def on(tx: Connection, *, owner: str, fields: CardFields) -> datetime | None:
    """When a person like this was erased; None for somebody who never was, as for nearly everybody."""
    if tx.execute(select(rows.c.mark).where(rows.c.account_id == owner).limit(1)).first() is None:
        return None
    return when(tx, owner=owner, marks=marks(tx.info[KEYS], owner, fields))


def before(tx: Connection, *, owner: str, fields: CardFields, made_at: datetime) -> datetime | None:
    """When a person like this was erased before the contact was made: other devices bring people back unasked."""
    moment = on(tx, owner=owner, fields=fields)
    return moment if moment and moment < made_at else None


def returned(tx: Connection, *, owner: str) -> list[Returned]:
    """Those who came back unasked, the last first."""
    first = tx.execute(select(func.min(rows.c.erased_at).label("first")).where(rows.c.account_id == owner)).scalar()
    if first is None:
        return []
    new = (contacts.c.account_id == owner, contacts.c.deleted_at.is_(None), contacts.c.created_at > first)
    query = select(contacts.c.id, contacts.c.vcard, contacts.c.created_at).where(*new)
    found = []
    for row in tx.execute(query.order_by(contacts.c.created_at.desc(), contacts.c.id).limit(_LATELY)).all():
        fields = fields_of(row.vcard)
        moment = before(tx, owner=owner, fields=fields, made_at=row.created_at)
        found += [Returned(row.id, fields.shown_as, moment)] if moment else []
    return found


def demand_not(tx: Connection, *, owner: str, fields: CardFields) -> None:
    """Raise Conflict for a person who was erased and not let back."""
    if on(tx, owner=owner, fields=fields):
        raise Conflict("erased_before", "You erased this person. Say whether you want them back.")


def let_back(tx: Connection, *, owner: str, fields: CardFields) -> None:
    """Forget that a person like this was erased."""
    forget(tx, owner=owner, marks=marks(tx.info[KEYS], owner, fields))


def remember(tx: Connection, *, owner: str, marks: Sequence[str]) -> None:
    person, at = str(uuid4()), now()
    there = [{"account_id": owner, "mark": mark, "person": person, "erased_at": at} for mark in dict.fromkeys(marks)]
    if there:
        tx.execute(insert(rows), there)


def when(tx: Connection, *, owner: str, marks: Sequence[str]) -> datetime | None:
    """When somebody of these marks was erased last; None for somebody who never was."""
    found = (rows.c.account_id == owner, rows.c.mark.in_(marks))
    return tx.execute(select(func.max(rows.c.erased_at).label("last")).where(*found)).scalar()


def forget(tx: Connection, *, owner: str, marks: Sequence[str]) -> None:
    """Let somebody come back: all that marks him is gone."""
    mine = rows.c.account_id == owner
    people = select(rows.c.person).where(mine, rows.c.mark.in_(marks))
    tx.execute(delete(rows).where(mine, rows.c.person.in_(people)))


def everybody(tx: Connection, *, owner: str, limit: int = 200) -> list[ErasedPerson]:
    """Those erased, the last first."""
    mine = select(rows.c.person, func.max(rows.c.erased_at)).where(rows.c.account_id == owner).group_by(rows.c.person)
    found = tx.execute(mine.order_by(func.max(rows.c.erased_at).desc(), rows.c.person).limit(limit))
    return [ErasedPerson(person, at) for person, at in found]


def forget_person(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002  # of an erased person
    if tx.execute(delete(rows).where(rows.c.account_id == owner, rows.c.person == kept(id))).rowcount == 0:
        raise NotFound("erased", "There is nothing left of this any more.")
