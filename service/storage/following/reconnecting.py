"""Whom it would be worth hearing of again: the best of the ranked, why, and how one of them is taken up."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from service.domain.errors import Conflict
from service.domain.ties.account import Account
from service.domain.ties.dormant import Parts, candidate_of, parts
from service.domain.ties.ledger import always_answers
from service.domain.ties.question import QuestionKind, Reply
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Kind, Touch
from service.domain.ties.warmth import AWAKE
from service.storage.following import deeds, policies, replies, ties, touches
from service.storage.following.history import History, load
from service.storage.following.planning import PLANNED, colleagues_of
from service.storage.following.tie_tables import tie_states
from service.storage.following.tie_tables import ties as rows
from service.storage.following.touches import KeptTouch
from service.storage.tables import contacts

SHOWN: Final = 10
_LOOKED_AT: Final = 40
COUNTED: Final = 1_000
_EASY_AMONG: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the ranked: the touch it would be, what its score is made of, and what the user said of it so far.

    `taken` is its touch where the week, or the user, has chosen it already.
    """

    history: History
    touch: Touch
    parts: Parts
    relevant: bool
    taken: KeptTouch | None

    @property
    def known(self) -> bool:
        """Whether there is something to say: without it, there is no draft."""
        return bool(self.touch.why.text)


def ranked(tx: Connection, *, owner: str, limit: int = SHOWN) -> list[Candidate]:
    """The best first, one of a company; those that today is no day for are passed over."""
    account, today = policies.of(tx, owner=owner).account, policies.today(tx, owner=owner)
    found: list[Candidate] = []
    companies: set[str] = set()
    for history in load(tx, tx.execute(_ranked(owner).limit(_LOOKED_AT)).all()):
        one = _candidate(tx, owner, history, account, today)
        if one is None or (history.tie.company and history.tie.company in companies):
            continue
        companies.add(history.tie.company)
        found.append(one)
    return sorted(found, key=lambda one: -one.parts.score)[:limit]


def count(tx: Connection, *, owner: str) -> int:
    """How many are ranked; of very many, that they are many."""
    mine = _ranked(owner).with_only_columns(rows.c.id).order_by(None).limit(COUNTED)
    return tx.execute(select(func.count()).select_from(mine.subquery())).scalar_one()


def warm_up(tx: Connection, *, owner: str) -> History | None:
    """Somebody who always answers: an easy word before a hard one."""
    account, today = policies.of(tx, owner=owner).account, policies.today(tx, owner=owner)
    join = rows.join(tie_states, tie_states.c.tie_id == rows.c.id).join(contacts, contacts.c.id == rows.c.contact_id)
    mine = (tie_states.c.account_id == owner, tie_states.c.warmth.in_(AWAKE), tie_states.c.unanswered == 0)
    alive = (contacts.c.deleted_at.is_(None), tie_states.c.next_due.is_not(None))
    query = select(rows).select_from(join).where(*mine, *alive).order_by(tie_states.c.next_due).limit(_EASY_AMONG)
    histories = load(tx, tx.execute(query).all())
    return next((one for one in histories if always_answers(read(one.tie, one.acts, account, today))), None)


def answer(tx: Connection, *, owner: str, tie_id: str, reply: Reply, line: str = "") -> None:
    """Take what was said to "still relevant?" of one of the ranked."""
    history = ties.get(tx, owner=owner, id=tie_id)
    touch = _touch(_story(tx, owner, history))
    kind = QuestionKind.RELEVANT.value
    replies.reply(tx, owner=owner, tie_id=tie_id, kind=kind, on=touch.cause, reply=reply.value, line=line)


def take(tx: Connection, *, owner: str, tie_id: str) -> KeptTouch:
    """Put a reconnect on today. Raises Conflict where nothing is remembered: an empty word is worse than none."""
    history = ties.locked(tx, owner=owner, id=tie_id)
    touch = _touch(_story(tx, owner, history))
    known = touches.by_keys(tx, owner=owner, keys=[touch.key]).get(touch.key)
    if known and known.state == PLANNED:
        return known
    if not touch.why.text:
        raise Conflict("nothing_remembered", "Write one line of what you remember first.")
    today = policies.today(tx, owner=owner)
    deeds.plan_by_hand(tx, owner=owner, tie_id=tie_id, kind=Kind.RECONNECT, day=today, channel=touch.channel)
    taken = next(one for one in touches.of_tie(tx, owner=owner, tie_id=tie_id) if one.touch.kind is Kind.RECONNECT)
    _yes(tx, owner, taken)
    return touches.get(tx, owner=owner, id=taken.id)


def _yes(tx: Connection, owner: str, taken: KeptTouch) -> None:
    """Who takes it up has said that it is still relevant: Today need not ask."""
    kind, on = QuestionKind.RELEVANT.value, taken.touch.cause
    replies.reply(tx, owner=owner, tie_id=taken.touch.tie, kind=kind, on=on, reply=Reply.YES.value)


def _candidate(tx: Connection, owner: str, history: History, account: Account, today: date) -> Candidate | None:
    story = read(history.tie, history.acts, account, today)
    colleagues = colleagues_of(tx, owner=owner, history=history)
    touch = candidate_of(story, colleagues)
    if touch is None:
        return None
    kept = touches.by_keys(tx, owner=owner, keys=[touch.key]).get(touch.key)
    taken = kept if kept and kept.state == PLANNED else None
    return Candidate(history, touch, parts(story, colleagues), _said_yes(history, touch), taken)


def _said_yes(history: History, touch: Touch) -> bool:
    told = [one for one in history.tie.questions if one.kind is QuestionKind.RELEVANT and one.on == touch.cause]
    return any(one.reply in (Reply.YES, Reply.NEW_JOB) for one in told)


def _touch(story: Story) -> Touch:
    touch = candidate_of(story)
    if touch is None:
        raise Conflict("not_ranked", "This one is not up for a new word just now. Look at the contact to see why.")
    return touch


def _story(tx: Connection, owner: str, history: History) -> Story:
    return read(history.tie, history.acts, policies.of(tx, owner=owner).account, policies.today(tx, owner=owner))


def _ranked(owner: str) -> Select[Any]:
    join = rows.join(tie_states, tie_states.c.tie_id == rows.c.id).join(contacts, contacts.c.id == rows.c.contact_id)
    place = tie_states.c.dormant_place
    mine = (tie_states.c.account_id == owner, place.is_not(None), contacts.c.deleted_at.is_(None))
    order = (place, tie_states.c.last_two_way, tie_states.c.tie_id)
    return select(rows).select_from(join).where(*mine).order_by(*order)
