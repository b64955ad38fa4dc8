"""Which writing a text is in, and what Han, kana and Hangul words say."""

import re
from functools import cache

from workers.extraction.fields.lexicon import words_of_list

_HAN = r"㐀-䶿一-鿿豈-﫿々〆"
_KANA = r"぀-ヿ㇀-ㇿｦ-ﾟ"
_HANGUL = r"가-힣"
HAN = re.compile(f"[{_HAN}]")
KANA = re.compile(f"[{_KANA}]")
HANGUL = re.compile(f"[{_HANGUL}]")
CJK = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]")
_CJK_ONLY = re.compile(f"^[{_HAN}{_KANA}{_HANGUL}\\s・･.]+$")


def is_cjk(text: str) -> bool:
    """Whether most letters are Han, kana or Hangul."""
    count = len(CJK.findall(text))
    return count > 0 and count * 2 >= sum(letter.isalpha() for letter in text)


def only_cjk(text: str) -> bool:
    return bool(_CJK_ONLY.match(text)) and bool(CJK.search(text))


@cache
def _either(name: str) -> re.Pattern[str]:
    words = sorted({word for word in words_of_list(name) if CJK.search(word) or word == "㈜"}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def title_in(text: str) -> str:
    """The longest title that stands in a text, or ""."""
    return max((m.group() for m in _either("titles-cjk").finditer(text)), key=len, default="")


def title_letters(text: str) -> int:
    """How many letters of a text belong to titles."""
    return sum(len(m.group()) for m in _either("titles-cjk").finditer(text))


def ends_as_title(text: str) -> bool:
    return any(m.end() == len(text) for m in _either("titles-cjk").finditer(text))


def form_in(text: str) -> str:
    """The legal form or kind of institution in a text, or ""."""
    found = _either("company-forms-cjk").search(text)
    return found.group() if found else ""


def trade_in(text: str) -> str:
    found = _either("company-words-cjk").search(text)
    return found.group() if found else ""


@cache
def _departments() -> tuple[str, ...]:
    return tuple(words_of_list("departments-cjk"))


def is_department(text: str) -> bool:
    """Whether the text, or its first word, ends as a department does."""
    word = text.replace(" ", "")
    return len(word) >= 3 and word.endswith(_departments()) and not form_in(text)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words_of_list("cjk-surnames"))


def family_of(name: str) -> str:
    """The surname that begins a name without spaces, or ""; the longest known one that leaves a given name."""
    for length in (3, 2, 1):
        if len(name) > length and name[:length] in _surnames():
            return name[:length]
    return ""
