"""The index by which needs find offers: the stems of their lines, and of each the latest few lines that hold it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from rapidfuzz import fuzz
from sqlalchemy import Connection, Select, insert, select, union_all

from service.domain.introductions.matching import ALIKE, OFFERS_A_THING
from service.domain.introductions.proposal import Line
from service.domain.introductions.words import terms
from service.domain.ties.note import NoteKind
from service.storage.introduction_rows import OUT
from service.storage.introduction_tables import note_terms
from service.storage.tables import contacts
from service.storage.tie_tables import notes, tie_states, ties

INDEXED: Final = frozenset({NoteKind.NEED, NoteKind.OFFER})

_TERMS_A_QUERY: Final = 40
_SAME_BEGINNING: Final = 2
_NEAR_IN_SPELLING: Final = 300
_SHORTEST: Final = 5


def keep(tx: Connection, *, owner: str, note_id: str, kind: NoteKind, text: str) -> None:
    """Let a line of need or offer be found by its words."""
    found = terms(text) if kind in INDEXED else ()
    row = {"note_id": note_id, "account_id": owner, "kind": kind}
    if found:
        tx.execute(insert(note_terms), [{**row, "term": term} for term in found])


def latest(tx: Connection, *, owner: str, kind: NoteKind, limit: int) -> list[Line]:
    """The lines noted last, of ties that somebody may be introduced to."""
    return _lines(tx, _alive(owner, kind).order_by(notes.c.noted_on.desc(), notes.c.id).limit(limit))


def of_terms(tx: Connection, *, owner: str, kind: NoteKind, stems: Collection[str]) -> list[Line]:
    """Lines that hold one of the stems: of each so many, however many there are."""
    found: dict[str, Line] = {}
    for some in _in_parts(sorted(stems)):
        each = (_holding(owner, kind, stem).subquery() for stem in some)
        for line in _lines(tx, union_all(*(select(one) for one in each))):
            found[line.id] = line
    return list(found.values())


def spelled_like(tx: Connection, *, owner: str, kind: NoteKind, stems: Iterable[str]) -> set[str]:
    """The stems in use that are spelled nearly like one of those given, and begin like it."""
    found: set[str] = set()
    for stem in stems:
        if len(stem) < _SHORTEST:
            continue
        start = stem[:_SAME_BEGINNING]
        mine = (note_terms.c.account_id == owner, note_terms.c.kind == kind)
        near = (note_terms.c.term >= start, note_terms.c.term < start + "\U0010ffff")
        query = select(note_terms.c.term).where(*mine, *near).distinct().limit(_NEAR_IN_SPELLING)
        found |= {term for term in tx.execute(query).scalars() if fuzz.ratio(term, stem) >= ALIKE}
    return found


def _alive(owner: str, kind: NoteKind) -> Select[Any]:
    join = notes.join(ties, ties.c.id == notes.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    join = join.join(tie_states, tie_states.c.tie_id == ties.c.id)
    mine = (notes.c.account_id == owner, notes.c.kind == kind, notes.c.dropped_at.is_(None))
    there = (contacts.c.deleted_at.is_(None), tie_states.c.warmth.not_in(OUT))
    columns = (notes.c.id, notes.c.tie_id, notes.c.text, notes.c.noted_on)
    return select(*columns).select_from(join).where(*mine, *there)


def _holding(owner: str, kind: NoteKind, stem: str) -> Select[Any]:
    mine = (note_terms.c.account_id == owner, note_terms.c.kind == kind, note_terms.c.term == stem)
    few = select(note_terms.c.note_id).where(*mine).limit(_LOOKED_AT)
    return _alive(owner, kind).where(notes.c.id.in_(few)).limit(OFFERS_A_THING)


_LOOKED_AT: Final = 3 * OFFERS_A_THING
"""Of a stem that thousands hold, more than are wanted, for some rest or are gone."""


def _lines(tx: Connection, query: Any) -> list[Line]:
    return [Line(row.id, row.tie_id, row.text, row.noted_on) for row in tx.execute(query)]


def _in_parts(stems: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(stems), _TERMS_A_QUERY):
        yield stems[at : at + _TERMS_A_QUERY]
