"""The white between letters: bars that the network reads as letters, and small pictures before a line."""

import cv2
import numpy as np
import pytest

from tests.extraction import drawn
from workers.extraction.readers import recogniser
from workers.extraction.readers.gaps import parted

HEIGHT, STEP = 50, 8


def strokes(*widths_and_gaps: tuple[int, int]) -> tuple[drawn.Pixels, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """A line of strokes, each so wide and so far before the next, and the network's columns at their middles."""
    picture, at, middles = np.full((HEIGHT, 2000, 3), 255, np.uint8), 20, []
    for width, gap in widths_and_gaps:
        picture[12:38, at : at + width] = 0
        middles.append(at + width / 2)
        at += width + gap
    return picture[:, : at + 20], np.floor(np.array(middles) / STEP).astype(np.int64)


def read(text: str, *widths_and_gaps: tuple[int, int]) -> str:
    crop, columns = strokes(*widths_and_gaps)
    return parted(text, columns, round(crop.shape[1] / STEP), crop)


LETTER, LAST_OF_WORD = (14, 4), (14, 13)


def test_a_bar_read_as_a_figure_is_a_bar_again() -> None:
    assert read("441Fax", LETTER, LAST_OF_WORD, (3, 13), LETTER, LETTER, LETTER) == "44 | Fax"


def test_a_letter_before_a_dot_is_no_bar() -> None:
    assert read("hall.bri", LETTER, LETTER, LAST_OF_WORD, (3, 13), (4, 13), LETTER, LETTER, LETTER) == "hall.bri"
    assert read("331·Fax", LETTER, LAST_OF_WORD, (3, 13), (4, 13), LETTER, LETTER, LETTER) == "331·Fax"


def test_a_one_is_no_bar_though_it_stands_in_white() -> None:
    assert read("441Fax", LETTER, LAST_OF_WORD, (9, 13), LETTER, LETTER, LETTER) == "441Fax"


def test_an_i_within_a_word_is_no_bar() -> None:
    assert read("BrIan", LETTER, LETTER, (3, 4), LETTER, LETTER) == "BrIan"


def test_where_all_letters_stand_apart_none_is_a_bar() -> None:
    assert read("BrIan", (14, 13), (14, 13), (3, 13), (14, 13), (14, 13)) == "BrIan"


@pytest.mark.parametrize(
    ("wide", "sure", "text"), [(20, 0.5, "ana39@ab"), (34, 0.5, "ana39l@ab"), (20, 0.9, "ana39l@ab")]
)
def test_the_left_rim_of_an_at_is_no_letter(wide: int, sure: float, text: str) -> None:
    picture, columns = strokes(*[LETTER] * 5, (wide, 4), LETTER, LETTER)
    both = np.insert(columns, 5, columns[5] - 1)
    each = np.full(9, sure, np.float32)
    assert parted("ana39l@ab", both, round(picture.shape[1] / STEP), picture, each) == text


def test_a_small_picture_before_a_line_is_kept_apart_from_it() -> None:
    assert read("Elucia@a", (30, 22), *[LETTER] * 7) == "E lucia@a"


def test_a_wide_capital_is_no_picture() -> None:
    assert read("CORVALIER", (30, 4), *[LETTER] * 8) == "CORVALIER"


def test_a_capital_with_a_faint_foot_begins_its_word() -> None:
    assert read("Links", (6, 18), *[LETTER] * 4) == "Links"


def test_a_dot_between_two_blanks_is_no_full_stop() -> None:
    dot = [LETTER, LAST_OF_WORD, (3, 0), (3, 13), (3, 0), LETTER, LETTER]
    assert read("14 . Fa", *dot) == "14 · Fa"


def test_short_and_empty_lines_stay_as_they_are() -> None:
    assert read("No", LETTER, LETTER) == "No"
    assert parted("Nothing", np.arange(7), 9, np.full((40, 72, 3), 255, np.uint8)) == "Nothing"


@pytest.mark.ocr
def test_two_numbers_parted_by_a_bar_are_read_as_two() -> None:
    picture = np.full((66, 900, 3), 255, np.uint8)
    cv2.putText(picture, "945 123 456", (15, 46), (0, 0, 0), cv2.FontFace("sans"), 40)
    used = int(np.flatnonzero(np.ptp(picture.astype(int), axis=(0, 2)))[-1])
    picture[10:56, used + 14 : used + 17] = 0
    cv2.putText(picture, "Fax 945 123 789", (used + 31, 46), (0, 0, 0), cv2.FontFace("sans"), 40)
    assert recogniser.recognise(picture[:, : used + 390]).text.split("|")[0].strip() == "945 123 456"
