"""Printed signs made even, one for one, so that positions in a line stay true."""

import re
import unicodedata
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE = {ord(sign): "-" for sign in "‐‑‒–—―−ー﹣﹘"} | {ord(sign): "'" for sign in "’‘´`ʼ"}
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2007\u2009\u202f\t"), " ")
_SIGNS = _WIDE | _ALIKE | _SPACES | {ord("〜"): "~", ord("∙"): "·", ord("•"): "·", ord("●"): "·", ord("¦"): "|"}
_KEPT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


_ICON_SIGNS = frozenset("回口日田目曰囗〇○◎ი※☐□■▪◆►▶✉⌂⊙⊕①②③④⑤⑥")


def without_icons(text: str) -> str:
    """Icons that a reader took for letters, as spaces, where a word of Latin letters or a number follows; same length."""
    match = re.match(r"^(\s*\W{0,2})([^\x00-\u024f]\W?)(?=\s*[\x21-\u024f])", text)
    if match and match[2][0] in _ICON_SIGNS:
        return text[: match.start(2)] + " " + text[match.start(2) + 1 :]
    return text


def even(text: str) -> str:
    """Full-width letters, dashes, quotes, bullets and spaces in their plain form; as long as `text`."""
    return without_icons(text.translate(_SIGNS))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case without accents, hyphens as spaces: the form in which word lists are kept."""
    bare = text if text.isascii() else _without_accents(text.translate(_KEPT))
    for sign in "-'’.":
        bare = bare.replace(sign, " ")
    return " ".join(bare.casefold().split())


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f"))


_GLUED = re.compile(
    r"(?<=[a-zà-ÿ]{2})(?<!\bMac)(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ]{2}\.)(?=[A-ZÀ-Þ\d])|(?<=[A-Za-zà-ÿ\d][,;])(?=[A-Za-zÀ-ÿ\d])|(?<=[a-zà-ÿ]{3})(?=\d)"
    r"|(?<=\b[A-Z]{2})(?=\d{5}\b)|(?<=\d)(?=[A-Z][a-zà-ÿ]{2})|(?<=\bNo\.)(?=\d)"
)


@lru_cache(maxsize=2048)
def unglued(text: str) -> str:
    """Print whose blanks were lost, with blanks where a word plainly ends: `Suite400,SanDiego,CA92101`."""
    return _GLUED.sub(" ", text)


def ascii_letters(text: str) -> str:
    """Accents off, everything else as it is."""
    return text if text.isascii() else _without_accents(text.translate(_KEPT))


_SAME = str.maketrans("0158iqéàáíóúñ|", "olsblgeaaioun" + "l")


def other_stroke(word: str) -> str:
    """The word with the other letter that a stroke at its beginning may be, l or i: Ifournier for lfournier."""
    return {"i": "l", "l": "i"}.get(word[:1], word[:1]) + word[1:]


def looks(text: str) -> str:
    """Equal for texts that a reader could take for one another: 0 and o, 1 and l and i, rn and m, vv and w."""
    return text.casefold().translate(_SAME).replace("rn", "m").replace("vv", "w").replace("cl", "d")
