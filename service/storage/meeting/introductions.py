"""Introductions: begun by hand or proposed, asked of both, made once, and what came of each; a pair comes once."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.introductions.course import Course, other
from service.domain.introductions.proposal import pair_of
from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.introduction import CameOf, Introduction, Said, is_asking, outcome_cause
from service.domain.ties.note import NoteKind
from service.domain.ties.touch import Kind
from service.storage.following import acts, deeds, policies, ties, touches
from service.storage.following.history import History
from service.storage.following.tie_tables import acts as act_rows
from service.storage.following.tie_tables import promises
from service.storage.meeting import introduction_steps
from service.storage.meeting.introduction_rows import course_of, gone_among, of_owner
from service.storage.meeting.introduction_tables import introductions as rows
from service.storage.moment import now
from service.storage.words import kept

MOST: Final = 200
_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An introduction as the user wants it: `one` is asked first, or has said yes already where it was promised.

    `helps` says that `one` is the one that can help. `promise_id` is an open promise to `one` that becomes this.
    """

    one: str
    other: str
    need: str = ""
    offer: str = ""
    helps: bool = False
    promise_id: str = ""
    asks_on: date | None = None


def begin(tx: Connection, wanted: Wanted, *, owner: str, by_hand: bool = True, closed: bool = False) -> Course:
    """Begin to introduce two people. Raises Conflict for a pair that had its introduction, or one that rests."""
    a, b = pair_of(wanted.one, wanted.other)
    known = {id_: ties.locked(tx, owner=owner, id=id_) for id_ in (a, b)}
    if a == b:
        raise BadValue("introduction_self", "Choose somebody else: nobody needs an introduction to himself.")
    if gone_among(tx, {a, b}) and not closed:
        raise Conflict("introduction_rests", "One of the two rests or was let go. Take that one up again first.")
    before = between(tx, owner=owner, one=a, other=b)
    if before and not (before.untouched and (before.closed_on or not before.by_hand)):
        raise Conflict("introduced_already", "These two have their introduction already. Look at it.")
    today = policies.today(tx, owner=owner)
    row = {**_row(wanted, known, today), "by_hand": by_hand, "dropped_on": today if closed else None}
    if before:
        tx.execute(delete(rows).where(rows.c.id == before.id))
    id_ = str(uuid4())
    tx.execute(insert(rows).values({"id": id_, "account_id": owner, **row, "created_at": now()}))
    if wanted.promise_id:
        mine = (promises.c.account_id == owner, promises.c.id == wanted.promise_id)
        tx.execute(update(promises).where(*mine).values(introduces=wanted.other))
    introduction_steps.follow(tx, owner=owner, causes=[f"introduction:{id_}"])
    return get(tx, owner=owner, id=id_)


def take_back(tx: Connection, *, owner: str, id: str, promised: str = "") -> None:  # noqa: A002
    """As if it had never been begun, while nobody was asked. A promise that became it is a promise again.

    `promised` is the act of a promise that was made with it: it goes as well.
    """
    one = _locked(tx, owner, id)
    if not one.untouched:
        raise Conflict("introduction_asked", "Somebody was asked already. Give it up instead.")
    tx.execute(delete(rows).where(rows.c.id == one.id))
    mine = (promises.c.account_id == owner, promises.c.id == one.promise_id)
    tx.execute(update(promises).where(*mine).values(introduces=""))
    for tie_id in (one.a, one.b):
        ties.changed(tx, owner=owner, id=tie_id)
    if promised:
        touches.undo(tx, owner=owner, act_id=promised)


def drop(tx: Connection, *, owner: str, id: str, dropped: bool = True) -> Course:  # noqa: A002
    """Give it up, or (`dropped=False`) take it up again; who had said yes is owed a kind word."""
    one = _locked(tx, owner, id)
    if one.made_on:
        raise Conflict("introduction_made", "It was made already. Say what came of it instead.")
    if not dropped:
        _undo_skips(tx, owner, one)
    tx.execute(update(rows).where(rows.c.id == one.id).values(dropped_on=_today(tx, owner) if dropped else None))
    return _followed(tx, owner, one)


