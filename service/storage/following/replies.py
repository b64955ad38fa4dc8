"""What an answer to a question does: an act, a note, another circle, a seat given to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, insert, update

from service.domain.errors import BadValue, Conflict
from service.domain.ties.act import Act, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.introduction import CameOf, Said
from service.domain.ties.note import NoteKind
from service.domain.ties.question import QuestionKind, Reply
from service.domain.ties.questions import met_touch
from service.domain.ties.seat import SeatState
from service.domain.ties.touch import Kind
from service.storage.following import deeds, policies, seats, ties, touches
from service.storage.following.history import History
from service.storage.following.planning import PLANNED, WITHDRAWN
from service.storage.following.questions import of_tie
from service.storage.following.tie_tables import questions as rows
from service.storage.following.tie_tables import touches as touch_rows
from service.storage.meeting import introductions
from service.storage.words import kept

_OUTCOMES: Final = {"warm": Outcome.WARM, "cool": Outcome.COOL, "no": None, "unknown": Outcome.UNKNOWN}
_SAID: Final = {"yes": Said.YES, "later": Said.LATER, "declined": Said.NO}

REPLIES: Final[dict[QuestionKind, tuple[str, ...]]] = {
    QuestionKind.ANSWERED: (*_OUTCOMES, *_SAID),
    QuestionKind.CAME_OF: tuple(CameOf),
    QuestionKind.MET: (Reply.YES, Reply.NOT_YET, Reply.NO),
    QuestionKind.BUSY: ("need", "line", "nothing"),
    QuestionKind.RELEVANT: (Reply.YES, Reply.NEW_JOB, Reply.NOTHING, Reply.NO),
    QuestionKind.CLOSER: (Reply.YES, Reply.NO),
    QuestionKind.WIDER: (Reply.YES, Reply.NO),
    QuestionKind.ASK_THEM: (Reply.YES, Reply.NO),
    QuestionKind.SKIP_OR_LET_GO: ("no", "skip", "let go"),
    QuestionKind.KEEP_OR_RELEASE: ("keep", "release"),
}
"""The words that are answers to each question."""


def reply(
    tx: Connection,
    *,
    owner: str,
    tie_id: str,
    kind: str,
    on: str,
    reply: str,
    line: str = "",
    day: date | None = None,
) -> Act | None:
    """Take an answer and do what it asks for; give the act that it became. The same answer twice is one.

    `line` is what was said with it, `day` when they met, today if unsaid.
    """
    history = ties.locked(tx, owner=owner, id=tie_id)
    known = _kind(kind)
    if reply not in REPLIES.get(known, ()):
        raise _no_answer()
    if known is QuestionKind.ANSWERED:
        return _answer(tx, owner, on, reply)
    if known is QuestionKind.CAME_OF:
        return introductions.came_of(tx, owner=owner, id=on, outcome=CameOf(reply))
    told, act = _ANSWERS[known](tx, owner, history, Given(on, reply, line, day))
    _keep(tx, owner, tie_id, known, on, told)
    ties.changed(tx, owner=owner, id=tie_id)
    return act


def _answer(tx: Connection, owner: str, on: str, reply: str) -> Act:
    """Who was asked whether he would like to be introduced has said more than that he answered."""
    if reply not in _SAID:
        return touches.answer(tx, owner=owner, act_id=on, outcome=_OUTCOMES[reply])
    return touches.answer(tx, owner=owner, act_id=on, outcome=Outcome.WARM, word=_SAID[reply])


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: to which question, the word, a line with it, and a day."""

    on: str
    reply: str
    line: str
    day: date | None


Told = tuple[Reply, Act | None]


def _met(tx: Connection, owner: str, history: History, given: Given) -> Told:
    """Yes is the talk itself, on the day that was told."""
    told = Reply(given.reply)
    asked = next((act for act in history.acts if act.id == met_touch(given.on)), None)
    if asked is None:
        raise _no_answer()
    if told is not Reply.YES:
        return told, None
    talk = _TALKS.get(asked.kind or Kind.COFFEE, Talk.COFFEE)
    return told, deeds.talked(tx, owner=owner, tie_id=history.tie.id, talk=talk, day=given.day)


