"""The week: what could be chosen is fetched by index, the engine chooses, and the seats are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Text, func, literal_column, select, update

from service.domain.ties.act import ActType
from service.domain.ties.days import monday, open_days, sunday
from service.domain.ties.dormant import candidate
from service.domain.ties.passing import let_pass
from service.domain.ties.seat import Seat, SeatState, Week
from service.domain.ties.standing import Standing
from service.domain.ties.today import share
from service.domain.ties.touch import Lane, Touch
from service.domain.ties.week import fit
from service.storage.database import Database
from service.storage.following import note_words, policies, seats, touches
from service.storage.following.history import load as histories
from service.storage.following.planning import colleagues_of, plan_due
from service.storage.following.policies import Rules
from service.storage.following.tie_tables import acts, tie_states, ties
from service.storage.following.tie_tables import touches as rows
from service.storage.following.touch_rows import touch_of
from service.storage.following.touches import KeptTouch
from service.storage.meeting import gatherings, introduction_proposals
from service.storage.tables import contacts

PLANNED_ON_THE_WAY: Final = 100
"""Ties planned again before the week is shown; the rest is the night's work."""

_BEST_OF: Final = {Lane.FRESH: 60, Lane.IN_MOTION: 30, Lane.KEEP: 30, Lane.TRY: 20, Lane.LATE: 20, Lane.DORMANT: 10}
"""So many of each lane are looked at: a week has sixty seats at the very most, and seldom more than five."""

_OLDEST: Final = 20
_DORMANTS: Final = 8
_WAITING: Final = 50
_COUNTED: Final = 1_000
_WEEKS_LOOKED_BACK: Final = 12
_DAY: Final = timedelta(days=1)

_PLANNED: Final = literal_column("'planned'", Text())
_DID: Final = literal_column("'did'", Text())
_RECONNECT: Final = literal_column("'reconnect'", Text())
"""Written out: SQLite uses an index of some rows only where it sees that these are the rows asked for."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The week as it stands today: its open touches with their rows, today's share of them, and the seats held.

    `offer` is how many more first messages may be taken with one tap, 0 where there is nothing to offer.
    """

    today: date
    rules: Rules
    week: Week
    chosen: tuple[KeptTouch, ...]
    share: tuple[KeptTouch, ...]
    held: tuple[Seat, ...]
    raised: int
    offer: int


def settled(db: Database, *, owner: str) -> Settled:
    """Give the week; written only where something has to be chosen, planned or given back."""
    with db.reading() as tx:
        today = policies.today(tx, owner=owner)
        as_it_was = _look(tx, owner, today)
        if not _has_work(tx, owner, as_it_was):
            return as_it_was
    with db.transaction() as tx:
        plan_due(tx, owner=owner, today=today, limit=PLANNED_ON_THE_WAY)
        _skip_what_was_let_pass(tx, owner, _look(tx, owner, today))
        introduction_proposals.propose(tx, owner=owner, today=today)
        _keep(tx, owner, _look(tx, owner, today))
        return _look(tx, owner, today)


