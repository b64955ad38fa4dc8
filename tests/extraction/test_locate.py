"""Locating: every card of a photo once, whole, and in reading order."""

import numpy as np
import pytest

from tests.extraction import drawn
from workers.extraction.decode import decode
from workers.extraction.locate import choose, in_reading_order, locate
from workers.extraction.quads import Quad, inside, union_share
from workers.extraction.readers.sight import Reader, sight_of

pytestmark = pytest.mark.ocr


def found_in(pixels: drawn.Pixels, reader: Reader = "both") -> list[Quad]:
    photo = decode(drawn.encoded(pixels, quality=90))
    return [quad / np.float32(photo.frame_scale) for quad in locate(photo.frame, sight_of(reader).text_boxes)]


def at(left: float, top: float, wide: float, high: float) -> list[tuple[float, float]]:
    return [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]


@pytest.mark.parametrize("reader", ["rapidocr", "tesseract"])
def test_it_finds_a_tilted_card_by_its_rim(reader: Reader) -> None:
    (quad,) = found_in(drawn.photo(), reader)
    true = np.array([(180, 190), (1020, 225), (1000, 715), (165, 670)], np.float32)
    assert union_share(quad, true) > 0.9


def test_it_finds_a_dark_card_on_a_dark_table() -> None:
    dark = drawn.card(ink="#eeeeee", paper="#1c2430")
    (quad,) = found_in(drawn.laid(drawn.table(colour=(48, 44, 40)), dark, at(200, 200, 800, 460)))
    middle = quad.mean(axis=0)
    assert 350 < middle[0] < 800
    assert 280 < middle[1] < 560


def test_a_white_card_on_white_is_found_by_its_text() -> None:
    ground = np.full((900, 1200, 3), 255, np.uint8)
    (quad,) = found_in(drawn.laid(ground, drawn.card(), at(300, 200, 700, 400)))
    assert union_share(quad, np.array(at(340, 230, 500, 330), np.float32)) > 0.5


def test_a_rim_that_hardly_shows_takes_in_the_text_beyond_the_text_beside_it() -> None:
    faint = np.array(at(300, 200, 340, 170), np.float32)
    lines = [at(320, 220, 200, 40), at(240, 380, 160, 24), at(240, 430, 160, 24), at(240, 480, 200, 24)]
    boxes = np.array(lines, np.float32)
    (quad,) = choose([faint], boxes, np.full((750, 1000, 3), 230, np.uint8))
    assert inside(quad, boxes).min() == 1.0


def test_a_scan_without_a_table_is_taken_whole() -> None:
    (quad,) = found_in(drawn.card())
    assert union_share(quad, np.array(at(0, 0, 900, 520), np.float32)) > 0.8


def test_a_table_of_cards_comes_in_reading_order() -> None:
    shot = drawn.table(1600, 1200)
    places = [(60, 80), (580, 60), (1090, 90), (70, 520), (590, 540), (1080, 510)]
    for left, top in places:
        shot = drawn.laid(shot, drawn.card(), at(left, top, 440, 255))
    found = found_in(shot)
    assert len(found) == len(places)
    for quad, (left, top) in zip(found, places, strict=True):
        assert union_share(quad, np.array(at(left, top, 440, 255), np.float32)) > 0.85


def test_a_coloured_panel_is_no_card_of_its_own() -> None:
    card = drawn.card(("Ibon Larrañaga Sáez", "Gerente", "ibon@larraga.example", "+34 943 111 222"))
    panel = drawn.card(("Larraga", "Maderas"), ink="white", paper="#9c2b20", size=(420, 520))
    both = np.concatenate([panel, card], axis=1)
    (quad,) = found_in(drawn.laid(drawn.table(), both, at(150, 200, 900, 480)))
    assert union_share(quad, np.array(at(150, 200, 900, 480), np.float32)) > 0.9


def test_a_plank_of_the_table_is_no_card_though_cards_of_two_sizes_lie_on_it() -> None:
    desk = drawn.table(1600, 1200, colour=(60, 84, 116))
    desk[100:660] = np.clip(desk[100:660].astype(int) - 14, 0, 255).astype(np.uint8)
    lines = ("Ibon Larraga", "Gerente", "ibon@larraga.example", "+34 943 111 222")
    shot = drawn.laid(desk, drawn.card(lines), at(90, 170, 700, 410))
    shot = drawn.laid(shot, drawn.card(lines, size=(520, 900)), at(1050, 150, 280, 485))
    assert len(found_in(shot)) == 2


def test_an_empty_table_holds_no_card() -> None:
    assert found_in(drawn.table()) == []


def test_cards_of_one_row_need_not_lie_level() -> None:
    quads = [
        np.array(at(left, top, 300, 180), np.float32) for left, top in [(700, 130), (20, 100), (360, 60), (30, 400)]
    ]
    assert [int(quad[0, 0]) for quad in in_reading_order(quads)] == [20, 360, 700, 30]
