"""Questions that wait for a word of the user."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from service.domain.ties.question import QuestionKind
from service.domain.ties.questions import Asked
from service.domain.ties.questions import questions as open_questions
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Kind, Touch
from service.storage.following import policies, ties
from service.storage.following.history import History, load
from service.storage.following.planning import MOVES
from service.storage.following.tie_tables import tie_states
from service.storage.following.tie_tables import ties as tie_rows

ON_TODAY: Final = frozenset(
    {
        QuestionKind.ANSWERED,
        QuestionKind.MET,
        QuestionKind.CAME_OF,
        QuestionKind.BUSY,
        QuestionKind.SKIP_OR_LET_GO,
        QuestionKind.KEEP_OR_RELEASE,
    }
)
_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question with the tie that it is about."""

    history: History
    asked: Asked


def next_on_today(tx: Connection, *, owner: str, today: date) -> Waiting | None:
    """The question that has waited longest."""
    mine = (tie_states.c.account_id == owner, tie_states.c.asks_on <= today)
    query = select(tie_states.c.tie_id).where(*mine).order_by(tie_states.c.asks_on, tie_states.c.tie_id)
    ids = list(tx.execute(query.limit(_LOOKED_AT)).scalars())
    return next(_waiting(tx, owner, ids, ON_TODAY), None)


def moves(tx: Connection, *, owner: str) -> list[Waiting]:
    """The changes of circle that are proposed now, a few."""
    mine = (tie_states.c.account_id == owner, tie_states.c.moves)
    ids = list(tx.execute(select(tie_states.c.tie_id).where(*mine).limit(_LOOKED_AT)).scalars())
    return list(_waiting(tx, owner, ids, MOVES))


def all_waiting(tx: Connection, *, owner: str, today: date) -> list[Waiting]:
    """All that wait for a word: those that Today asks one by one, and the changes of circle. A few of each."""
    mine = (tie_states.c.account_id == owner, tie_states.c.asks_on <= today)
    query = select(tie_states.c.tie_id).where(*mine).order_by(tie_states.c.asks_on, tie_states.c.tie_id)
    ids = list(tx.execute(query.limit(_LOOKED_AT)).scalars())
    return [*_waiting(tx, owner, ids, ON_TODAY), *moves(tx, owner=owner)]


def of_tie(tx: Connection, *, owner: str, history: History) -> tuple[Asked, ...]:
    return open_questions(_story(tx, owner, history))


def relevant(history: History, touch: Touch) -> Asked | None:
    """What is asked once before a word to somebody dormant: is it still relevant, and what is remembered."""
    told = {one.on for one in history.tie.questions if one.kind is QuestionKind.RELEVANT and one.answered_on}
    if touch.kind is not Kind.RECONNECT or touch.cause in told:
        return None
    return Asked(QuestionKind.RELEVANT, touch.cause, touch.day)


def before(tx: Connection, *, owner: str, touch: Touch) -> Waiting | None:
    """What is to be answered before a touch is done, if anything is."""
    if touch.kind is not Kind.RECONNECT:
        return None
    history = ties.get(tx, owner=owner, id=touch.tie)
    asked = relevant(history, touch)
    return Waiting(history, asked) if asked else None


def _waiting(tx: Connection, owner: str, ids: list[str], kinds: frozenset[QuestionKind]) -> Iterator[Waiting]:
    found = {one.tie.id: one for one in load(tx, tx.execute(ties.alive(owner).where(tie_rows.c.id.in_(ids))).all())}
    for id_ in ids:
        if history := found.get(id_):
            for asked in of_tie(tx, owner=owner, history=history):
                if asked.kind in kinds:
                    yield Waiting(history, asked)


def _story(tx: Connection, owner: str, history: History) -> Story:
    account = policies.of(tx, owner=owner).account
    return read(history.tie, history.acts, account, policies.today(tx, owner=owner))
