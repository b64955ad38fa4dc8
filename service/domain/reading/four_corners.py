"""Where a person says a card lies in its photo: four corners, checked, and turned."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from service.domain.errors import BadValue
from service.domain.reading.card import Corners

MOST: Final = 100_000.0
"""No photo has so many pixels a side."""

SHORTEST_SIDE: Final = 20.0


def four_corners(given: Sequence[Sequence[float]]) -> Corners:
    """Top left, top right, bottom right and bottom left of the card as it is read, or BadValue that says what is wrong."""
    points = [(float(x), float(y)) for x, y in given]
    if len(points) != 4 or not all(_in_a_photo(number) for point in points for number in point):
        raise BadValue("corners", "Send four corners, each with x and y in pixels of the photo.")
    sides = list(pairwise([*points, points[0]]))
    turns = [_turn(one, other) for one, other in pairwise([*sides, sides[0]])]
    if min(math.dist(*side) for side in sides) < SHORTEST_SIDE or not all(turn > 0 for turn in turns):
        raise BadValue("corners_cross", "The corners must go round the card: top left, top right, bottom right, left.")
    first, second, third, fourth = points
    return first, second, third, fourth


def turned(corners: Corners, quarters: int) -> Corners:
    """The same four corners for a card that is to be turned so many quarters clockwise."""
    at = -quarters % 4
    first, second, third, fourth = (*corners[at:], *corners[:at])
    return first, second, third, fourth


def quarters_of(corners: Corners) -> int:
    """How many quarters clockwise the photo must be turned for the card to stand upright, as near as that comes."""
    (x, y), (far_x, far_y) = corners[0], corners[1]
    return -round(math.atan2(far_y - y, far_x - x) / (math.pi / 2)) % 4


def _in_a_photo(number: float) -> bool:
    return math.isfinite(number) and -MOST < number < MOST


def _turn(one: tuple[tuple[float, float], ...], other: tuple[tuple[float, float], ...]) -> float:
    """Positive where the way goes round clockwise, as pixels run downwards."""
    (a, b), (_, c) = one, other
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
