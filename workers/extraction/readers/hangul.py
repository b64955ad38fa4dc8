"""Korean cards: RapidOCR's networks know no Hangul, so Tesseract reads the lines that hold it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.reading.card import Line
from workers.extraction.decode import Pixels
from workers.extraction.readers import tesseract
from workers.extraction.readers.seen import Seen
from workers.extraction.readers.sight import Sight

LEAST_SURE = 0.4
UNSURE = 0.7
GARBLED = 0.75  # the mean confidence of a line: Chinese and Japanese in print are read above it
MANY, CLEAR = 3, 0.8  # syllables, and their surety, from which they fill the gaps that the first reader left
COUNTERS = {"8": "호", "B": "층"}
FEW_LETTERS = 4  # what the first reader makes of a line in Hangul: nothing, or a few wrong signs


def can_be_read() -> bool:
    return tesseract.KOREAN in tesseract.installed()


def may_be_there(lines: Sequence[Line], *, country: str) -> bool:
    """Whether a card should be read for Hangul: it is Korean, or all its eastern letters were hardly read."""
    eastern = [line.confidence for line in lines if not tesseract.can_read(line.text)]
    return country == "KR" or 0.0 < max(eastern, default=0.0) < GARBLED


def with_hangul(sight: Sight) -> Sight:
    """The same reader, its lines replaced by Tesseract's where these hold Hangul and contradict nothing Latin."""

    def recognise(crops: Sequence[Pixels]) -> list[Seen]:
        first = sight.recognise(crops)
        bare = [len(plain(one.text)) < FEW_LETTERS or only_digits(one.text) for one in first]
        return [the_better(one, other) for one, other in zip(first, in_korean(crops, without_latin=bare), strict=True)]

    return replace(sight, recognise=recognise)


def in_korean(crops: Sequence[Pixels], *, without_latin: Sequence[bool]) -> list[Seen]:
    """Lines of Hangul alone are read as nothing else: with English at hand Tesseract sees Latin letters in them."""
    pure, mixed = (
        iter(
            tesseract.recognise(
                [crop for crop, bare in zip(crops, without_latin, strict=True) if bare is alone],
                lang="ko",
                with_english=not alone,
            )
        )
        for alone in (True, False)
    )
    return [next(pure) if bare else next(mixed) for bare in without_latin]


def the_better(first: Seen, second: Seen) -> Seen:
    syllables = sum(map(tesseract.is_hangul, second.text))
    if second.confidence < LEAST_SURE or not syllables:
        return first
    latin = plain(first.text)
    clear = syllables >= MANY and second.confidence >= CLEAR
    gaps = clear or (first.weakest <= UNSURE and only_digits(first.text))
    fits = latin in plain(second.text) or (gaps and in_order(latin, plain(second.text)))
    if len(latin) < FEW_LETTERS or fits or (clear and first.confidence < GARBLED):
        return replace(second, text=counted(second.text, first.text), engine="tesseract")
    return first


def only_digits(text: str) -> bool:
    """Whether the first reader saw digits, and between them nothing that it knows: "1, 7 (3406)" of an address."""
    return not any(sign.isalpha() and sign.isascii() for sign in text)


def counted(text: str, first: str) -> str:
    """The text with the syllable behind a number that was read as its last sign: 3028 for 302호, 7B for 7층."""
    seen = set(re.findall(r"\d+", first))

    def mended(number: re.Match[str]) -> str:
        return number[1] + COUNTERS[number[2]] if number[1] in seen and number.group() not in seen else number.group()

    return re.sub(r"(?<!\w)(\d+)([8B])(?!\w)", mended, text)


def in_order(few: str, many: str) -> bool:
    """Whether all signs of the one stand in the other, in their order."""
    rest = iter(many)
    return all(sign in rest for sign in few)


def plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isascii() and sign.isalnum())
