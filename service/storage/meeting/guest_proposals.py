"""Whom one might invite: what is noted of the ties that are not at rest, and who of them know each other already."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Connection, select

from service.domain.gatherings.pairs import Match
from service.domain.gatherings.passions import Loved
from service.domain.introductions.matching import match
from service.domain.introductions.proposal import Line, Person
from service.domain.ties.act import ActType
from service.domain.ties.note import NoteKind
from service.domain.ties.standing import Standing
from service.storage.following.tie_tables import acts, notes, tie_states, ties
from service.storage.tables import contacts

LINES_AT_MOST: Final = 3_000
OTHERS_AT_MOST: Final = 60
_TALKS_AT_MOST: Final = 3_000
_LOVED: Final = (NoteKind.PASSION, NoteKind.COMMON_GROUND)
_BOTH: Final = (NoteKind.NEED, NoteKind.OFFER)
_APART: Final = (Standing.RESTING, Standing.LET_GO)


@dataclass(frozen=True, slots=True)
class Invitable:
    """A tie by its contact's name, for the list one chooses from."""

    tie_id: str
    contact_id: str
    name: str
    org: str
    company: str
    starred: bool


def loved(tx: Connection, *, owner: str) -> list[Loved]:
    """What is noted as a passion or as common ground, the latest first."""
    return [Loved(row.tie_id, row.text) for row in _noted(tx, owner, _LOVED)]


def named(tx: Connection, *, owner: str, tie_ids: Collection[str]) -> dict[str, Invitable]:
    """By tie, those that are in the drawer."""
    rows = tx.execute(_people(owner).where(ties.c.id.in_(list(tie_ids))))
    return {row.id: _invitable(row) for row in rows}


def others(tx: Connection, *, owner: str, but: Collection[str]) -> list[Invitable]:
    """The nearest of those not named yet: by circle, the starred first."""
    near = (tie_states.c.standing.not_in(_APART), tie_states.c.last_two_way.is_not(None), ties.c.id.not_in(list(but)))
    order = (ties.c.starred.desc(), tie_states.c.last_two_way.desc(), ties.c.id)
    return [_invitable(row) for row in tx.execute(_people(owner).where(*near).order_by(*order).limit(OTHERS_AT_MOST))]


def matches(tx: Connection, *, owner: str) -> list[Match]:
    """Needs that meet offers, as introductions find them."""
    found = _noted(tx, owner, _BOTH, notes.c.id, notes.c.noted_on, notes.c.kind, ties.c.company)
    lines = {
        kind: [Line(one.id, one.tie_id, one.text, one.noted_on) for one in found if one.kind == kind] for kind in _BOTH
    }
    people = {one.tie_id: Person(one.tie_id, company=one.company) for one in found}
    proposals = match(lines[NoteKind.NEED], lines[NoteKind.OFFER], people.values())
    return [Match(one.needs, one.helps, one.need.text, one.offer.text) for one in proposals if one.offer]


def acquainted(tx: Connection, *, owner: str) -> set[frozenset[str]]:
    """Twos who know each other: they came to the same evening of the host's, or one came with the other."""
    return {frozenset(two) for two in (*_together(tx, owner), *_brought(tx, owner))}


def _together(tx: Connection, owner: str) -> Iterator[tuple[str, str]]:
    mine = (acts.c.account_id == owner, acts.c.type == ActType.TALKED, acts.c.cause.like("gathering:%"))
    query = select(acts.c.cause, acts.c.tie_id).where(*mine, acts.c.undone_by.is_(None))
    came: dict[str, set[str]] = {}
    for row in tx.execute(query.order_by(acts.c.day.desc()).limit(_TALKS_AT_MOST)):
        came.setdefault(row.cause, set()).add(row.tie_id)
    for people in came.values():
        yield from combinations(sorted(people), 2)


def _brought(tx: Connection, owner: str) -> Iterator[tuple[str, str]]:
    mine = (ties.c.account_id == owner, ties.c.introduced_by != "")
    for row in tx.execute(select(ties.c.id, ties.c.introduced_by).where(*mine).limit(_TALKS_AT_MOST)):
        yield row.id, row.introduced_by


def _noted(tx: Connection, owner: str, kinds: tuple[NoteKind, ...], *more: Any) -> Sequence[Any]:
    """The lines of these kinds of everybody who is not at rest, the latest first."""
    join = notes.join(tie_states, tie_states.c.tie_id == notes.c.tie_id).join(ties, ties.c.id == notes.c.tie_id)
    join = join.join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (notes.c.account_id == owner, notes.c.kind.in_(kinds), notes.c.dropped_at.is_(None))
    alive = (contacts.c.deleted_at.is_(None), tie_states.c.standing.not_in(_APART))
    query = select(notes.c.tie_id, notes.c.text, *more).select_from(join).where(*mine, *alive)
    return tx.execute(query.order_by(notes.c.noted_on.desc(), notes.c.id).limit(LINES_AT_MOST)).all()


def _people(owner: str) -> Any:
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id).join(tie_states, tie_states.c.tie_id == ties.c.id)
    columns = (ties.c.id, ties.c.contact_id, ties.c.company, ties.c.starred, contacts.c.name, contacts.c.org)
    return select(*columns).select_from(join).where(ties.c.account_id == owner, contacts.c.deleted_at.is_(None))


def _invitable(row: Any) -> Invitable:
    org = row.org if row.name else ""
    return Invitable(row.id, row.contact_id, row.name or row.org, org, row.company, row.starred)
