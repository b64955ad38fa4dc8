"""Touches: what is planned, claimed by conditional updates, so that two devices count once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, Text, insert, literal_column, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.ties.act import Act, ActSource, ActType, Outcome
from service.domain.ties.history import falls_with
from service.domain.ties.introduction import introduction_of
from service.domain.ties.touch import Channel, Kind, Touch
from service.storage.following import acts, policies, seats
from service.storage.following.history import History, load
from service.storage.following.outcome_tables import referrals
from service.storage.following.planning import DONE, PLANNED, SKIPPED, WITHDRAWN, plan_again
from service.storage.following.tie_tables import promises, ties
from service.storage.following.tie_tables import touches as rows
from service.storage.following.touch_rows import columns_of, touch_of
from service.storage.meeting import introduction_steps
from service.storage.moment import now
from service.storage.tables import contacts
from service.storage.words import kept

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeptTouch:
    """A touch with its row: `opened_by` is the channel whose button was pressed, `draft` what the person wrote."""

    id: str
    contact_id: str
    touch: Touch
    state: str
    opened_by: str
    draft: str
    given: Mapping[str, str]
    revision: int


@dataclass(frozen=True, slots=True)
class Done:
    """The act that a touch became; `first` is False where another device had done it before."""

    act: Act
    first: bool


def get(tx: Connection, *, owner: str, id: str) -> KeptTouch:  # noqa: A002
    row = tx.execute(_alive(owner).where(rows.c.id == kept(id))).first()
    if row is None:
        raise NotFound("touch", "There is no such touch.")
    return _touch(row)


def of_tie(tx: Connection, *, owner: str, tie_id: str) -> list[KeptTouch]:
    """What is planned for a tie, soonest first."""
    mine = (rows.c.tie_id == tie_id, rows.c.state == PLANNED)
    return [_touch(row) for row in tx.execute(_alive(owner).where(*mine).order_by(rows.c.day, rows.c.id))]


def on(tx: Connection, *, owner: str, day: date, limit: int = 200) -> list[KeptTouch]:
    """What is planned for a day or was due before it, soonest first."""
    # Written out: SQLite uses an index of some rows only where it sees that these are the rows asked for.
    mine = (rows.c.state == literal_column("'planned'", Text()), rows.c.day <= day)
    return [_touch(row) for row in tx.execute(_alive(owner).where(*mine).order_by(rows.c.day, rows.c.id).limit(limit))]


def by_keys(tx: Connection, *, owner: str, keys: list[tuple[str, str]]) -> dict[tuple[str, str], KeptTouch]:
    """The rows of touches by tie and cause, of few."""
    wanted = set(keys)
    found = tx.execute(_alive(owner).where(rows.c.tie_id.in_({tie for tie, _ in keys})))
    return {key: one for one in map(_touch, found) if (key := one.touch.key) in wanted}


def keep(tx: Connection, *, owner: str, touch: Touch) -> None:
    """Give a touch that the week itself has chosen its row."""
    mine = (rows.c.account_id == owner, rows.c.tie_id == touch.tie, rows.c.cause == touch.cause)
    columns = {**columns_of(touch), "state": PLANNED}
    if tx.execute(update(rows).where(*mine).values(columns)).rowcount == 0:
        row = {"id": str(uuid4()), "account_id": owner, "tie_id": touch.tie, "cause": touch.cause}
        tx.execute(insert(rows).values({**row, **columns}))


def done(
    tx: Connection,
    *,
    owner: str,
    id: str,  # noqa: A002
    channel: Channel | None = None,
    text: str = "",
    day: date | None = None,
    source: ActSource = ActSource.APP,
) -> Done:
    """Do a touch, once: who comes second is given what the first did. The next one is planned with it."""
    introduction_steps.lock_both(tx, owner=owner, cause=get(tx, owner=owner, id=id).touch.cause)
    known, today = _locked(tx, owner, id), policies.today(tx, owner=owner)
    when = acts.check_day(day, today=today, tomorrow=today + _DAY) if day else today
    if not _claim(tx, known, DONE):
        before = acts.did(tx, owner=owner, tie_id=known.touch.tie, cause=known.touch.cause)
        if before is None:
            raise _gone()
        return Done(before, first=False)
    values: dict[str, Any] = {
        "kind": known.touch.kind,
        "channel": channel or known.touch.channel,
        "cause": known.touch.cause,
        "source": source,
    }
    act = acts.add(tx, owner=owner, tie_id=known.touch.tie, type=ActType.DID, day=when, text=text, **values)
    seats.use(tx, owner=owner, touch=known.touch, today=today, state=seats.DONE)
    plan_again(tx, owner=owner, tie_id=known.touch.tie, today=today)
    introduction_steps.on_both(tx, owner=owner, act=act, tie_id=known.touch.tie)
    introduction_steps.follow(tx, owner=owner, causes=[act.cause])
    return Done(act, first=True)


def skip(
    tx: Connection,
    *,
    owner: str,
    id: str,  # noqa: A002
    reason: str = "",
    source: ActSource = ActSource.APP,
) -> Act:
    """Not this one. Debts are not skipped: they are kept or released."""
    known, today = _locked(tx, owner, id), policies.today(tx, owner=owner)
    if known.touch.kind is Kind.PROMISE:
        raise Conflict("promise_open", "A promise is kept or dropped, not skipped.")
    if not _claim(tx, known, SKIPPED):
        raise _gone()
    values: dict[str, Any] = {"cause": known.touch.cause, "reason": reason, "kind": known.touch.kind, "source": source}
    act = acts.add(tx, owner=owner, tie_id=known.touch.tie, type=ActType.SKIPPED, day=today, **values)
    seats.use(tx, owner=owner, touch=known.touch, today=today, state=seats.SKIPPED)
    plan_again(tx, owner=owner, tie_id=known.touch.tie, today=today)
    introduction_steps.follow(tx, owner=owner, causes=[act.cause])
    return act


def postpone(tx: Connection, *, owner: str, id: str, day: date, source: ActSource = ActSource.APP) -> Act:  # noqa: A002
    """Another day, at most so many ahead as the policy says; it is by hand from then on."""
    known, today = _open(tx, owner, id), policies.today(tx, owner=owner)
    most = policies.of(tx, owner=owner).account.policy.postpone_days
    if not today < day <= today + most * _DAY:
        raise BadValue("postponed_too_far", "This day is out of reach. Choose one from tomorrow on, not too far ahead.")
    values: dict[str, Any] = {"cause": known.touch.cause, "until": day, "kind": known.touch.kind, "source": source}
    act = acts.add(tx, owner=owner, tie_id=known.touch.tie, type=ActType.POSTPONED, day=today, **values)
    seats.give_back(tx, owner=owner, touch=known.touch, today=today)
    plan_again(tx, owner=owner, tie_id=known.touch.tie, today=today)
    return act


def swap(tx: Connection, *, owner: str, id: str, kind: Kind) -> Act:  # noqa: A002
    """Another kind for the same touch; "nothing to give now" makes a favour a hello."""
    known, today = _open(tx, owner, id), policies.today(tx, owner=owner)
    fixed = known.touch.kind in (Kind.PROMISE, Kind.ASK) or introduction_of(known.touch.cause)
    if kind in (Kind.PROMISE, Kind.ASK) or fixed:
        raise BadValue("kind", "This cannot be swapped. Plan it on the contact's page.")
    values: dict[str, Any] = {"cause": known.touch.cause, "kind": kind}
    act = acts.add(tx, owner=owner, tie_id=known.touch.tie, type=ActType.SWAPPED, day=today, **values)
    plan_again(tx, owner=owner, tie_id=known.touch.tie, today=today)
    return act


def opened(tx: Connection, *, owner: str, id: str, channel: Channel, draft: str = "") -> None:  # noqa: A002
    """Remember that a program was opened to send it, and what was to be said; "sent?" is asked from then on."""
    known = _open(tx, owner, id)
    text = kept(draft)[: acts.LONGEST_TEXT] or None
    tx.execute(update(rows).where(rows.c.id == known.id).values(opened_by=channel, draft=text))


def tell(tx: Connection, *, owner: str, id: str, about: str, text: str) -> None:  # noqa: A002
    """Keep what the draft asked for, for this touch alone; the draft is written anew with it."""
    known = _open(tx, owner, id)
    given = {**known.given, about: kept(text)[: acts.LONGEST_TEXT]}
    tx.execute(update(rows).where(rows.c.id == known.id).values(given=given, draft=None))


def not_sent(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    known = _open(tx, owner, id)
    tx.execute(update(rows).where(rows.c.id == known.id).values(opened_by=None))


def answer(tx: Connection, *, owner: str, act_id: str, outcome: Outcome | None, word: str = "") -> Act:
    """Did they answer? None is a plain no; a later answer wins over it. The same word twice is one.

    `word` is what they said to the question whether they would like to be introduced.
    """
    asked = acts.row_of(tx, owner=owner, id=act_id)
    if asked.type not in (ActType.DID, ActType.ASKED) or asked.undone_by is not None:
        raise Conflict("not_asked", "Only what was done can be answered. Look at the contact.")
    today = policies.today(tx, owner=owner)
    _lock_tie(tx, owner, asked.tie_id)
    type_ = ActType.ANSWERED if outcome else ActType.NO_ANSWER
    same = [one for one in load_acts(tx, owner, asked.tie_id) if one.on == act_id and one.type is type_]
    if same and (same[-1].outcome, same[-1].reason) == (outcome, word):
        return same[-1]
    values: dict[str, Any] = {"on": act_id, "outcome": outcome, "reason": word}
    act = acts.add(tx, owner=owner, tie_id=asked.tie_id, type=type_, day=today, **values)
    plan_again(tx, owner=owner, tie_id=asked.tie_id, today=today)
    introduction_steps.follow(tx, owner=owner, causes=[asked.cause])
    return act


def undo(tx: Connection, *, owner: str, act_id: str) -> tuple[Act, ...]:
    """Undo an act and what stands on it; give all that fell. Undone already, nothing falls."""
    row = acts.row_of(tx, owner=owner, id=act_id)
    tie_id, today = row.tie_id, policies.today(tx, owner=owner)
    history = _lock_tie(tx, owner, tie_id)
    fallen = falls_with(history.acts, act_id)
    if not fallen:
        return ()
    by = acts.add(tx, owner=owner, tie_id=tie_id, type=ActType.UNDONE, day=today, on=act_id)
    acts.mark_undone(tx, owner=owner, ids=[act.id for act in fallen], by=by.id)
    for act in fallen:
        if act.type in (ActType.DID, ActType.SKIPPED) and act.cause:
            mine = (rows.c.account_id == owner, rows.c.tie_id == tie_id, rows.c.cause == act.cause)
            tx.execute(update(rows).where(*mine).values(state=WITHDRAWN, claimed_at=None, opened_by=None))
            seats.free(tx, owner=owner, tie_id=tie_id, cause=act.cause, today=today)
    plan_again(tx, owner=owner, tie_id=tie_id, today=today)
    _undo_of_introductions(tx, owner, tie_id, history.acts, fallen)
    _undo_of_referrals(tx, owner, tie_id, fallen, today)
    return fallen


def _undo_of_referrals(tx: Connection, owner: str, tie_id: str, fallen: tuple[Act, ...], today: date) -> None:
    """Whom nobody sent after all is owed no word by the name of who did not."""
    given = (referrals.c.account_id == owner, referrals.c.act_id.in_([act.id for act in fallen]))
    for sent in tx.execute(select(referrals.c.referred_id).where(*given)).scalars().all():
        theirs = (ties.c.account_id == owner, ties.c.id == sent, ties.c.introduced_by == tie_id)
        if tx.execute(update(ties).where(*theirs).values(introduced_by="")).rowcount:
            plan_again(tx, owner=owner, tie_id=sent, today=today)


def _undo_of_introductions(
    tx: Connection, owner: str, tie_id: str, history: tuple[Act, ...], fallen: tuple[Act, ...]
) -> None:
    """What is of both sides falls on both; an answer that fell says that its asking is open again."""
    by_id = {act.id: act.cause for act in history}
    for act in fallen:
        if far := introduction_steps.twin(tx, owner=owner, act=act, tie_id=tie_id):
            undo(tx, owner=owner, act_id=far)
    introduction_steps.follow(tx, owner=owner, causes=[act.cause or by_id.get(act.on, "") for act in fallen])


def release(tx: Connection, *, owner: str, promise_id: str, reason: str = "") -> Act:
    """Drop a promise, with or without a reason; undoing that makes it due again."""
    mine = (promises.c.account_id == owner, promises.c.id == kept(promise_id))
    tie_id = tx.execute(select(promises.c.tie_id).where(*mine)).scalar()
    if tie_id is None:
        raise NotFound("promise", "There is no such promise.")
    today = policies.today(tx, owner=owner)
    _lock_tie(tx, owner, tie_id)
    act = acts.add(tx, owner=owner, tie_id=tie_id, type=ActType.RELEASED, day=today, on=promise_id, reason=reason)
    plan_again(tx, owner=owner, tie_id=tie_id, today=today)
    return act


def load_acts(tx: Connection, owner: str, tie_id: str) -> tuple[Act, ...]:
    """The acts of a tie that were not undone."""
    history = _history(tx, owner, tie_id)
    undone = {act.on for act in history.acts if act.type is ActType.UNDONE}
    return tuple(act for act in history.acts if act.id not in undone and act.type is not ActType.UNDONE)


def _history(tx: Connection, owner: str, tie_id: str) -> History:
    return load(tx, tx.execute(select(ties).where(ties.c.account_id == owner, ties.c.id == tie_id)).all())[0]


def _lock_tie(tx: Connection, owner: str, tie_id: str) -> History:
    mine = select(ties).where(ties.c.account_id == owner, ties.c.id == tie_id)
    return load(tx, tx.execute(mine.with_for_update()).all())[0]


def _locked(tx: Connection, owner: str, id_: str) -> KeptTouch:
    """The touch, after whoever else is at its tie: the lock on the tie puts all acts of it in one row."""
    _lock_tie(tx, owner, get(tx, owner=owner, id=id_).touch.tie)
    return get(tx, owner=owner, id=id_)


def _open(tx: Connection, owner: str, id_: str) -> KeptTouch:
    known = _locked(tx, owner, id_)
    if known.state != PLANNED:
        raise _gone()
    return known


def _claim(tx: Connection, known: KeptTouch, state: str) -> bool:
    mine = (rows.c.id == known.id, rows.c.state == PLANNED)
    return tx.execute(update(rows).where(*mine).values(state=state, claimed_at=now(), opened_by=None)).rowcount == 1


def _gone() -> Conflict:
    return Conflict("touch_gone", "This is not planned any more. Look at the contact to see what comes next.")


def _alive(owner: str) -> Select[Any]:
    join = rows.join(ties, ties.c.id == rows.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    columns = select(rows, ties.c.contact_id).select_from(join)
    return columns.where(rows.c.account_id == owner, contacts.c.deleted_at.is_(None))


def _touch(row: Any) -> KeptTouch:
    return KeptTouch(
        id=row.id,
        contact_id=row.contact_id,
        touch=touch_of(row),
        state=row.state,
        opened_by=row.opened_by or "",
        draft=row.draft or "",
        given=row.given,
        revision=row.revision,
    )
