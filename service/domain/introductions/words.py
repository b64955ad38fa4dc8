"""What a noted line is about: its telling words, each cut to its stem, whatever its accents, number and gender."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from service.domain.people.search import plain

LONGEST_LINE: Final = 300
TERMS_AT_MOST: Final = 24

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FEWEST_LETTERS: Final = 2


def terms(text: str) -> tuple[str, ...]:
    """The stems of a line in its order, each once, without the small words."""
    stems = (stem(word) for word in words_of(text) if word not in _small_words())
    return tuple(dict.fromkeys(one for one in stems if len(one) >= _FEWEST_LETTERS))[:TERMS_AT_MOST]


def words_of(text: str) -> list[str]:
    """All words, plain: no capitals, no accents."""
    return _WORD.findall(plain(text[:LONGEST_LINE]))


def stem(word: str) -> str:
    """A word without the ends of number and gender, which Spanish and English share for the most part.

    It need be no word of any language: it is only ever compared with another stem.
    """
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("nes", "res", "les", "des", "ces", "xes", "ses")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "oae" else word


def lines_of(name: str) -> list[str]:
    """The lines of a list beside this module, without its comments."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for line in lines_of("small_words.txt") for word in line.split())
