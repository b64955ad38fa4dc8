"""Korean cards: what RapidOCR cannot read, Tesseract does."""

from collections.abc import Sequence

import numpy as np
import pytest

from service.domain.reading.card import Box, Line
from workers.extraction.decode import Pixels
from workers.extraction.quads import Boxes
from workers.extraction.readers.hangul import may_be_there, the_better
from workers.extraction.readers.seen import Seen
from workers.extraction.readers.sight import Sight, remembering
from workers.extraction.readers.tesseract import Word, seen_in


def word(text: str, left: int, right: int) -> Word:
    return Word(text, 0.9, 20.0, left, right)


def test_syllables_of_one_word_are_joined_and_words_stay_apart() -> None:
    seen = seen_in([word("한", 0, 30), word("빛", 34, 64), word("소프트", 67, 160), word("영업부", 180, 270)])
    assert seen.text == "한빛소프트 영업부"


def test_latin_words_are_never_joined() -> None:
    assert seen_in([word("Kim", 0, 60), word("Lee", 62, 120)]).text == "Kim Lee"


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("0今", "이수민", "이수민"),
        ("051-123-4567", "전화 051-123-4567", "전화 051-123-4567"),
        ("jihoon@hanbit.co.kr", "jih00n@hanbit.co.kr 한", "jihoon@hanbit.co.kr"),
        ("02-555-1234", "02-555-1234", "02-555-1234"),
    ],
)
def test_hangul_is_taken_where_it_contradicts_nothing_latin(first: str, second: str, kept: str) -> None:
    assert the_better(Seen(first, 0.9, 0.8), Seen(second, 0.9, 0.8)).text == kept


@pytest.mark.parametrize(
    ("first", "weakest", "kept"),
    [
        ("1,7 (3406)", 0.3, "second"),
        ("1,7 (9406)", 0.3, "first"),
        ("1,72(34069)", 0.99, "second"),
        ("02-173-4069", 0.99, "first"),
    ],
)
def test_digits_that_were_all_that_was_seen_of_a_line(first: str, weakest: float, kept: str) -> None:
    second = "대전광역시 강남대로 1, 72 (34069)"
    taken = the_better(Seen(first, 0.8, weakest), Seen(second, 0.9, 0.8)).text
    assert taken == (second if kept == "second" else first)


@pytest.mark.parametrize(
    ("texts", "confidence", "country", "may_be"),
    [
        (("口花片10号", "正口是位"), 0.55, "CN", True),
        (("山田 太郎", "営業部長"), 0.95, "JP", False),
        (("山田 太郎", "営業部長"), 0.95, "KR", True),
        (("Ana Roble", "Directora"), 0.6, "", False),
    ],
)
def test_hangul_is_looked_for_where_all_eastern_signs_were_hardly_read(
    texts: tuple[str, ...], confidence: float, country: str, *, may_be: bool
) -> None:
    lines = [Line(text, Box(0, 50 * row, 300, 30), confidence, confidence) for row, text in enumerate(texts)]
    assert may_be_there(lines, country=country) is may_be


def test_the_syllable_behind_a_number_is_no_digit_of_it() -> None:
    first, second = Seen("47,302(13907)·Tel031-288-7802", 0.95, 0.9), "해운대로 47, 3028 (13907) · Tel 031-288-7802"
    assert the_better(first, Seen(second, 0.85, 0.6)).text == "해운대로 47, 302호 (13907) · Tel 031-288-7802"


def test_what_was_garbled_gives_way_to_clear_hangul() -> None:
    first, second = "正口|00||口花片|0号|0ł0百は2わ正|0", "뛰어갔다. 할머니의 편지에는 감이 익었다고 적혀 있었다."
    assert the_better(Seen(first, 0.66, 0.3), Seen(second, 0.93, 0.8)).text == second
    assert the_better(Seen(first, 0.97, 0.9), Seen(second, 0.93, 0.8)).text == first


def test_few_syllables_prove_nothing_against_a_line_that_was_read_surely() -> None:
    assert the_better(Seen("+82.2.6682.8152", 1.0, 1.0), Seen("바 +82.2.66682.8152", 0.9, 0.8)).engine == ""


def test_what_is_hardly_legible_is_not_taken() -> None:
    assert the_better(Seen("0今", 0.5, 0.3), Seen("이수민", 0.2, 0.1)).text == "0今"


def test_what_was_read_once_is_not_read_again() -> None:
    asked: list[int] = []

    def recognise(crops: Sequence[Pixels]) -> list[Seen]:
        asked.append(len(crops))
        return [Seen(str(crop[0, 0, 0]), 0.9, 0.8) for crop in crops]

    def no_boxes(pixels: Pixels, *, side_px: int) -> Boxes:
        return np.zeros((0, 4, 2), np.float32)

    sight = remembering(Sight("toy", no_boxes, recognise, lambda _: 1.0))
    crops = [np.full((20, 90, 3), shade, np.uint8) for shade in (7, 9, 7)]
    assert [one.text for one in sight.recognise(crops)] == ["7", "9", "7"]
    assert [one.text for one in sight.recognise(crops[1:])] == ["9", "7"]
    assert asked == [2, 0]


def test_who_read_the_line_is_told() -> None:
    assert the_better(Seen("", 0.0, 0.0), Seen("이수민", 0.9, 0.8)).engine == "tesseract"
