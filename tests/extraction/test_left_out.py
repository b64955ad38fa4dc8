"""Small lines that the first look at a card left out are told by their strokes, and looked for again."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from workers.extraction.decode import Pixels
from workers.extraction.left_out import lines_left_out
from workers.extraction.quads import Boxes
from workers.extraction.readers.sight import sight_of
from workers.extraction.straighten import DETECT_PX, with_lines

LARGE = ((60, 60, "Viaductos Arriaga", 90), (60, 190, "Lucia Ferreiro Olmos", 64))
SMALL = ("Muelle de Uribitarte 6, 48001 Bilbao", "+34 944 123 456 lucia@arriaga.example", "Inscrita en el registro")


def card_with(small: tuple[str, ...], *, size: int = 15, step: int = 26) -> Pixels:
    image = Image.new("RGB", (1200, 700), "white")
    draw = ImageDraw.Draw(image)
    for left, top, text, letters in LARGE:
        draw.text((left, top), text, fill="#222222", font=ImageFont.load_default(letters))
    for row, text in enumerate(small):
        draw.text((60, 540 + step * row), text, fill="#333333", font=ImageFont.load_default(size))
    return np.asarray(image).copy()


def box(left: float, top: float, wide: float, high: float) -> list[tuple[float, float]]:
    return [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]


OF_LARGE = [box(55, 60, 860, 110), box(55, 190, 700, 80)]
OF_SMALL = [box(55, 538 + 26 * row, 340, 22) for row in range(3)]


def boxes(found: list[list[tuple[float, float]]]) -> Boxes:
    return np.array(found, np.float32)


def test_small_lines_outside_the_boxes_are_counted() -> None:
    assert lines_left_out(card_with(SMALL), boxes(OF_LARGE)) >= len(SMALL)
    assert lines_left_out(card_with(SMALL), boxes([*OF_LARGE, *OF_SMALL])) == 0
    assert lines_left_out(card_with(()), boxes(OF_LARGE)) == 0


def test_rules_and_pictures_are_no_lines() -> None:
    picture = card_with(())
    picture[560:564, 60:900] = 30
    picture[600:660, 60:120] = 30
    assert lines_left_out(picture, boxes(OF_LARGE)) == 0


@pytest.mark.ocr
def test_they_are_looked_for_again() -> None:
    eyes, picture = sight_of("rapidocr"), card_with(SMALL, size=11, step=20)
    assert len(eyes.text_boxes(picture, side_px=DETECT_PX)) < len(LARGE) + len(SMALL)
    card = with_lines(picture, boxes([box(0, 0, 1200, 700)])[0], eyes)
    assert len(card.boxes) == len(LARGE) + len(SMALL)
