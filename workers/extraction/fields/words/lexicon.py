"""What a word is known as: a given name, a surname, a title, a trade, a legal form; from the lists, loaded once."""

import re
import unicodedata
from functools import cache, lru_cache

from workers.extraction.fields.words.listed import rows

MOST_WORDS = 1 << 15
"""So many words are remembered: a card has fifty, and a reader of thousands of cards must not grow without end."""

_SINGLE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})
_STARRED_LETTERS = 3
"""A word must bring this many letters of its own before a starred ending counts: "leiter" may be a ladder, "bauleiter" is a title."""

PARTICLES = frozenset(
    "de del de la las los y e i da das do dos di du des le van von der den dem ten ter zu zum zur af av bin ibn al el ben"
    " bint d' dal dalla dello della degli dei san santa st. o' mac 't 's op in de' 't".split()
)


@lru_cache(maxsize=MOST_WORDS)
def fold(text: str) -> str:
    """Lower case without accents: what two spellings of a word have in common."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_SINGLE))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@lru_cache(maxsize=MOST_WORDS)
def letters(text: str) -> str:
    """The folded letters and digits alone."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def words_of_list(name: str) -> list[str]:
    """The words of a list as printed; a line that begins with a hash is a note."""
    return [word for row in rows(name) for word in row.split()]


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words_of_list(name))


@cache
def _lettered(name: str) -> frozenset[str]:
    return frozenset(letters(word) for word in words_of_list(name))