def say(tx: Connection, *, owner: str, id: str, side: str, word: Said) -> Act:  # noqa: A002
    """What one of the two answered; the last word counts."""
    one = _locked(tx, owner, id)
    asked = _asked(tx, owner, one, side)
    if asked is None:
        raise Conflict("not_asked_yet", "Ask first, and say so; then tell what came back.")
    outcome = None if word is Said.SILENT else Outcome.WARM
    return touches.answer(tx, owner=owner, act_id=asked, outcome=outcome, word="" if outcome is None else word)


def came_of(tx: Connection, *, owner: str, id: str, outcome: CameOf) -> Act:  # noqa: A002
    """What came of it, in the history of both; the last word counts."""
    one = _locked(tx, owner, id)
    tie_id, cause = one.tie(one.first), f"introduction:{one.id}"
    made = acts.did(tx, owner=owner, tie_id=tie_id, cause=cause)
    if made is None:
        raise Conflict("introduction_unmade", "It was not made yet. Introduce them first.")
    values: dict[str, Any] = {"cause": outcome_cause(one.id), "kind": Kind.INTRODUCE, "text": outcome, "on": made.id}
    act = acts.add(tx, owner=owner, tie_id=tie_id, type=ActType.NOTED, day=_today(tx, owner), **values)
    introduction_steps.on_both(tx, owner=owner, act=act, tie_id=tie_id)
    introduction_steps.follow(tx, owner=owner, causes=[cause])
    return act


