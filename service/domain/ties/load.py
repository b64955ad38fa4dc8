"""The load: how many touches a week the circles ask for, and whom to widen when it is more than there are seats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.domain.ties.account import WEEKDAYS
from service.domain.ties.circle import Circle
from service.domain.ties.policy import Policy


@dataclass(frozen=True, slots=True)
class Asking:
    """An awake tie as the load sees it: what its circle asks for, and what came back in a year."""

    tie: str
    circle: Circle
    received_365d: int = 0
    unanswered: int = 0
    starred: bool = False


def load(awake: Mapping[Circle, int], policy: Policy) -> float:
    """Touches a week that so many awake ties in each circle ask for."""
    return sum(count * WEEKDAYS / policy.interval(circle) for circle, count in awake.items())


def whom_to_widen(awake: Iterable[Asking], policy: Policy) -> tuple[Asking, ...]:
    """Enough of them to bring the load within the budget: those first of whom least came back. Nobody is moved."""
    rows = sorted(awake, key=_least_first)
    excess = sum(WEEKDAYS / policy.interval(row.circle) for row in rows) - policy.budget
    named = []
    for row in rows:
        if excess <= 0:
            break
        excess -= WEEKDAYS / policy.interval(row.circle) - WEEKDAYS / policy.interval(row.circle.wider)
        named.append(row)
    return tuple(named)


def _least_first(row: Asking) -> tuple[bool, int, int, int, str]:
    return row.starred, row.received_365d, -row.unanswered, row.circle.place, row.tie
