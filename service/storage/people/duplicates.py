"""Pairs of contacts that may be one: found as contacts come in, proposed, and settled by a person."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from service.domain.duplicates.face import Face, face_of, keys_of
from service.domain.duplicates.likeness import Likeness, Reason, likeness
from service.domain.errors import NotFound
from service.domain.people.contact import CardFields
from service.storage.moment import now
from service.storage.people import contact_keys
from service.storage.people.contact_keys import MOST_ALIKE
from service.storage.people.duplicate_tables import likenesses
from service.storage.tables import contacts
from service.storage.words import kept

FEW: Final = 4
"""A name that more people have says nothing by itself."""


class PairState(StrEnum):
    """`later` pairs are proposed behind the others; `apart` ones never again."""

    OPEN = "open"
    LATER = "later"
    APART = "apart"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Alike:
    """A contact that somebody may be the same as."""

    contact_id: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that may be one."""

    one_id: str
    other_id: str
    likeness: Likeness
    state: PairState

    def beside(self, contact_id: str) -> str:
        return self.other_id if contact_id == self.one_id else self.one_id


def like(tx: Connection, *, owner: str, fields: CardFields) -> list[Alike]:
    """The contacts that a card may be of, the likeliest first."""
    return _alike(tx, owner, face_of(fields), but="")


def look(tx: Connection, *, owner: str, contact_ids: Collection[str]) -> int:
    """Look for others that these may be the same as, and keep the pairs to be proposed; give how many were new."""
    faces = contact_keys.not_alone(tx, owner=owner, faces=contact_keys.faces(tx, owner=owner, ids=contact_ids))
    found = {
        _key(id_, alike.contact_id): alike.likeness
        for id_, face in faces.items()
        for alike in _alike(tx, owner, face, but=id_)
    }
    query = select(likenesses.c.one_id, likenesses.c.other_id).where(_any_of(found))
    known = {(row.one_id, row.other_id) for row in tx.execute(query)}
    rows = [_row(owner, pair, judged) for pair, judged in found.items() if pair not in known]
    if rows:
        tx.execute(insert(likenesses), rows)
    return len(rows)


def page(tx: Connection, *, owner: str, limit: int = 50) -> list[Pair]:
    """The pairs to look at: sure ones first, those put off last."""
    order = (likenesses.c.state.desc(), likenesses.c.sure.desc(), likenesses.c.found_at, likenesses.c.one_id)
    return [_pair(row) for row in tx.execute(_proposed(owner).order_by(*order).limit(limit))]


def count(tx: Connection, *, owner: str, sure: bool = False) -> int:
    query = _proposed(owner).where(likenesses.c.sure) if sure else _proposed(owner)
    return tx.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def of_contact(tx: Connection, *, owner: str, contact_id: str) -> list[Pair]:
    """The pairs that wait for a word and have this contact in them."""
    either = or_(likenesses.c.one_id == kept(contact_id), likenesses.c.other_id == kept(contact_id))
    return [_pair(row) for row in tx.execute(_proposed(owner).where(either).limit(MOST_ALIKE))]


def get(tx: Connection, *, owner: str, one_id: str, other_id: str) -> Pair:
    one, other = _key(kept(one_id), kept(other_id))
    this = (likenesses.c.one_id == one, likenesses.c.other_id == other)
    row = tx.execute(_living(owner).where(*this)).first()
    if row is None:
        raise NotFound("pair", "These two are not proposed as one.")
    return _pair(row)


def settle(tx: Connection, *, owner: str, one_id: str, other_id: str, state: PairState) -> None:
    """Remember what was said of two contacts, whether or not they were proposed."""
    one, other = _key(one_id, other_id)
    this = (likenesses.c.account_id == owner, likenesses.c.one_id == one, likenesses.c.other_id == other)
    values = {"state": state, "settled_at": now()}
    if not tx.execute(update(likenesses).where(*this).values(values)).rowcount:
        tx.execute(insert(likenesses).values({**_row(owner, (one, other), Likeness(False, Reason.NAME)), **values}))


def apart(tx: Connection, *, owner: str, one_id: str, others: Collection[str]) -> set[str]:
    """Those of the others that a person said are not this one."""
    pairs = [_key(one_id, other) for other in others]
    said = (likenesses.c.account_id == owner, likenesses.c.state == PairState.APART, _any_of(pairs))
    rows = tx.execute(select(likenesses.c.one_id, likenesses.c.other_id).where(*said))
    return {other if one == one_id else one for one, other in rows}


def _alike(tx: Connection, owner: str, face: Face, *, but: str) -> list[Alike]:
    shared = contact_keys.sharing(tx, owner=owner, keys=(key.key for key in keys_of(face)))
    common = {key for key, ids in shared.items() if key.startswith("n:") and len(ids - {but}) >= FEW}
    ids = {id_ for held in shared.values() for id_ in held} - {but}
    found = [
        Alike(id_, judged)
        for id_, other in contact_keys.faces(tx, owner=owner, ids=ids).items()
        if (judged := likeness(face, other)) and not (common and judged.reason is Reason.NAME)
    ]
    return sorted(found, key=lambda one: (not one.likeness.sure, list(Reason).index(one.likeness.reason)))


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _any_of(pairs: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    these = (and_(likenesses.c.one_id == one, likenesses.c.other_id == other) for one, other in pairs)
    return or_(likenesses.c.one_id.is_(None), *these)


def _living(owner: str) -> Any:
    one, other = contacts.alias("one"), contacts.alias("other")
    both = likenesses.join(one, one.c.id == likenesses.c.one_id).join(other, other.c.id == likenesses.c.other_id)
    alive = (likenesses.c.account_id == owner, one.c.deleted_at.is_(None), other.c.deleted_at.is_(None))
    return select(likenesses).select_from(both).where(*alive)


def _proposed(owner: str) -> Any:
    return _living(owner).where(likenesses.c.state.in_([PairState.OPEN, PairState.LATER]))


def _row(owner: str, pair: tuple[str, str], judged: Likeness) -> dict[str, Any]:
    said = {"sure": judged.sure, "reason": judged.reason, "state": PairState.OPEN, "found_at": now()}
    return {"account_id": owner, "one_id": pair[0], "other_id": pair[1], **said, "settled_at": None}


def _pair(row: Row[Any]) -> Pair:
    judged = Likeness(row.sure, Reason(row.reason))
    return Pair(row.one_id, row.other_id, judged, PairState(row.state))


def batches(ids: Collection[str], size: int = 100) -> Iterator[list[str]]:
    """Some at a time: no statement names more pairs than a database takes."""
    every = list(ids)
    yield from (every[at : at + size] for at in range(0, len(every), size))