def met(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """The three of us met: I talked with both, and they with each other."""
    one = _locked(tx, owner, id)
    day = min(one.meets_on or _today(tx, owner), _today(tx, owner))
    for tie_id in (one.a, one.b):
        deeds.talked(tx, owner=owner, tie_id=tie_id, talk="coffee", day=day)
    if one.outcome is None:
        came_of(tx, owner=owner, id=one.id, outcome=CameOf.TALKED)


def meet(tx: Connection, *, owner: str, id: str, day: date | None, at: str = "", place: str = "") -> Course:  # noqa: A002
    """Put the meeting of three on a day, at a time of that day if it is known; None calls it off."""
    one, today = _locked(tx, owner, id), _today(tx, owner)
    if day is not None and not today <= day <= today + _YEAR:
        raise BadValue("day", "Choose a day within a year from today.")
    values = {"meets_on": day, "meets_at": _time(at) if day else "", "place": kept(place)[: ties.LONGEST_LINE]}
    tx.execute(update(rows).where(rows.c.id == one.id).values(**values, sequence=rows.c.sequence + 1))
    return get(tx, owner=owner, id=one.id)


def describe(tx: Connection, *, owner: str, id: str, need: str) -> None:  # noqa: A002
    """Say what is needed, in the user's words; the drafts are written with it."""
    one = _locked(tx, owner, id)
    tx.execute(update(rows).where(rows.c.id == one.id).values(need=_line(need)))
    _followed(tx, owner, one)


def get(tx: Connection, *, owner: str, id: str) -> Course:  # noqa: A002
    row = tx.execute(of_owner(owner).where(rows.c.id == kept(id))).first()
    if row is None:
        raise NotFound("introduction", "There is no such introduction.")
    return course_of(row)


def between(tx: Connection, *, owner: str, one: str, other: str) -> Course | None:
    """The introduction of two, whoever of them was named first."""
    either = or_(and_(rows.c.a == one, rows.c.b == other), and_(rows.c.a == other, rows.c.b == one))
    row = tx.execute(select(rows).where(rows.c.account_id == owner, either)).first()
    return course_of(row) if row else None


def recent(tx: Connection, *, owner: str, limit: int = MOST) -> list[Course]:
    """The last that were begun or refused, newest first."""
    query = of_owner(owner).order_by(rows.c.begun_on.desc(), rows.c.created_at.desc(), rows.c.id).limit(limit)
    return [course_of(row) for row in tx.execute(query)]


def of_tie(tx: Connection, *, owner: str, tie_id: str) -> list[Course]:
    """Those of one contact, newest first; what was only refused is not told."""
    mine = or_(rows.c.a == tie_id, rows.c.b == tie_id)
    query = of_owner(owner).where(mine).order_by(rows.c.begun_on.desc(), rows.c.id).limit(MOST)
    return [one for row in tx.execute(query) if not ((one := course_of(row)).closed_on and one.untouched)]


def meetings(tx: Connection, *, owner: str, since: date, limit: int = MOST) -> list[Course]:
    """The meetings of three from a day on, soonest first."""
    query = of_owner(owner).where(rows.c.meets_on.is_not(None), rows.c.meets_on >= since)
    return [course_of(row) for row in tx.execute(query.order_by(rows.c.meets_on, rows.c.id).limit(limit))]


def _row(wanted: Wanted, known: dict[str, History], today: date) -> dict[str, Any]:
    a, b = pair_of(wanted.one, wanted.other)
    side = "a" if wanted.one == a else "b"
    needs = other(side) if wanted.helps else side
    promise = next((one for one in known[wanted.one].tie.promises if one.id == wanted.promise_id), None)
    if wanted.promise_id and promise is None:
        raise NotFound("promise", "There is no such promise.")
    needy, helper = (known[a], known[b]) if needs == "a" else (known[b], known[a])
    return {
        "a": a,
        "b": b,
        "first": side,
        "needs": needs,
        "need": _line(wanted.need) or _latest(needy, NoteKind.NEED),
        "offer": _line(wanted.offer) or _latest(helper, NoteKind.OFFER),
        "promise_id": wanted.promise_id,
        "agreed": side if promise else "",
        "begun_on": today,
        "asks_on": max(today, (promise.due_on if promise else wanted.asks_on) or today),
    }


def _locked(tx: Connection, owner: str, id_: str) -> Course:
    one = get(tx, owner=owner, id=id_)
    introduction_steps.lock_both(tx, owner=owner, cause=f"introduction:{one.id}")
    return get(tx, owner=owner, id=id_)


def _followed(tx: Connection, owner: str, one: Course) -> Course:
    introduction_steps.follow(tx, owner=owner, causes=[f"introduction:{one.id}"])
    return get(tx, owner=owner, id=one.id)


def _asked(tx: Connection, owner: str, one: Course, side: str) -> str | None:
    """The last time that a side was asked, as an act."""
    mine = (act_rows.c.account_id == owner, act_rows.c.tie_id == one.tie(side), act_rows.c.undone_by.is_(None))
    cause = Introduction(one.id, side, "", one.begun_on, one.asks_on).asking
    query = select(act_rows.c.id, act_rows.c.cause).where(*mine, act_rows.c.type == ActType.DID)
    found = [row.id for row in tx.execute(query.order_by(act_rows.c.at)) if _asks(row.cause, cause)]
    return found[-1] if found else None


def _asks(cause: str, asking: str) -> bool:
    return is_asking(cause) and (cause == asking or cause.startswith(f"{asking}:"))


def _undo_skips(tx: Connection, owner: str, one: Course) -> None:
    mine = (act_rows.c.account_id == owner, act_rows.c.tie_id.in_([one.a, one.b]), act_rows.c.undone_by.is_(None))
    skipped = act_rows.c.type == ActType.SKIPPED
    its = act_rows.c.cause.startswith(f"introduction:{one.id}", autoescape=True)
    for id_ in tx.execute(select(act_rows.c.id).where(*mine, skipped, its)).scalars().all():
        touches.undo(tx, owner=owner, act_id=id_)


def _latest(history: History, kind: NoteKind) -> str:
    return next((note.text for note in reversed(history.tie.notes) if note.kind is kind), "")


def _line(text: str) -> str:
    return " ".join(kept(text).split())[: ties.LONGEST_LINE]


def _time(text: str) -> str:
    try:
        return time.fromisoformat(text.strip()).strftime("%H:%M") if text.strip() else ""
    except ValueError:
        raise BadValue("time", "This is no time of day. Write it as 17:30.") from None


def _today(tx: Connection, owner: str) -> date:
    return policies.today(tx, owner=owner)
