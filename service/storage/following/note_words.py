"""The index by which needs find offers: the stems of their lines, and of each the latest few lines that hold it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Select, insert, select, text

from service.domain.introductions.matching import ALIKE, OFFERS_A_THING
from service.domain.introductions.proposal import Line
from service.domain.introductions.words import terms
from service.domain.ties.note import NoteKind
from service.storage.following.tie_tables import notes, tie_states, ties
from service.storage.meeting.introduction_rows import OUT
from service.storage.meeting.introduction_tables import note_terms
from service.storage.tables import contacts

INDEXED: Final = frozenset({NoteKind.NEED, NoteKind.OFFER})

_A_QUERY: Final = 100
_SAME_BEGINNING: Final = 2
_NEAR_IN_SPELLING: Final = 200
_SHORTEST: Final = 5

_MINE: Final = "FROM note_terms WHERE account_id = :owner AND kind = :kind"
_LOOKED_AT: Final = 2 * OFFERS_A_THING
_HOLDING: Final = f"SELECT note_id FROM (SELECT note_id {_MINE} AND term = :one LIMIT {_LOOKED_AT}) AS few"  # noqa: S608  # constants
_BEGINNING: Final = (
    f"SELECT term FROM (SELECT DISTINCT term {_MINE} AND term >= :one AND term < :end LIMIT {_NEAR_IN_SPELLING}) AS few"  # noqa: S608  # constants
)

Some = TypeVar("Some")


def keep(tx: Connection, *, owner: str, note_id: str, kind: NoteKind, line: str) -> None:
    """Let a line of need or offer be found by its words."""
    found = terms(line) if kind in INDEXED else ()
    row = {"note_id": note_id, "account_id": owner, "kind": kind}
    if found:
        tx.execute(insert(note_terms), [{**row, "term": term} for term in found])


def noted_on(tx: Connection, *, owner: str, day: date) -> bool:
    """Whether a need or an offer was noted on a day: then somebody might be introduced who could not be before."""
    mine = (notes.c.account_id == owner, notes.c.kind.in_(sorted(INDEXED)), notes.c.noted_on == day)
    return tx.execute(select(notes.c.id).where(*mine).limit(1)).first() is not None


def latest(tx: Connection, *, owner: str, kind: NoteKind, limit: int) -> list[Line]:
    """The lines noted last, of ties that somebody may be introduced to."""
    return _lines(tx, _alive(owner, kind).order_by(notes.c.noted_on.desc(), notes.c.id).limit(limit))


def of_terms(tx: Connection, *, owner: str, kind: NoteKind, stems: Collection[str]) -> list[Line]:
    """Lines that hold one of the stems: of each so many, however many there are."""
    ids = set(_each(tx, _HOLDING, owner, kind, [{"one": stem} for stem in sorted(stems)]))
    return [
        line for some in _in_parts(sorted(ids)) for line in _lines(tx, _alive(owner, kind).where(notes.c.id.in_(some)))
    ]


def spelled_like(tx: Connection, *, owner: str, kind: NoteKind, stems: Collection[str]) -> set[str]:
    """The stems in use that are spelled nearly like one of those given, and begin like it."""
    asked = sorted(stem for stem in stems if len(stem) >= _SHORTEST and stem.isascii())
    starts = sorted({stem[:_SAME_BEGINNING] for stem in asked})
    bounds = [{"one": start, "end": start[:-1] + chr(ord(start[-1]) + 1)} for start in starts]
    in_use = sorted(set(_each(tx, _BEGINNING, owner, kind, bounds)))
    if not asked or not in_use:
        return set()
    alike = process.cdist(asked, in_use, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype="uint8")
    return {in_use[at] for row in alike for at in row.nonzero()[0]}


def _each(tx: Connection, query: str, owner: str, kind: NoteKind, asked: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The answers to one small query with many values, some dozens at a time. Written out: it is quicker than built."""
    for some in _in_parts(asked):
        parts = (query.replace(":one", f":one{n}").replace(":end", f":end{n}") for n in range(len(some)))
        values = {f"{name}{n}": value for n, one in enumerate(some) for name, value in one.items()}
        rows = tx.execute(text(" UNION ALL ".join(parts)), {"owner": owner, "kind": kind, **values})
        yield from (row[0] for row in rows)


def _alive(owner: str, kind: NoteKind) -> Select[Any]:
    join = notes.join(ties, ties.c.id == notes.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    join = join.join(tie_states, tie_states.c.tie_id == ties.c.id)
    mine = (notes.c.account_id == owner, notes.c.kind == kind, notes.c.dropped_at.is_(None))
    there = (contacts.c.deleted_at.is_(None), tie_states.c.warmth.not_in(OUT))
    columns = (notes.c.id, notes.c.tie_id, notes.c.text, notes.c.noted_on)
    return select(*columns).select_from(join).where(*mine, *there)


def _lines(tx: Connection, query: Any) -> list[Line]:
    return [Line(row.id, row.tie_id, row.text, row.noted_on) for row in tx.execute(query)]


def _in_parts(many: Sequence[Some]) -> Iterator[Sequence[Some]]:
    for at in range(0, len(many), _A_QUERY):
        yield many[at : at + _A_QUERY]
