"""Planning again: what the engine says of a tie today becomes its touches and its derived row."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from service.domain.ties.changes import changes
from service.domain.ties.dormant import candidate_of
from service.domain.ties.gate import Missing
from service.domain.ties.outlook import Outlook, outlook_of
from service.domain.ties.plan import planned
from service.domain.ties.question import QuestionKind
from service.domain.ties.questions import Asked, questions
from service.domain.ties.stage import Stage
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Touch
from service.storage.dav import dav_changes
from service.storage.following import policies
from service.storage.following.history import History, load
from service.storage.following.policies import Rules
from service.storage.following.tie_tables import policies as policy_rows
from service.storage.following.tie_tables import tie_states, ties, touches
from service.storage.following.touch_rows import columns_of, touch_of
from service.storage.meeting import introduction_rows
from service.storage.moment import now
from service.storage.tables import contacts

PLANNED: Final = "planned"
DONE: Final = "done"
SKIPPED: Final = "skipped"
WITHDRAWN: Final = "withdrawn"

MOVES: Final = frozenset({QuestionKind.CLOSER, QuestionKind.WIDER, QuestionKind.ASK_THEM})
"""Questions that wait on the contact's page and in the week; the others come to Today."""

_DAY: Final = timedelta(days=1)


def plan_again(tx: Connection, *, owner: str, tie_id: str, today: date) -> None:
    """Plan one tie again, in the transaction of the act that made it necessary."""
    plan_many(tx, owner=owner, tie_ids=[tie_id], today=today)


def plan_many(tx: Connection, *, owner: str, tie_ids: Sequence[str], today: date) -> None:
    """Plan some hundreds, such as what came in with a list."""
    rows = tx.execute(select(ties).where(ties.c.account_id == owner, ties.c.id.in_(tie_ids))).all()
    _plan_all(tx, load(tx, rows), policies.of(tx, owner=owner), today)


def _plan_partners(tx: Connection, owner: str, turned: Sequence[History], rules: Rules, today: date) -> None:
    """Whoever rests or is let go, or comes back from it, changes what is asked of those it is being introduced to."""
    far = {one.other for history in turned for one in history.tie.introductions if not one.closed}
    if far:
        rows = tx.execute(select(ties).where(ties.c.account_id == owner, ties.c.id.in_(far))).all()
        _plan_all(tx, load(tx, rows), rules, today)


def plan_due(tx: Connection, *, owner: str, today: date, limit: int = 100) -> int:
    """Plan again what changes by the day alone, or was planned under other rules; give how many there were.

    A tie at which somebody is just now is left out: his act plans it anyway.
    """
    rules = policies.of(tx, owner=owner)
    query = _due(owner, today, rules.revision).limit(limit)
    rows = tx.execute(query.with_for_update(of=ties, skip_locked=True)).all()
    _plan_all(tx, load(tx, rows), rules, today)
    return len(rows)


def is_due(tx: Connection, *, owner: str, today: date) -> bool:
    """Whether anything of the account is to be planned again."""
    revision = policies.of(tx, owner=owner).revision
    return tx.execute(_due(owner, today, revision).limit(1)).first() is not None


def owners_with_work(tx: Connection) -> list[str]:
    """The accounts whose day, in their own zone, asks for some planning again, or whose rules were changed."""
    tomorrow = now().date() + _DAY
    by_day = select(tie_states.c.account_id).where(tie_states.c.changes_on <= tomorrow)
    old = tie_states.c.policy_revision < policy_rows.c.revision
    by_rules = select(policy_rows.c.account_id).where(
        select(tie_states.c.tie_id).where(tie_states.c.account_id == policy_rows.c.account_id, old).exists()
    )
    owners = tx.execute(by_day.union(by_rules)).scalars()
    return [owner for owner in owners if is_due(tx, owner=owner, today=policies.today(tx, owner=owner))]


def _due(owner: str, today: date, revision: int) -> Select[Any]:
    due = or_(tie_states.c.changes_on <= today, tie_states.c.policy_revision < revision)
    alive = ties.join(tie_states, tie_states.c.tie_id == ties.c.id).join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (tie_states.c.account_id == owner, contacts.c.deleted_at.is_(None))
    return select(ties).select_from(alive).where(*mine, due)


def colleagues_of(tx: Connection, *, owner: str, history: History) -> int | None:
    """How many others one knows at the same company; None where the company is not known."""
    company = history.tie.company
    if not company:
        return None
    join = ties.join(tie_states, tie_states.c.tie_id == ties.c.id)
    mine = (ties.c.account_id == owner, ties.c.company == company, ties.c.id != history.tie.id)
    known = (tie_states.c.stage != Stage.CARD,)
    return tx.execute(select(func.count()).select_from(join).where(*mine, *known)).scalar_one()


