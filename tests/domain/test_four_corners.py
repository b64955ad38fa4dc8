import pytest

from service.domain.errors import BadValue
from service.domain.reading.card import Corners
from service.domain.reading.four_corners import four_corners, quarters_of, turned

UPRIGHT: Corners = ((10, 10), (110, 10), (110, 70), (10, 70))


def test_corners_come_back_as_they_were_given() -> None:
    assert four_corners([list(corner) for corner in UPRIGHT]) == UPRIGHT


@pytest.mark.parametrize(
    "given",
    [
        [],
        [(0, 0), (100, 0), (100, 60)],
        [*UPRIGHT, (5, 5)],
        [(float("nan"), 0), (100, 0), (100, 60), (0, 60)],
        [(float("inf"), 0), (100, 0), (100, 60), (0, 60)],
        [(0, 0), (1e9, 0), (1e9, 60), (0, 60)],
    ],
)
def test_what_is_not_four_points_is_refused(given: list[tuple[float, float]]) -> None:
    with pytest.raises(BadValue) as refusal:
        four_corners(given)
    assert refusal.value.code == "corners"


@pytest.mark.parametrize(
    "given",
    [
        [(0, 0), (100, 60), (100, 0), (0, 60)],  # two sides cross
        [(0, 0), (0, 60), (100, 60), (100, 0)],  # the wrong way round
        [(0, 0), (100, 0), (30, 20), (0, 60)],  # a dent
        [(0, 0), (100, 0), (100, 10), (0, 10)],  # hardly anything
    ],
)
def test_corners_that_do_not_go_round_a_card_are_refused(given: list[tuple[float, float]]) -> None:
    with pytest.raises(BadValue) as refusal:
        four_corners(given)
    assert refusal.value.code == "corners_cross"


@pytest.mark.parametrize("quarters", range(-3, 8))
def test_a_turned_card_has_the_same_corners_from_another_one_on(quarters: int) -> None:
    assert set(turned(UPRIGHT, quarters)) == set(UPRIGHT)
    assert turned(turned(UPRIGHT, quarters), -quarters) == UPRIGHT
    assert quarters_of(turned(UPRIGHT, quarters)) == quarters % 4


def test_turning_clockwise_brings_the_lower_left_corner_to_the_top_left() -> None:
    assert turned(UPRIGHT, 1)[0] == (10, 70)


def test_a_card_that_lies_askew_stands_as_upright_as_quarters_allow() -> None:
    assert quarters_of(((60, 0), (120, 40), (90, 90), (30, 50))) == 0
