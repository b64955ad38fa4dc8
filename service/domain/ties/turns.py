"""In which order proposals come to a seat of the week: one function for each of its steps."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from service.domain.ties.circle import NEAR
from service.domain.ties.points import lateness
from service.domain.ties.policy import Policy
from service.domain.ties.touch import Lane, Sort, Touch

Turn = Callable[[Collection[Touch], Sequence[Touch]], list[Touch]]
"""Due proposals in order of their points and what the week has taken -> whose turn it is, the first ones first."""

_OTHERS = frozenset({Lane.KEEP, Lane.TRY, Lane.LATE})


def by_points(touches: Iterable[Touch], today: date, policy: Policy) -> list[Touch]:
    """The most points first; then the earlier day, then the older row."""
    most = policy.points_late_most

    def order(touch: Touch) -> tuple[int, date, date, str, str]:
        late = 0 if touch.lane is Lane.DORMANT else lateness(touch, today, most)
        day = touch.why.day or date.max if touch.lane is Lane.DORMANT else touch.day
        return -touch.points - late, day, touch.begun_on or date.max, *touch.key

    return sorted(touches, key=order)


def in_motion(due: Collection[Touch], _: Sequence[Touch]) -> list[Touch]:
    """Who answered warmly longest ago."""
    return sorted((one for one in due if one.lane is Lane.IN_MOTION), key=lambda one: (one.why.day or one.day, one.key))


def one_apart(due: Collection[Touch], taken: Sequence[Touch]) -> list[Touch]:
    """One dormant; in a week of fresh first messages the best of inner or close instead."""
    if any(one.lane is Lane.FRESH for one in (*due, *taken)):
        had = any(one.lane is Lane.KEEP and one.circle in NEAR for one in taken)
        return [] if had else [one for one in due if one.lane is Lane.KEEP and one.circle in NEAR]
    return [] if any(one.lane is Lane.DORMANT for one in taken) else dormant(due, taken)


def one_give(due: Collection[Touch], taken: Sequence[Touch]) -> list[Touch]:
    """A week should not go by without giving, where there is something to give."""
    if any(one.sort is Sort.GIVE for one in taken):
        return []
    return [one for one in due if one.sort is Sort.GIVE]


def fresh(due: Collection[Touch], _: Sequence[Touch]) -> list[Touch]:
    return [one for one in due if one.lane is Lane.FRESH]


def others(due: Collection[Touch], _: Sequence[Touch]) -> list[Touch]:
    return [one for one in due if one.lane in _OTHERS]


def dormant(due: Collection[Touch], _: Sequence[Touch]) -> list[Touch]:
    return [one for one in due if one.lane is Lane.DORMANT]


TURNS: tuple[tuple[Turn, bool], ...] = (
    (in_motion, False),
    (one_apart, True),
    (one_give, True),
    (fresh, False),
    (others, False),
    (dormant, False),
)
"""Each step of the week, and whether it fills one seat at most."""
