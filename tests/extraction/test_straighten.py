"""Straightening: whatever the turn, the card comes out square and upright."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.extraction import drawn
from workers.extraction.decode import decode
from workers.extraction.lines import lines_of
from workers.extraction.locate import locate
from workers.extraction.readers import strokes
from workers.extraction.readers.seen import Seen
from workers.extraction.readers.sight import Reader, Sight, sight_of
from workers.extraction.straighten import Squared, reading_vote, straighten

pytestmark = pytest.mark.ocr


def straightened(pixels: drawn.Pixels, reader: Reader = "rapidocr") -> Squared:
    photo, eyes = decode(drawn.encoded(pixels, quality=90)), sight_of(reader)
    (card,) = straighten(photo, locate(photo.frame, eyes.text_boxes), eyes)
    return card


@pytest.mark.parametrize("reader", ["rapidocr", "tesseract"])
@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_any_turn_comes_out_upright(quarter_turns: int, reader: Reader) -> None:
    card = straightened(drawn.photo(quarter_turns=quarter_turns), reader)
    assert card.width > card.height
    assert drawn.LINES[2] in " ".join(line.text for line in lines_of(card, sight_of(reader)))


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_the_corners_begin_at_the_cards_own_top_left(quarter_turns: int) -> None:
    card = straightened(drawn.photo(quarter_turns=quarter_turns))
    width, height = (1200, 900) if quarter_turns % 2 == 0 else (900, 1200)
    own = (180, 190)
    seen = {0: own, 1: (own[1], height - own[0]), 2: (width - own[0], height - own[1]), 3: (width - own[1], own[0])}
    assert np.linalg.norm(card.corners[0] - np.array(seen[quarter_turns])) < 40


def test_the_squared_card_has_the_cards_proportions() -> None:
    card = straightened(drawn.photo())
    assert card.width / card.height == pytest.approx(900 / 520, rel=0.06)
    assert max(card.width, card.height) <= 1200


def test_the_picture_is_a_jpeg_of_the_squared_card() -> None:
    card = straightened(drawn.photo())
    assert Image.open(io.BytesIO(card.as_jpeg())).size == (card.width, card.height)


def test_a_line_that_is_lost_outweighs_no_noise_on_its_head() -> None:
    told = iter(
        [
            Seen("www.roble.example | 944", 1.0, 0.9),
            Seen("", 0.0, 0.0),
            Seen("Ww-..c8", 0.52, 0.2),
            Seen("o", 0.61, 0.6),
        ]
    )
    eyes = Sight("fake", strokes.text_boxes, lambda crops: [next(told) for _ in crops], lambda _: 0.0)
    assert reading_vote([np.zeros((40, 300, 3), np.uint8)] * 2, eyes) > 0