def _plan_all(tx: Connection, histories: Sequence[History], rules: Rules, today: date) -> None:
    kept = _kept(tx, [history.tie.id for history in histories])
    known = select(tie_states.c.tie_id, tie_states.c.circle)
    known = known.where(tie_states.c.tie_id.in_([one.tie.id for one in histories]))
    stated = {row.tie_id: row.circle for row in tx.execute(known)}
    out = introduction_rows.gone_among(tx, {one.tie.id for one in histories if one.tie.introductions})
    new, turned = [], []
    for history in histories:
        story = read(history.tie, history.acts, rules.account, today)
        _keep_touches(tx, history, story, kept.get(history.tie.id, {}))
        colleagues = colleagues_of(tx, owner=history.owner, history=history)
        columns = _columns(history, outlook_of(story, colleagues), questions(story), rules)
        if history.tie.id in stated:
            tx.execute(update(tie_states).where(tie_states.c.tie_id == history.tie.id).values(columns))
        else:
            new.append({"tie_id": history.tie.id, "account_id": history.owner, **columns})
        if stated.get(history.tie.id) != columns["circle"]:
            dav_changes.note(tx, owner=history.owner, id=history.contact_id)  # devices may hold a book for each circle
        if history.tie.introductions and (columns["warmth"] in introduction_rows.OUT) != (history.tie.id in out):
            turned.append(history)
    if new:
        tx.execute(insert(tie_states), new)
    for owner in {history.owner for history in turned}:
        _plan_partners(tx, owner, [one for one in turned if one.owner == owner], rules, today)


def _kept(tx: Connection, tie_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The rows of touches by tie and cause, whatever became of them."""
    found: dict[str, dict[str, Any]] = {}
    for row in tx.execute(select(touches).where(touches.c.tie_id.in_(tie_ids))):
        found.setdefault(row.tie_id, {})[row.cause] = row
    return found


def _keep_touches(tx: Connection, history: History, story: Story, rows: dict[str, Any]) -> None:
    """Write only what differs: a plan that says the same touches no row."""
    before = [touch_of(row) for row in rows.values() if row.state == PLANNED]
    due = changes(before, planned(story), candidate_of(story))
    for touch in due.put:
        _put(tx, history, touch, rows.get(touch.cause))
    for _, cause in due.withdraw:
        _change(tx, rows[cause], state=WITHDRAWN)


def _put(tx: Connection, history: History, touch: Touch, row: Any | None) -> None:
    columns = {"state": PLANNED, **columns_of(touch)}
    if row is None:
        key = {"id": str(uuid4()), "account_id": history.owner, "tie_id": history.tie.id, "cause": touch.cause}
        tx.execute(insert(touches).values({**key, **columns}))
    else:
        # A draft was written for a kind; another kind has another.
        _change(tx, row, **columns, **({} if row.kind == touch.kind else {"draft": None, "given": {}}))


def _change(tx: Connection, row: Any, **values: Any) -> None:
    tx.execute(update(touches).where(touches.c.id == row.id).values(revision=touches.c.revision + 1, **values))


def _columns(history: History, derived: Outlook, asked: Sequence[Asked], rules: Rules) -> dict[str, Any]:
    """The derived row; it may be dropped at any time and made again."""
    return {
        "stage": derived.stage,
        "warmth": derived.warmth,
        "standing": derived.next.standing,
        "circle": derived.circle,
        "last_two_way": derived.last_two_way,
        "unanswered": derived.unanswered,
        "next_due": derived.next.day,
        "dormant_score": derived.dormant_score,
        "dormant_place": None if derived.dormant_score is None else -derived.dormant_score,
        "gate": [_missing(one) for one in derived.gate],
        "door_open": not derived.gate,
        "gives_24m": derived.gives_24m,
        "received_365d": derived.received_365d,
        "asks_on": min((one.since for one in asked if one.kind not in MOVES), default=None),
        "moves": any(one.kind in MOVES for one in asked),
        "computed_for": derived.computed_for,
        # The night must come to an end, whatever the engine says.
        "changes_on": max(derived.wakes_on, derived.computed_for + _DAY) if derived.wakes_on else None,
        "history_revision": history.revision,
        "policy_revision": rules.revision,
    }


def _missing(one: Missing) -> dict[str, Any]:
    return {"lack": one.lack, "count": one.count, "day": one.day.isoformat() if one.day else None}
