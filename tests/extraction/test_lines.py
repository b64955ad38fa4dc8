"""Lines: pieces joined, order kept, strips turned, noise left out."""

import numpy as np

from service.domain.reading.card import Box, Line
from workers.extraction.decode import Pixels
from workers.extraction.lines import in_reading_order, joined, lines_of
from workers.extraction.quads import Boxes, around
from workers.extraction.readers.seen import Seen
from workers.extraction.readers.sight import Sight
from workers.extraction.straighten import Squared


def line(text: str, left: int, top: int, width: int, height: int = 30) -> Line:
    return Line(text, Box(left, top, width, height), 0.9, 0.8)


def texts(lines: list[Line]) -> list[str]:
    return [one.text for one in lines]


def no_boxes(pixels: Pixels, *, side_px: int) -> Boxes:
    return np.zeros((0, 4, 2), np.float32)


def card_saying(*boxes: tuple[int, int, int, int], seen: list[Seen]) -> list[Line]:
    """The lines of a blank card whose boxes are these and whose crops read like that, in turn."""
    shapes = [np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32) for x, y, w, h in boxes]
    paper = np.full((600, 1000, 3), 255, np.uint8)
    card = Squared(paper, np.stack(shapes), around(np.stack(shapes)), paper)
    sight = Sight("toy", no_boxes, lambda crops: seen[: len(crops)], lambda _: 1.0)
    return lines_of(card, sight)


def test_lines_are_read_in_rows_from_the_top_left() -> None:
    lines = [line("d", 500, 212, 90), line("b", 500, 96, 90), line("c", 40, 200, 90), line("a", 40, 100, 90)]
    assert texts(in_reading_order(lines)) == ["a", "b", "c", "d"]


def test_pieces_of_one_line_are_joined() -> None:
    (whole,) = joined([line("+34 945", 40, 100, 120), line("123 456", 170, 101, 120)])
    assert whole.text == "+34 945 123 456"
    assert whole.box == Box(40, 100, 250, 31)
    assert whole.weakest == 0.8


def test_columns_stay_apart() -> None:
    assert len(joined([line("Calle Mayor 1", 40, 100, 200), line("+34 945 123 456", 400, 100, 200)])) == 2


def test_letters_of_other_size_stay_apart() -> None:
    assert len(joined([line("Arriaga", 40, 100, 200, 60), line("viaductos", 250, 115, 100, 24)])) == 2


def test_noise_is_left_out() -> None:
    assert (
        card_saying((10, 10, 200, 40), (10, 80, 200, 40), seen=[Seen("Arriaga", 0.9, 0.8), Seen("~'", 0.2, 0.1)])[
            0
        ].text
        == "Arriaga"
    )


def test_a_strip_that_runs_upwards_is_read_by_its_surer_turn() -> None:
    (strip,) = card_saying((10, 10, 40, 400), seen=[Seen("e|dwexe", 0.4, 0.1), Seen("arriaga.example", 0.95, 0.9)])
    assert strip.text == "arriaga.example"
    assert strip.vertical
    assert strip.box == Box(10, 10, 40, 400)


def test_a_card_without_text_has_no_lines() -> None:
    paper = np.zeros((60, 100, 3), np.uint8)
    blank = Squared(paper, np.zeros((0, 4, 2), np.float32), np.zeros((4, 2), np.float32), paper)
    sight = Sight("toy", no_boxes, lambda crops: [], lambda _: 0.0)
    assert lines_of(blank, sight) == []
