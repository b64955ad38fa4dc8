"""A card read within four corners that a person drew, and turned as they said."""

from pathlib import Path

import pytest

from service.domain.reading.four_corners import turned
from tests.extraction import drawn
from workers.extraction import read, read_at

pytestmark = pytest.mark.ocr
CARDS = Path(__file__).parents[2] / "fixtures" / "cards"


def test_a_card_reads_alike_where_it_was_found_and_where_it_is_said_to_lie() -> None:
    photo = (CARDS / "two-surnames.jpg").read_bytes()
    (found,) = read(photo)
    again = read_at(photo, found.corners)
    assert again.reading.emails[0].value == found.reading.emails[0].value
    assert (again.width, again.height) == (found.width, found.height)


def test_the_persons_word_on_which_way_is_up_stands() -> None:
    photo = (CARDS / "two-surnames.jpg").read_bytes()
    (found,) = read(photo)
    on_its_side = read_at(photo, turned(found.corners, 1))
    assert (on_its_side.width, on_its_side.height) == (found.height, found.width)


def test_one_card_of_a_table_is_read_alone() -> None:
    photo = (CARDS / "table-of-four.jpg").read_bytes()
    third = read(photo)[2]
    again = read_at(photo, third.corners)
    assert again.reading.name
    assert third.reading.name
    assert again.reading.name.value == third.reading.name.value


def test_where_nothing_is_printed_there_is_a_card_that_says_nothing() -> None:
    beyond = ((-40.0, -40.0), (200.0, 0.0), (200.0, 120.0), (0.0, 120.0))
    card = read_at(drawn.encoded(drawn.photo(), quality=90), beyond)
    assert card.reading.name is None
    assert all(x >= 0 and y >= 0 for x, y in card.corners)