def open_doors(tx: Connection, *, owner: str, limit: int = 5) -> list[str]:
    """The contacts who may be asked for something, those of the last word first."""
    join = tie_states.join(ties, ties.c.id == tie_states.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (tie_states.c.account_id == owner, tie_states.c.door_open, contacts.c.deleted_at.is_(None))
    query = select(ties.c.contact_id).select_from(join).where(*mine)
    return list(tx.execute(query.order_by(tie_states.c.last_two_way.desc()).limit(limit)).scalars())


def _look(tx: Connection, owner: str, today: date) -> Settled:
    rules, week = policies.of(tx, owner=owner), monday(today)
    held, raised = seats.held(tx, owner=owner, week=week), seats.raised(tx, owner=owner, week=week)
    policy = rules.account.policy
    tried = _companies_tried(tx, owner, today - policy.dormant_company_days * _DAY)
    fitted = fit(
        [*_due(tx, owner, sunday(today), held), *_dormants(tx, owner, rules, today, tried)],
        policy.budget,
        week,
        today,
        held,
        account=rules.account,
        raised=raised,
        companies_tried=tried,
        waiting=_waiting_for_word(tx, owner),
        kept=gatherings.seats_kept(tx, owner=owner, first=today, last=sunday(today)),
    )
    if open_days(today, sunday(today), rules.account):
        fitted = _counted(tx, owner, fitted, sunday(today))
    kept = touches.by_keys(tx, owner=owner, keys=[touch.key for touch in fitted.chosen])
    shared = share(fitted.chosen, today, rules.account, done_today=_done_today(tx, owner, today))
    missing = max(0, min(fitted.fresh_due - fitted.fresh_chosen, policy.raise_offer, policy.raise_at_most - raised))
    return Settled(
        today=today,
        rules=rules,
        week=fitted,
        chosen=tuple(kept[touch.key] for touch in fitted.chosen if touch.key in kept),
        share=tuple(kept[touch.key] for touch in shared if touch.key in kept),
        held=held,
        raised=raised,
        offer=0 if raised else missing,
    )


def _has_work(tx: Connection, owner: str, seen: Settled) -> bool:
    """Whether the seats held differ from those chosen, or a plan is out of date."""
    held = {seat.touch.key for seat in seen.held if seat.state is SeatState.OPEN}
    if held != {touch.key for touch in seen.week.chosen}:
        return True
    looks = not seen.held or note_words.noted_on(tx, owner=owner, day=seen.today)
    if looks and introduction_proposals.of_the_week(tx, owner=owner, today=seen.today):
        return True
    mine = tie_states.c.account_id == owner
    stale = (tie_states.c.changes_on <= seen.today, tie_states.c.policy_revision < seen.rules.revision)
    return any(tx.execute(select(tie_states.c.tie_id).where(mine, one).limit(1)).first() for one in stale)


def _keep(tx: Connection, owner: str, seen: Settled) -> None:
    week = seen.week.monday
    for position, touch in enumerate(seen.week.chosen):
        if touch.lane is Lane.DORMANT:
            touches.keep(tx, owner=owner, touch=touch)
        seats.choose(tx, owner=owner, week=week, touch=touch, today=seen.today, position=position)
    _withdraw_past_dormants(tx, owner, seen.today)
    chosen = {touch.key for touch in seen.week.chosen}
    for seat in seen.held:
        if seat.state is SeatState.OPEN and seat.touch.key not in chosen:
            seats.give_back(tx, owner=owner, touch=seat.touch, today=seen.today)


def _skip_what_was_let_pass(tx: Connection, owner: str, seen: Settled) -> None:
    """A touch that stood in the week again and again while others were done has been refused without a word."""
    before = seats.weeks_before(tx, owner=owner, week=seen.week.monday, weeks=_WEEKS_LOOKED_BACK)
    for kept in seen.chosen:
        if kept.touch.lane.proposed and let_pass(kept.touch.key, before, seen.today, seen.rules.account.policy):
            touches.skip(tx, owner=owner, id=kept.id, reason="let pass")


def _withdraw_past_dormants(tx: Connection, owner: str, today: date) -> None:
    """A reconnect has its week; one that nobody wrote goes back among the ranked."""
    over = (rows.c.account_id == owner, rows.c.state == _PLANNED, rows.c.lane == Lane.DORMANT, rows.c.until < today)
    tx.execute(update(rows).where(*over, rows.c.proposed).values(state="withdrawn"))


def _due(tx: Connection, owner: str, last: date, held: Sequence[Seat]) -> list[Touch]:
    """Debts and what is by hand, all; of proposals the best of each lane, the oldest, and those that the week holds."""
    query = _planned(owner, last)
    proposed = query.where(rows.c.proposed)
    found = [
        *tx.execute(query.where(~rows.c.proposed).limit(_COUNTED)),
        *tx.execute(proposed.order_by(rows.c.day).limit(_OLDEST)),
        *tx.execute(query.where(rows.c.tie_id.in_([seat.touch.tie for seat in held if seat.state is SeatState.OPEN]))),
    ]
    for lane, most in _BEST_OF.items():
        found += tx.execute(query.where(rows.c.lane == lane).order_by(rows.c.place, rows.c.day).limit(most))
    return list({row.id: touch_of(row) for row in found}.values())


def _planned(owner: str, last: date) -> Select[Any]:
    join = rows.join(ties, ties.c.id == rows.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (rows.c.account_id == owner, rows.c.state == _PLANNED, rows.c.day <= last, contacts.c.deleted_at.is_(None))
    return select(rows).select_from(join).where(*mine)


def _how_many(tx: Connection, owner: str, last: date, condition: ColumnElement[bool]) -> int:
    """Count planned touches; of very many, that they are many."""
    mine = (rows.c.account_id == owner, rows.c.state == _PLANNED, rows.c.day <= last, condition)
    return tx.execute(
        select(func.count()).select_from(select(rows.c.id).where(*mine).limit(_COUNTED).subquery())
    ).scalar_one()


def _counted(tx: Connection, owner: str, week: Week, last: date) -> Week:
    """With the true numbers of what waits: the engine saw only whom it could have chosen."""
    proposals = _how_many(tx, owner, last, rows.c.proposed & (rows.c.lane != Lane.DORMANT))
    fresh = _how_many(tx, owner, last, rows.c.lane == Lane.FRESH)
    open_fresh = sum(touch.lane is Lane.FRESH for touch in week.chosen)
    chosen = sum(touch.lane is not Lane.DORMANT for touch in week.proposals)
    return replace(
        week,
        fresh_due=max(week.fresh_due, week.fresh_chosen + fresh - open_fresh),
        left_out_count=max(week.left_out_count, proposals - chosen),
    )


def _dormants(tx: Connection, owner: str, rules: Rules, today: date, tried: set[str]) -> list[Touch]:
    """Of the few who score best, what the engine makes of each today; none of a company just tried has a turn."""
    join = ties.join(tie_states, tie_states.c.tie_id == ties.c.id).join(contacts, contacts.c.id == ties.c.contact_id)
    ranked = tie_states.c.dormant_place
    mine = (tie_states.c.account_id == owner, ranked.is_not(None), contacts.c.deleted_at.is_(None))
    query = select(ties).select_from(join).where(*mine, ties.c.company.not_in(tried))
    order = (ranked, tie_states.c.last_two_way, tie_states.c.tie_id)
    best = tx.execute(query.order_by(*order).limit(_DORMANTS)).all()
    found = []
    for one in histories(tx, best):
        colleagues = colleagues_of(tx, owner=owner, history=one)
        found.append(candidate(one.tie, one.acts, rules.account, today, colleagues))
    return [touch for touch in found if touch]


def _companies_tried(tx: Connection, owner: str, since: date) -> set[str]:
    join = acts.join(ties, ties.c.id == acts.c.tie_id)
    mine = (acts.c.account_id == owner, acts.c.type == _DID, acts.c.kind == _RECONNECT, acts.c.day >= since)
    query = select(ties.c.company).select_from(join).where(*mine, ties.c.company != "").distinct()
    return set(tx.execute(query.limit(_COUNTED)).scalars())


def _waiting_for_word(tx: Connection, owner: str) -> list[str]:
    mine = (tie_states.c.account_id == owner, tie_states.c.standing == Standing.WAITS_FOR_WORD)
    return list(tx.execute(select(tie_states.c.tie_id).where(*mine).limit(_WAITING)).scalars())


def _done_today(tx: Connection, owner: str, today: date) -> int:
    """The proposals, but first messages, that were done today."""
    mine: tuple[Any, ...] = (acts.c.account_id == owner, acts.c.day == today, acts.c.type == ActType.DID)
    alive = (acts.c.undone_by.is_(None), rows.c.proposed, rows.c.lane != Lane.FRESH)
    join = acts.join(rows, (rows.c.tie_id == acts.c.tie_id) & (rows.c.cause == acts.c.cause))
    return tx.execute(select(func.count()).select_from(join).where(*mine, *alive)).scalar_one()
