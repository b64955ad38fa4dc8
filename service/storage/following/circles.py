"""What the circles of awake ties ask for a week, and whom one could widen; it costs the same however many there are."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, Text, func, literal_column, select, union_all

from service.domain.ties.account import Account
from service.domain.ties.circle import Circle
from service.domain.ties.load import Asking, load, whom_to_widen
from service.domain.ties.warmth import AWAKE, Warmth
from service.storage.following.tie_tables import tie_states, ties

COUNTED: Final = 1_000
"""Of a circle no more are counted: nobody writes to a thousand people, and what more there were would change nothing."""

_NAMED: Final = 30


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Touches a week, `more` where a circle holds more than were counted; `widen` above the budget alone."""

    touches: float
    more: bool
    widen: tuple[Asking, ...]


def ask_for(tx: Connection, *, owner: str, account: Account) -> AskedFor:
    """Count the awake ties by circle, and above the budget name some of whom least came back."""
    awake = _by_circle(tx, owner)
    touches, more = load(awake, account.policy), COUNTED in awake.values()
    if touches <= account.policy.budget:
        return AskedFor(touches, more, ())
    some = [row for warmth in sorted(AWAKE) for row in tx.execute(_least_came_back(owner, warmth))]
    asking = [Asking(one.tie_id, Circle(one.circle), one.received_365d, one.unanswered, one.starred) for one in some]
    return AskedFor(touches, more, whom_to_widen(asking, account.policy))


def _by_circle(tx: Connection, owner: str) -> dict[Circle, int]:
    """Each circle on its own, along an index and no further than is counted."""
    rows = tx.execute(union_all(*(_counted(owner, circle) for circle in Circle)))
    return {Circle(circle): count for circle, count in rows}


def _counted(owner: str, circle: Circle) -> Select[str, int]:
    mine = (tie_states.c.account_id == owner, tie_states.c.warmth.in_(sorted(AWAKE)), tie_states.c.circle == circle)
    some = select(tie_states.c.warmth).where(*mine).limit(COUNTED).subquery()
    return select(literal_column(f"'{circle}'", Text()), func.count()).select_from(some)


def _least_came_back(owner: str, warmth: Warmth) -> Select[Any]:
    """Those of whom least came back, along an index."""
    mine = (tie_states.c.account_id == owner, tie_states.c.warmth == warmth)
    asked = ("tie_id", "circle", "received_365d", "unanswered")
    named = select(*(tie_states.c[name] for name in asked), ties.c.starred)
    named = named.join(ties, ties.c.id == tie_states.c.tie_id).where(*mine)
    return named.order_by(tie_states.c.received_365d, tie_states.c.tie_id).limit(_NAMED)
