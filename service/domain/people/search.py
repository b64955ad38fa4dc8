"""What a search looks at and what it asks for, in the same dress: no capitals, no accents, no signs."""

import re
import unicodedata
from typing import Final

from service.domain.people.vcard_reading import ContactIndex

LONGEST: Final = 20_000
"""Of a contact with a very long note, so many characters are looked at."""
WORDS_ASKED: Final = 20
SHORT: Final = 3
"""Words with fewer letters are looked for where a word begins; longer ones anywhere."""

_LEAD: Final = "  "
_BARE: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES: Final = re.compile("['’‘`´ʼ]")
_NUMBER: Final = re.compile(r"[\d\s()+./-]*")
_GROUPS: Final = re.compile(r"\d[\d\s()./-]*\d")
_EASTERN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_FEWEST_DIGITS: Final = 3


def kept(index: ContactIndex) -> str:
    """All that a contact is found by. Two blanks lead each word, so that its first one or two letters can be asked."""
    said = (index.name, index.org, index.department, index.title, *index.emails, *index.urls, *index.places, index.note)
    numbers = (number for text in (*index.phones, *index.places, index.note) for number in _numbers(text))
    words = [*(word for text in said for word in _words(text)), *numbers]
    return "".join(_LEAD + part for word in dict.fromkeys(words) for part in (word, *_tails(word)))[:LONGEST]


def asked(query: str) -> list[str]:
    """The pieces that `kept` must hold, all of them, for the contact to be found; none for an empty query."""
    if not query.strip():
        return []
    digits = re.sub(r"\D", "", query)
    if _NUMBER.fullmatch(query) and len(digits) >= _FEWEST_DIGITS:
        # The zero before a number, one of a town or two of a country, is dialled and not kept.
        return [digits.lstrip("0") or digits]
    # What is all signs is nowhere: no contact keeps any.
    pieces = (word.rjust(SHORT) if len(word) < SHORT else word for word in _words(query))
    return list(dict.fromkeys(pieces))[:WORDS_ASKED] or [query]


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in plain(text)).split()


def _numbers(text: str) -> list[str]:
    """Numbers as people type them, without what parts their groups."""
    return [re.sub(r"\D", "", group) for group in _GROUPS.findall(text)]


def plain(text: str) -> str:
    """Without capitals, accents and apostrophes: `Muñoz` is `munoz`, `O’Neill` is `oneill`."""
    bare = _APOSTROPHES.sub("", text.casefold()).translate(_BARE)
    parts = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    # Together again: a syllable of Hangul is one sign to whom types it.
    return unicodedata.normalize("NFC", parts)


def _tails(word: str) -> list[str]:
    """Eastern names have no blanks between their words: each of their signs may be where a short one begins."""
    return [word[at : at + SHORT - 1] for at in range(1, len(word))] if _EASTERN.fullmatch(word) else []
