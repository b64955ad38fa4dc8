"""Whether a message sells: a quiet check on what the user wrote, in all six languages at once."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_PRICE: Final = r"\d\s*%\s*(?:off|dto\w*|de descuento|rabatt|de remise|di sconto|de desconto)|\d\s*(?:€|eur|usd|\$)\s*/"


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text the selling word stands, in characters; `word` is as written."""

    start: int
    end: int
    word: str


def sells(text: str) -> tuple[Span, ...]:
    """Find what reads like a pitch, whatever its accents and capitals."""
    return tuple(Span(*found.span(), text[slice(*found.span())]) for found in _pattern().finditer(_plain(text)))


@cache
def _pattern() -> re.Pattern[str]:
    phrases = {phrase for lang in _lists().values() for phrase in lang}
    longest_first = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"\b(?:{words})\b|{_PRICE}")


def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("selling.toml").read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    """Without accents and capitals, letter for letter, so that places stay places."""
    return "".join(unicodedata.normalize("NFKD", sign)[0].lower()[:1] or sign for sign in text)