def _busy(tx: Connection, owner: str, history: History, given: Given) -> Told:
    kinds = {"need": NoteKind.NEED, "line": NoteKind.LINE}
    if given.reply in kinds and given.line.strip():
        ties.add_note(tx, owner=owner, id=history.tie.id, kind=kinds[given.reply], text=given.line)
        return Reply.YES, None
    return Reply.NOTHING, None


def _relevant(tx: Connection, owner: str, history: History, given: Given) -> Told:
    """No sends it back to the drawer, nothing remembered writes no draft: both give the seat to the next."""
    told = Reply(given.reply)
    if given.line.strip():
        kind = NoteKind.NEW_TITLE if told is Reply.NEW_JOB else NoteKind.LINE
        ties.add_note(tx, owner=owner, id=history.tie.id, kind=kind, text=given.line)
    elif told is Reply.YES and not history.tie.notes and not history.tie.shared_past:
        told = Reply.NOTHING
    if told in (Reply.NO, Reply.NOTHING):
        _yield_seat(tx, owner, history.tie.id, given.on)
    if told is Reply.NO:
        return told, deeds.move(tx, owner=owner, tie_id=history.tie.id, circle=Circle.DRAWER)
    return told, None


def _move(tx: Connection, owner: str, history: History, given: Given) -> Told:
    told = Reply(given.reply)
    asked = next((one for one in of_tie(tx, owner=owner, history=history) if one.on == given.on and one.to), None)
    if told is Reply.YES and asked and asked.to:
        return told, deeds.move(tx, owner=owner, tie_id=history.tie.id, circle=asked.to)
    return told, None


def _skip_or_let_go(tx: Connection, owner: str, history: History, given: Given) -> Told:
    if given.reply == "skip":
        found = touches.by_keys(tx, owner=owner, keys=[(history.tie.id, given.on)])
        return Reply.YES, next((touches.skip(tx, owner=owner, id=touch.id) for touch in found.values()), None)
    if given.reply == "no":
        return Reply.NO, None
    act = deeds.let_go(tx, owner=owner, tie_id=history.tie.id)
    if act is None:
        raise Conflict("promise_open", "A promise is kept or dropped, not skipped.")
    return Reply.YES, act


def _keep_or_release(tx: Connection, owner: str, _history: History, given: Given) -> Told:
    if given.reply == "release":
        return Reply.NO, touches.release(tx, owner=owner, promise_id=given.on)
    return Reply.YES, None


_TALKS: Final = {Kind.COFFEE: Talk.COFFEE, Kind.CALL: Talk.CALL, Kind.VISIT: Talk.VISIT}
_ANSWERS: Final[dict[QuestionKind, Callable[[Connection, str, History, Given], Told]]] = {
    QuestionKind.MET: _met,
    QuestionKind.BUSY: _busy,
    QuestionKind.RELEVANT: _relevant,
    QuestionKind.CLOSER: _move,
    QuestionKind.WIDER: _move,
    QuestionKind.ASK_THEM: _move,
    QuestionKind.SKIP_OR_LET_GO: _skip_or_let_go,
    QuestionKind.KEEP_OR_RELEASE: _keep_or_release,
}


def _yield_seat(tx: Connection, owner: str, tie_id: str, cause: str) -> None:
    today = policies.today(tx, owner=owner)
    for known in touches.by_keys(tx, owner=owner, keys=[(tie_id, cause)]).values():
        seats.use(tx, owner=owner, touch=known.touch, today=today, state=SeatState.SKIPPED)
        mine = (touch_rows.c.id == known.id, touch_rows.c.state == PLANNED)
        tx.execute(update(touch_rows).where(*mine).values(state=WITHDRAWN))


def _keep(tx: Connection, owner: str, tie_id: str, kind: QuestionKind, on: str, told: Reply) -> None:
    today = policies.today(tx, owner=owner)
    key = {"account_id": owner, "tie_id": tie_id, "kind": kind, "on": kept(on)[:300], "asked_on": today}
    mine = [rows.c[name] == value for name, value in key.items()]
    values = {"answered_on": today, "reply": told}
    if tx.execute(update(rows).where(*mine).values(values)).rowcount == 0:
        tx.execute(insert(rows).values({"id": str(uuid4()), **key, **values}))


def _kind(kind: str) -> QuestionKind:
    try:
        return QuestionKind(kind)
    except ValueError:
        raise _no_answer() from None


def _no_answer() -> BadValue:
    return BadValue("answer", "This is no answer to the question. Load the page again.")
