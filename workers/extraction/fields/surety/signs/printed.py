"""How clearly a value is printed, and what the second reader made of it."""

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from service.domain.reading.card import Address, Line, PersonName, Phone
from workers.extraction.fields.surety.signs.card import Signs, ramp
from workers.extraction.fields.words import lexicon, scripts

LOST = 0.3
"""The weakest a line can be for a letter that was seen and not known: its accent is no mailbox's to prove."""

TWINS = re.compile(r"\d[oOlI]+(?![a-zà-ÿ])|(?<![^\W\d_])[oOlI]+\d")
"""A letter that looks like a digit beside one, and beside no letter: which was printed, the eye tells by the others only."""

_SMALL_L = re.compile(r"(?:^|[\s\-&.'’])l[a-zà-ÿ]{3,}")


def of_print(own: Sequence[Line], text: str) -> Signs:
    """How clearly it is printed, and what the second reader made of it."""
    asked = [line for line in own if line.second is not None]
    unasked = [line for line in own if line.second is None]
    same = bool(asked) and agree(text, asked, all_asked=not unasked)
    weakest = min((line.weakest for line in unasked), default=1.0)
    likeness = min((likeness_of(line) for line in asked), default=1.0)
    small = min((min(line.box.width, line.box.height) for line in own), default=40)
    return {
        "weak": ramp(weakest, none=0.95, full=0.2),
        "very weak": float(weakest < 0.5),
        "lost": float(weakest <= LOST),
        "lost agree": float(same and any(line.weakest <= LOST for line in asked)),
        "faint": ramp(min((line.confidence for line in own), default=1.0), none=0.99, full=0.8),
        "agree": float(same),
        "agree weak": same * ramp(min((line.weakest for line in asked), default=1.0), none=0.95, full=0.2),
        "differ": float(bool(asked) and not same),
        "differ a little": float(bool(asked) and not same and likeness >= 0.8),
        "small": ramp(small, none=28, full=12),
        "long": ramp(len(text), none=15, full=45),
        "twins": float(bool(TWINS.search(text.partition("@")[0]))) if "@" in text else 0.0,
        "small l": float(bool(_SMALL_L.search(text)) and text[:1].isupper()),
        "eastern": float(scripts.is_cjk(text)),
        "vertical": float(any(line.vertical for line in own)),
    }


def spelled(value: Any) -> str:
    """A value as it stands in print."""
    match value:
        case PersonName() | Address():
            return value.printed
        case Phone():
            return value.raw
        case _:
            return str(value)


def scattered(text: str, *, first: bool) -> bool:
    """Whether a blank stands about a single syllable of Hangul, but for a surname: 누 리 출판 사(주)."""
    parts = [part for part in re.split(r"[\s·ㆍ]+", text)[first:] if scripts.HANGUL.search(part)]
    return any(len(re.sub(r"\(주\)|\W", "", part)) == 1 for part in parts)


def likeness_of(line: Line) -> float:
    return fuzz.ratio(lexicon.letters(line.text), lexicon.letters(line.second or "")) / 100


def agree(text: str, asked: Sequence[Line], *, all_asked: bool) -> bool:
    """Whether the second reader saw the same letters and digits."""
    second = "".join(lexicon.letters(line.second or "") for line in asked)
    if lexicon.letters(text) in second:
        return True
    return not all_asked and all(likeness_of(line) >= 0.97 for line in asked)
