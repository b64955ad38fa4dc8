"""Introductions as their rows keep them, and as each of the two ties sees them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, or_, select

from service.domain.introductions.course import Course, other
from service.domain.ties.introduction import CameOf, Introduction, Said
from service.domain.ties.warmth import Warmth
from service.storage.following.tie_tables import tie_states, ties
from service.storage.meeting.introduction_tables import introductions as rows
from service.storage.tables import contacts

OUT: Final = (Warmth.RESTING, Warmth.LET_GO)
"""Ties that nobody is introduced to."""


def course_of(row: Any) -> Course:
    return Course(
        id=row.id,
        a=row.a,
        b=row.b,
        first=row.first,
        needs=row.needs or row.first,
        need=row.need,
        offer=row.offer,
        by_hand=row.by_hand,
        promise_id=row.promise_id,
        agreed=row.agreed,
        begun_on=row.begun_on,
        asks_on=row.asks_on,
        closed_on=row.dropped_on or row.skipped_on,
        asked={"a": row.asked_a, "b": row.asked_b},
        said={"a": _said(row.said_a), "b": _said(row.said_b)},
        said_on={"a": row.said_a_on, "b": row.said_b_on},
        told_on=row.told_on,
        made_on=row.made_on,
        outcome=CameOf(row.outcome) if row.outcome else None,
        meets_on=row.meets_on,
        meets_at=row.meets_at,
        place=row.place,
        sequence=row.sequence,
        created_at=row.created_at,
    )


def of_ties(tx: Connection, ids: Sequence[str]) -> defaultdict[str, list[Introduction]]:
    """The introductions of some ties, each as its own side sees it."""
    found: defaultdict[str, list[Introduction]] = defaultdict(list)
    wanted = set(ids)
    kept = [course_of(row) for side in (rows.c.a, rows.c.b) for row in tx.execute(select(rows).where(side.in_(ids)))]
    gone = gone_among(tx, {tie for one in kept for tie in (one.a, one.b)})
    for one in {one.id: one for one in kept if one.a != one.b}.values():
        for side in ("a", "b"):
            if one.tie(side) in wanted:
                found[one.tie(side)].append(_seen_from(one, side, gone))
    for seen in found.values():
        seen.sort(key=lambda one: (one.begun_on, one.id))
    return found


def gone_among(tx: Connection, ids: set[str]) -> set[str]:
    """Those of some ties that rest, were let go, or whose contact is out of the drawer."""
    if not ids:
        return set()
    join = tie_states.join(ties, ties.c.id == tie_states.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    out = or_(tie_states.c.warmth.in_(OUT), contacts.c.deleted_at.is_not(None))
    return set(
        tx.execute(select(tie_states.c.tie_id).select_from(join).where(tie_states.c.tie_id.in_(ids), out)).scalars()
    )


def of_owner(owner: str) -> Select[Any]:
    """The rows of an account whose two contacts are in the drawer."""
    one, two = ties.alias("one"), ties.alias("two")
    of_one, of_two = contacts.alias("of_one"), contacts.alias("of_two")
    join = rows.join(one, one.c.id == rows.c.a).join(of_one, of_one.c.id == one.c.contact_id)
    join = join.join(two, two.c.id == rows.c.b).join(of_two, of_two.c.id == two.c.contact_id)
    alive = (of_one.c.deleted_at.is_(None), of_two.c.deleted_at.is_(None), rows.c.a != rows.c.b)
    return select(rows).select_from(join).where(rows.c.account_id == owner, *alive)


def _seen_from(one: Course, side: str, gone: set[str]) -> Introduction:
    far = other(side)
    return Introduction(
        id=one.id,
        side=side,
        other=one.tie(far),
        begun_on=one.begun_on,
        asks_on=one.asks_on,
        first=one.first == side,
        needs=one.needs == side,
        need=one.need,
        by_hand=one.by_hand,
        promised=bool(one.promise_id),
        promise=one.promise_id if one.agreed == side else "",
        agreed=one.agreed == side,
        closed=one.closed_on is not None,
        other_said=one.said[far],
        other_said_on=one.said_on[far],
        other_asked_on=one.asked[far],
        other_gone=one.tie(far) in gone,
    )


def _said(kept: str) -> Said | None:
    return Said(kept) if kept else None
