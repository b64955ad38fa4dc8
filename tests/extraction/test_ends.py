"""Ends of lines: a box that cuts a letter grows to the end of its word, and no further."""

import numpy as np
import pytest

from workers.extraction.decode import Pixels
from workers.extraction.ends import whole_words
from workers.extraction.quads import Quad


def box(left: int, top: int, right: int, bottom: int) -> Quad:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def letters(*lefts: int, top: int = 40) -> Pixels:
    """Black bars ten pixels wide and thirty high on a white card."""
    card = np.full((200, 600, 3), 255, np.uint8)
    for left in lefts:
        card[top : top + 30, left : left + 10] = 0
    return card


@pytest.mark.parametrize("end", [104, 108])
def test_a_cut_letter_takes_the_rest_of_its_word_along(end: int) -> None:
    card = letters(20, 45, 70, 100, 120, 145)
    (grown,) = whole_words(card, box(16, 36, end, 74)[None])
    assert 154 <= grown[1, 0] <= 170
    assert grown[0, 0] == 16


def test_a_box_that_ends_in_the_blank_stays() -> None:
    card = letters(20, 45, 70, 140, 160)
    assert (whole_words(card, box(16, 36, 96, 74)[None]) == box(16, 36, 96, 74)).all()


def test_a_line_of_ink_without_an_end_is_left_alone() -> None:
    card = letters(*range(20, 590, 24))
    assert (whole_words(card, box(16, 36, 106, 74)[None]) == box(16, 36, 106, 74)).all()


def test_a_box_does_not_grow_into_its_neighbour() -> None:
    card = letters(20, 45, 70, 100, 120, 145)
    both = np.stack([box(16, 36, 105, 74), box(112, 36, 156, 74)])
    assert (whole_words(card, both) == both).all()


def test_a_card_without_boxes_has_none_after() -> None:
    assert whole_words(letters(), np.zeros((0, 4, 2), np.float32)).shape == (0, 4, 2)
