import cv2
import numpy as np

from workers.extraction.edges import LONGEST, rims, weakest_side
from workers.extraction.locate import halves_joined
from workers.extraction.quads import Quad, aspect, union_share

CARD: Quad = np.array([[180, 140], [820, 140], [820, 540], [180, 540]], np.float32)


def desk_with_card() -> np.ndarray:
    """A white card whose lower third has nearly the colour of the desk it lies on."""
    grain = np.random.default_rng(1).normal(0, 3, (700, 1000, 3))
    desk = np.full((700, 1000, 3), (52, 50, 112)) + grain
    desk[140:540, 180:820] = (225, 230, 232)
    desk[400:540, 180:820] = (44, 40, 128)
    return cv2.GaussianBlur(desk.clip(0, 255).astype(np.uint8), (0, 0), 1.2)


def test_a_panel_of_nearly_the_colour_of_the_desk_belongs_to_its_card() -> None:
    assert max(union_share(CARD, rim) for rim in rims(desk_with_card())) > 0.9


def test_a_rim_is_as_clear_as_its_weakest_side() -> None:
    frame = desk_with_card()
    beside = CARD + np.float32(40)
    assert weakest_side(frame, CARD) > 8
    assert weakest_side(frame, beside) < 4


def test_a_narrow_panel_along_a_side_is_found_and_joined_to_the_rest_of_its_card() -> None:
    desk = np.full((700, 1000, 3), (190, 196, 200), np.uint8)
    desk[140:540, 180:820] = (60, 52, 48)
    desk[140:540, 180:250] = (96, 160, 224)
    strip = [rim for rim in rims(desk) if aspect(rim) > LONGEST]
    assert strip
    rest: Quad = np.array([[252, 140], [820, 140], [820, 540], [252, 540]], np.float32)
    assert max(union_share(CARD, whole) for whole in halves_joined([*strip, rest])) > 0.95
