"""Ties with all that happened, as the engine takes them: rows in, plain values out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, select

from service.domain.ties.act import Act, ActSource, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.invited import Invited
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.promise import Promise
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.tie import Senior, Source, Tie
from service.domain.ties.touch import Channel, Kind
from service.storage.following.tie_tables import acts, notes, promises, questions
from service.storage.meeting import introduction_rows
from service.storage.meeting.gathering_tables import guests
from service.storage.tables import gatherings


@dataclass(frozen=True, slots=True)
class History:
    """A tie, its acts in the order in which they were recorded, and the revision that they make."""

    owner: str
    contact_id: str
    tie: Tie
    acts: tuple[Act, ...]
    revision: int
    language: str
    formality: str


def load(tx: Connection, rows: Sequence[Any]) -> list[History]:
    """Give the histories of rows of `ties`, with one query a table however many they are."""
    ids = [row.id for row in rows]
    noted = _by_tie(tx, notes, ids, notes.c.noted_on, notes.c.id)
    promised = _by_tie(tx, promises, ids, promises.c.made_on, promises.c.id)
    asked = _by_tie(tx, questions, ids, questions.c.asked_on, questions.c.id)
    invited = _invited(tx, ids)
    introduced = introduction_rows.of_ties(tx, ids)
    happened = _by_tie(tx, acts, ids, acts.c.at, acts.c.id)
    return [
        History(
            owner=row.account_id,
            contact_id=row.contact_id,
            tie=replace(
                _tie(row, noted[row.id], promised[row.id], asked[row.id], invited[row.id]),
                introductions=tuple(introduced[row.id]),
            ),
            acts=tuple(act_of(one) for one in happened[row.id]),
            revision=row.revision,
            language=row.language,
            formality=row.formality,
        )
        for row in rows
    ]


def act_of(row: Any) -> Act:
    return Act(
        id=row.id,
        type=ActType(row.type),
        day=row.day,
        at=row.at,
        kind=Kind(row.kind) if row.kind else None,
        talk=Talk(row.talk) if row.talk else None,
        gift=Gift(row.gift) if row.gift else None,
        channel=Channel(row.channel) if row.channel else None,
        outcome=Outcome(row.outcome) if row.outcome else None,
        circle=Circle(row.circle) if row.circle else None,
        cause=row.cause,
        on=row.on,
        until=row.until,
        value_cents=row.value_cents,
        reason=row.reason,
        text=row.text,
        source=ActSource(row.source),
    )


def _by_tie(tx: Connection, table: Table, ids: Iterable[str], *order: Any) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in tx.execute(select(table).where(table.c.tie_id.in_(ids)).order_by(*order)):
        found[row.tie_id].append(row)
    return found


def _invited(tx: Connection, ids: Iterable[str]) -> defaultdict[str, list[Invited]]:
    """To what each is invited; what was called off asks for nothing any more."""
    found: defaultdict[str, list[Invited]] = defaultdict(list)
    columns = (
        guests.c.tie_id,
        guests.c.added_on,
        guests.c.answer,
        gatherings.c.id,
        gatherings.c.name,
        gatherings.c.day,
    )
    query = select(*columns).select_from(guests.join(gatherings, gatherings.c.id == guests.c.gathering_id))
    for row in tx.execute(query.where(guests.c.tie_id.in_(ids), gatherings.c.cancelled_at.is_(None))):
        found[row.tie_id].append(Invited(row.id, row.name, row.day, row.added_on, bool(row.answer)))
    return found


def _tie(row: Any, noted: list[Any], promised: list[Any], asked: list[Any], invited: list[Invited]) -> Tie:
    return Tie(
        id=row.id,
        source=Source(row.source),
        begun_on=row.begun_on,
        circle=Circle(row.circle),
        channels=tuple(Channel(one) for one in row.channels),
        prefers=Channel(row.prefers) if row.prefers else None,
        company=row.company,
        town=row.town,
        starred=row.starred,
        senior=Senior(row.senior),
        shared_past=row.shared_past,
        gathering=row.gathering,
        introduced_by=row.introduced_by,
        known_since=row.known_since,
        notes=tuple(_note(one) for one in noted if one.dropped_at is None),
        promises=tuple(
            Promise(one.id, one.text, one.made_on, one.due_on, one.introduces, one.act_id) for one in promised
        ),
        questions=tuple(_question(one) for one in asked),
        invited=tuple(sorted(invited, key=lambda one: (one.day, one.gathering))),
    )


def _note(row: Any) -> Note:
    return Note(row.id, NoteKind(row.kind), row.text, row.noted_on, row.day, row.act_id)


def _question(row: Any) -> Question:
    reply = Reply(row.reply) if row.reply else None
    return Question(QuestionKind(row.kind), row.asked_on, row.on, row.answered_on, reply)
