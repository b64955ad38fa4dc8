"""How quickly a person reviews, and so how long the rest will take: from their own last cards, or not said at all."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Final

LOOKED_BACK: Final = 40
"""So many of the last cards tell today's pace."""

PAUSE_SECONDS: Final = 120
"""Who took longer over a card did something else meanwhile."""

FEWEST: Final = 3
"""From so many cards on it is a pace and no accident."""


def seconds_a_card(settled: Sequence[datetime]) -> float | None:
    """The usual time from one card to the next, of moments in any order; None where too few are known."""
    moments = sorted(settled)[-LOOKED_BACK:]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    gaps = [gap for gap in gaps if 0 < gap <= PAUSE_SECONDS]
    return median(gaps) if len(gaps) >= FEWEST else None


def minutes_left(settled: Sequence[datetime], *, cards: int) -> int | None:
    """Whole minutes for so many cards at that pace, 0 for less than one; None where the pace is not known."""
    seconds = seconds_a_card(settled)
    return None if seconds is None else round(seconds * cards / 60)
