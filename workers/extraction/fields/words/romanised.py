"""Hangul in Latin letters, as domains of Korean companies spell it."""

from functools import lru_cache

_FIRST = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_MIDDLE = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu"),
    *("eu", "ui", "i"),
)
_LAST = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng"),
    *("t", "t", "k", "t", "p", "t"),
)
_FIRST_SYLLABLE, _LAST_SYLLABLE = ord("가"), ord("힣")


@lru_cache(maxsize=4096)
def romanised(text: str) -> str:
    """The syllables one by one by the rules of 2000, without what neighbours make of each other; other signs left out."""
    said = []
    for sign in text:
        if _FIRST_SYLLABLE <= ord(sign) <= _LAST_SYLLABLE:
            first, rest = divmod(ord(sign) - _FIRST_SYLLABLE, len(_MIDDLE) * len(_LAST))
            middle, last = divmod(rest, len(_LAST))
            said.append(_FIRST[first] + _MIDDLE[middle] + _LAST[last])
    return "".join(said)
