"""How far an introduction has come, told anew by the acts of its two ties after each act of theirs."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, or_, select, update

from service.domain.introductions.course import Course
from service.domain.ties.act import Act, ActType
from service.domain.ties.introducing import askings, said
from service.domain.ties.introduction import introduction_of, is_making, is_outcome
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Kind
from service.storage.following import acts, policies
from service.storage.following.history import load
from service.storage.following.planning import plan_many
from service.storage.following.tie_tables import acts as act_rows
from service.storage.following.tie_tables import ties
from service.storage.meeting.introduction_rows import course_of
from service.storage.meeting.introduction_tables import introductions as rows


def follow(tx: Connection, *, owner: str, causes: Iterable[str]) -> None:
    """Bring the introductions that these causes belong to up to date, and plan both sides again."""
    for id_ in sorted({found for cause in causes if (found := introduction_of(cause))}):
        row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == id_)).first()
        if row is not None:
            _follow(tx, owner, course_of(row))


def follow_contact(tx: Connection, *, owner: str, contact_id: str) -> None:
    """Plan again what is asked of those who are being introduced to a contact that went out of the drawer, or came back."""
    tie = select(ties.c.id).where(ties.c.account_id == owner, ties.c.contact_id == contact_id).scalar_subquery()
    mine = select(rows.c.id).where(rows.c.account_id == owner, or_(rows.c.a == tie, rows.c.b == tie))
    follow(tx, owner=owner, causes=[f"introduction:{id_}" for id_ in tx.execute(mine).scalars().all()])


def lock_both(tx: Connection, *, owner: str, cause: str) -> None:
    """Lock both ties of an introduction in one order, before the act that is of both."""
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == introduction_of(cause))).first()
    if row is not None:
        both = select(ties.c.id).where(ties.c.account_id == owner, ties.c.id.in_([row.a, row.b]))
        tx.execute(both.order_by(ties.c.id).with_for_update())


def on_both(tx: Connection, *, owner: str, act: Act, tie_id: str) -> None:
    """An introduction made is a give to each of the two, and what came of it stands in both histories."""
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == introduction_of(act.cause))).first()
    if row is None or not is_shared(act):
        return
    far = row.b if tie_id == row.a else row.a
    values: dict[str, Any] = {"cause": act.cause, "kind": act.kind, "channel": act.channel, "text": act.text}
    on = _twin_of(tx, owner, far, act.cause.removesuffix(":outcome"), ActType.DID)
    if act.type is ActType.DID and on:
        return
    acts.add(tx, owner=owner, tie_id=far, type=act.type, day=act.day, on=on if act.on else "", **values)


def twin(tx: Connection, *, owner: str, act: Act, tie_id: str) -> str:
    """The same act in the history of the other side, "" where it has none: both are undone together."""
    if not is_shared(act):
        return ""
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == introduction_of(act.cause))).first()
    return _twin_of(tx, owner, row.b if tie_id == row.a else row.a, act.cause, act.type) if row else ""


def is_shared(act: Act) -> bool:
    return (act.type is ActType.DID and is_making(act.cause)) or (act.type is ActType.NOTED and is_outcome(act.cause))


def _twin_of(tx: Connection, owner: str, tie_id: str, cause: str, kind: ActType) -> str:
    mine = (act_rows.c.account_id == owner, act_rows.c.tie_id == tie_id, act_rows.c.cause == cause)
    alive = (act_rows.c.type == kind, act_rows.c.undone_by.is_(None))
    return tx.execute(select(act_rows.c.id).where(*mine, *alive).order_by(act_rows.c.at.desc()).limit(1)).scalar() or ""


def _follow(tx: Connection, owner: str, one: Course) -> None:
    today = policies.today(tx, owner=owner)
    account = policies.of(tx, owner=owner).account
    found = tx.execute(select(ties).where(ties.c.account_id == owner, ties.c.id.in_([one.a, one.b]))).all()
    stories = {known.tie.id: read(known.tie, known.acts, account, today) for known in load(tx, found)}
    told: dict[str, Any] = {"told_on": None, "skipped_on": None, "made_on": None, "outcome": ""}
    for side in ("a", "b"):
        if one.tie(side) in stories:
            told |= _told_by(stories[one.tie(side)], one, side)
    tx.execute(update(rows).where(rows.c.id == one.id).values(told))
    plan_many(tx, owner=owner, tie_ids=[one.a, one.b], today=today)


def _told_by(story: Story, one: Course, side: str) -> dict[str, Any]:
    """What one side's acts say: its own asking and answer, and what both have in common, from whichever has it."""
    mine = next((seen for seen in story.tie.introductions if seen.id == one.id), None)
    if mine is None:
        return {}
    word, day = said(story, mine)
    asked = askings(story, mine)
    told: dict[str, Any] = {f"asked_{side}": asked[-1].day if asked else None}
    told |= {f"said_{side}": word or "", f"said_{side}_on": day}
    for act in story.acts:
        if introduction_of(act.cause) != one.id:
            continue
        if act.type is ActType.DID and act.cause == mine.making:
            told["made_on"] = act.day
        elif act.type is ActType.DID and act.cause == mine.telling:
            told["told_on"] = act.day
        elif act.type is ActType.SKIPPED:
            told["skipped_on"] = act.day
        elif act.type is ActType.NOTED and act.kind is Kind.INTRODUCE:
            told["outcome"] = act.text
    return told