@cache
def _starred(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The beginnings and the endings that the starred words of a list ask for."""
    words = _folded(name)
    return tuple(w[:-1] for w in words if w.endswith("*")), tuple(w[1:] for w in words if w.startswith("*"))


@lru_cache(maxsize=MOST_WORDS)
def in_list(name: str, word: str) -> bool:
    """Whether a word is in a list, by its own letters or by a starred beginning or ending."""
    word = fold(word).strip(".,;:()&+*/'\"!¡¿?-®©")
    if word in _folded(name):
        return True
    heads, tails = _starred(name)
    if word.endswith(tails) and any(
        word.endswith(tail) and (word == tail or len(word) >= len(tail) + _STARRED_LETTERS) for tail in tails
    ):
        return True
    return word.startswith(heads) and word not in heads


@cache
def _rank(name: str) -> dict[str, int]:
    return {letters(word): -place for place, word in reversed(list(enumerate(words_of_list(name))))}


@lru_cache(maxsize=MOST_WORDS)
def given(word: str) -> float:
    """How well known a word is as a given name, 0 to 1."""
    key = letters(word)
    if key in _lettered("given"):
        return 1.0
    rank = _rank("given-us").get(key)
    return 0.0 if rank is None else 1.0 if rank > -1200 else 0.7


@lru_cache(maxsize=MOST_WORDS)
def surname(word: str) -> float:
    """How well known a word is as a surname, 0 to 1."""
    key = letters(word)
    if key in _lettered("surnames"):
        return 1.0
    rank = _rank("surnames-us").get(key)
    return 0.0 if rank is None else 0.9 if rank > -4000 else 0.6


@lru_cache(maxsize=MOST_WORDS)
def spelled_in_lists(word: str) -> bool:
    """Whether the lists know a name with exactly these accents, or at least its letters without any."""
    return word.casefold() in _spellings("given", "surnames", "given-us", "surnames-us")


@lru_cache(maxsize=MOST_WORDS)
def spelled_well(word: str) -> bool:
    """The same by the lists that keep accents: good enough to correct a print by."""
    return word.casefold() in _spellings("given", "surnames")


@lru_cache(maxsize=MOST_WORDS)
def only_with_accents(word: str) -> bool:
    """Whether the lists know a name with accents that this word lacks, and not without: "Jorgen"."""
    return word.isascii() and fold(word) in _accented() and not spelled_in_lists(word)


_POLISH = frozenset("ąęłńźż")
_MARKS_ALIKE = str.maketrans("ïëöüäźńň", "îêôûâżññ")


@lru_cache(maxsize=MOST_WORDS)
def with_listed_accents(word: str) -> str:
    """The one spelling that the lists have for a word whose accents none of them knows: "Anaîs".

    Only marks that look alike are changed for one another: Renê, Kovač and Sören are others' spellings, and no faults.
    A word with a letter that only Polish has is Polish to its end: "Stępien".
    """
    if word.isascii() or spelled_in_lists(word):
        return word
    alike, polish = word.casefold().translate(_MARKS_ALIKE), bool(_POLISH & set(word.casefold()))
    ways = [way for way in _by_bare_letters().get(fold(word), ()) if polish or way.translate(_MARKS_ALIKE) == alike]
    if len(ways) != 1:
        return word
    return ways[0].upper() if word.isupper() else ways[0].capitalize() if word[:1].isupper() else ways[0]


@cache
def _by_bare_letters() -> dict[str, tuple[str, ...]]:
    """The spellings with accents, by their letters without any."""
    ways: dict[str, tuple[str, ...]] = {}
    for word in sorted(_spellings("given", "surnames")):
        if not word.isascii():
            ways[fold(word)] = (*ways.get(fold(word), ()), word)
    return ways


@cache
def _accented() -> frozenset[str]:
    return frozenset(fold(word) for word in _spellings("given", "surnames") if not word.isascii())


@cache
def _spellings(*names: str) -> frozenset[str]:
    return frozenset(word.casefold() for name in names for word in words_of_list(name))


def honorific(word: str) -> bool:
    return letters(word) in _lettered("honorifics")


def credential(word: str) -> bool:
    """Whether a word is said after a name; short ones only in capitals or with dots."""
    if letters(word) not in _lettered("credentials"):
        return False
    return word.isupper() or "." in word or len(letters(word)) > 2


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    patterns = sorted({_form_pattern(form) for form in words_of_list("company-forms")}, key=len, reverse=True)
    either = "|".join(patterns)
    return re.compile(rf"(?<![\w.])(?:{either})(?![\w])[.,)]*\s*$"), re.compile(rf"(?<![\w.&])(?:{either})(?![\w&])")


def _form_pattern(form: str) -> str:
    body = "".join(
        r"\.?\s?" if sign == "." else r"\s*" if sign == "_" else re.escape(sign) for sign in form.rstrip(".")
    )
    exact = sum(sign.isalpha() for sign in form) < 4 and "&" not in form
    loud = body.upper().replace(r"\.?\S?", r"\.?\s?").replace(r"\S*", r"\s*") if len(form) > 2 else body
    return (body if loud == body else f"{body}|{loud}") if exact else f"(?i:{body})"


@lru_cache(maxsize=MOST_WORDS)
def mended_word(word: str) -> str:
    """A word that no list knows, where they know what it may have been misread from: "cornpras", "Vastqoed"."""
    if len(word) < 5 or not word.isalpha() or _known(word):
        return word
    for wrong, right in (("rn", "m"), ("q", "g"), ("vv", "w")):
        better = word.replace(wrong, right)
        if better != word and _known(better):
            return better
    return word


@lru_cache(maxsize=MOST_WORDS)
def in_any_role(word: str) -> bool:
    """Whether a word belongs to titles, trades, departments, slogans or labels."""
    roles = ("titles", "titles-weak", "company-words", "departments", "slogan-words", "labels")
    return any(in_list(name, word) for name in roles)


def _known(word: str) -> bool:
    return spelled_in_lists(word) or in_any_role(word)


_COMMA_FOR_DOT = re.compile(r"(?<![^\W\d_])(?=[A-Z.]*,)(?:[A-Z][.,]){2,4}$")
"""Capitals and signs that end a company's name, one of its dots read as a comma: "S.A,S."."""


def mend_form(text: str) -> str:
    """Legal forms whose small l was read as a capital I: "S.r.I."."""
    text = re.sub(r"\bG(?:rn|nn|ml)bH\b", "GmbH", text)
    text = re.sub(r"(?<!\S)0(?=(?:G|HG|y|yj)$)", "O", text)
    text = _COMMA_FOR_DOT.sub(lambda form: form.group().replace(",", "."), text)
    text = re.sub(r"\b(Sp\.?\s?z\s?)[0o]\.?\s?[0o]\.?$", r"\1o.o.", text)
    return re.sub(r"\b(S\.?\s?[rc]\.?\s?)I(\.?s?\.?)$", r"\1l\2", re.sub(r"\b(S\.?r\.?)I\b", r"\1l", text))


@lru_cache(maxsize=MOST_WORDS)
def legal_form(text: str) -> str:
    """The legal form that ends a company's name, as printed, or ""."""
    found = _forms()[0].search(text)
    bath = re.search(
        r"(?:&|and|y|e|et|day|nail|med|medi|hotel|resort|salon|beauty|health|wellness)\s+spa$", text, re.IGNORECASE
    )
    return found.group().strip() if found and found.start() > 1 and not bath else ""


def ends_form(text: str) -> bool:
    """Whether one letter with its dot may be the end of a legal form begun a line above: the "j." of "sp. j."."""
    return text in ("j.", "k.", "p.", "J.", "K.", "P.", "A.", "L.", "C.")


_LEADING_FORM = re.compile(
    r"(?:SARL|S\.A\.R\.L\.|EURL|SASU?|SNC|SCI|SCEA|EARL|GAEC|[EÉ]ts\.?|[EÉ]tablissements|St[eé]\.?|Soci[eé]t[eé]|Maison|S\.?C\.?|PT\.?|CV\.?|UD\.?|U[AĀ]B|SIA|O[UÜ]|AB|Fa\.|Firma|Ditta|"
    r"Off(?:icina|\.)\s+Mecc\.?|P\.?P\.?H\.?U\.?|P\.?H\.?U\.?|F\.?H\.?U\.?|Z\.?P\.?H\.?U?\.?|M/[sS]\.?|Messrs\.?|ООО|ОАО|ИП|ТОВ|CV\.)\s+(?=[^\W\d])"
)


def leading_form(text: str) -> bool:
    """Whether a legal form begins a company's name: "SARL Le Goff", "Ets Morel", "PT Sinar Jaya"."""
    return bool(_LEADING_FORM.match(text)) and len(text.split()) > 1


@cache
def holds_form(text: str) -> bool:
    """Whether a legal form of two letters or more with its dots, or of three and more, stands anywhere in a text."""
    return any("." in m.group() or len(letters(m.group())) > 2 for m in _forms()[1].finditer(text))
