"""Korean cards: RapidOCR's networks know no Hangul, so Tesseract reads the lines that hold it."""

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
LAST_LATIN = "\u024f"
FEW_LETTERS = 4  # what the first reader makes of a line in Hangul: nothing, or a few wrong signs


def can_be_read() -> bool:
    return tesseract.KOREAN in tesseract.installed()


def may_be_there(lines: Sequence[Line], *, country: str) -> bool:
    """Whether a card should be read for Hangul: it is Korean, or all its eastern signs were hardly read."""
    eastern = [line.confidence for line in lines if any(sign > LAST_LATIN for sign in line.text)]
    return country == "KR" or 0.0 < max(eastern, default=0.0) < GARBLED


def with_hangul(sight: Sight) -> Sight:
    """The same reader, its lines replaced by Tesseract's where these hold Hangul and contradict nothing Latin."""

    def recognise(crops: Sequence[Pixels]) -> list[Seen]:
        first = sight.recognise(crops)
        bare = [len(plain(one.text)) < FEW_LETTERS or only_digits_left(one) for one in first]
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
    if second.confidence < LEAST_SURE or not any(map(tesseract.is_hangul, second.text)):
        return first
    latin = plain(first.text)
    among = only_digits_left(first) and in_order(latin, plain(second.text))
    if len(latin) < FEW_LETTERS or latin in plain(second.text) or among:
        return replace(second, engine="tesseract")
    return first


def only_digits_left(seen: Seen) -> bool:
    """Whether the first reader saw digits, and between them nothing that it knows: "1, 7 (3406)" of an address."""
    return seen.weakest <= UNSURE and not any(sign.isalpha() and sign.isascii() for sign in seen.text)


def in_order(few: str, many: str) -> bool:
    """Whether all signs of the one stand in the other, in their order."""
    rest = iter(many)
    return all(sign in rest for sign in few)


def plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isascii() and sign.isalnum())
