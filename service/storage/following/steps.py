"""What comes next for a contact, for the rows of a list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from service.domain.ties.standing import Standing
from service.domain.ties.touch import Kind
from service.storage.following.planning import PLANNED
from service.storage.following.tie_tables import tie_states, ties, touches

UNDECIDED: Final = "undecided"

_STATES: Final = {
    Standing.PLANNED: "next",
    Standing.RESTING: "rests",
    Standing.LISTENING: "listens",
    Standing.WAITS_FOR_WORD: "waits",
    Standing.LET_GO: "let go",
    Standing.TO_SORT: UNDECIDED,
    Standing.RANKED: "drawer",
    Standing.ENOUGH: "drawer",
    Standing.PAUSED: "drawer",
}


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is next, rests, listens (for an answer), waits (for a word of the user), let go, drawer, or undecided.

    A `next` has its touch; `text` is what was promised, in the person's own words, or "".
    """

    state: str
    kind: Kind | None = None
    day: date | None = None
    touch_id: str = ""
    text: str = ""


def steps(tx: Connection, *, owner: str, contact_ids: Collection[str]) -> dict[str, Step]:
    """By contact; one that has no tie is undecided."""
    found = dict.fromkeys(contact_ids, Step(UNDECIDED))
    join = ties.join(tie_states, tie_states.c.tie_id == ties.c.id)
    mine = (ties.c.account_id == owner, ties.c.contact_id.in_(list(contact_ids)))
    query = select(ties.c.id, ties.c.contact_id, tie_states.c.standing, tie_states.c.next_due).select_from(join)
    by_tie = {}
    for row in tx.execute(query.where(*mine)):
        by_tie[row.id] = row.contact_id
        found[row.contact_id] = Step(_STATES[Standing(row.standing)], day=row.next_due)
    return found | _planned(tx, by_tie)


def _planned(tx: Connection, by_tie: dict[str, str]) -> dict[str, Step]:
    """The soonest touch of each."""
    mine = (touches.c.tie_id.in_(list(by_tie)), touches.c.state == PLANNED)
    columns = (touches.c.id, touches.c.tie_id, touches.c.kind, touches.c.day, touches.c.why)
    latest_first = tx.execute(select(*columns).where(*mine).order_by(touches.c.day.desc(), touches.c.id))
    return {by_tie[row.tie_id]: _step(row) for row in latest_first}


def _step(row: Any) -> Step:
    text = row.why["text"] if row.kind == Kind.PROMISE else ""
    return Step("next", Kind(row.kind), row.day, row.id, text)
