"""Streets: how the languages of the world name them, by words before, behind and within, and by shapes."""

import re
from functools import cache

from workers.extraction.fields.words.glyphs import plain
from workers.extraction.fields.words.listed import rows

_NUMBER_FIRST = ("US", "GB", "IE", "CA", "AU", "NZ", "ZA", "IN", "")
_ENGLISH = re.compile(r"^\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,?\s+[A-Z][\w']+(?:\s[A-Z][\w'.]+){1,3}(?:,|$|\s\d|\s#)")
_WORD_AND_NUMBER = re.compile(r"[^\W\d]{2,}[^\d,]*,?\s\d{1,4}(?:-?[a-zA-Z])?(?:[-/]\d+)?(?:,|$| [-·]\s)")
_ALSO_WORDS = frozenset(
    "st dr str park hill way view green run plaza place court square path route av ro gu rise row close extension streets".split()
)
"""Street words that say little without a number."""
_STREET_SHAPES = (
    ("", re.compile(r"\b(?:corner of|cnr\.?|intersection of)\s.*\s(?:&|and)\s", re.IGNORECASE)),
    ("", re.compile(r"\b(?:r\.?\s?[tr]|rural route|route|h\.?c)\.?\s?#?\d+,?\s+box\s+\d", re.IGNORECASE)),
    (
        "",
        re.compile(r"^\W*(?:your |any )?street\b.*\b(?:city|town|state|zip)\b", re.IGNORECASE),
    ),  # a designer's template
    (
        "JPKR",
        re.compile(r"(?<!\d)\d{1,3}(?:-\d{1,3}){1,3}(?!\d),?\s+[A-Z][a-z]|[a-z]-(?:ku|cho|machi|gu|dong|ro|gil)\b"),
    ),
)
"""Streets told by their shape: the countries where (nothing for all), and the shape."""
_HYPHENED_CODE = re.compile(r"(?<![\d-])(?:〒\s?)?\d{3}-\d{4}(?![\d-])|(?<![\d-])\d{5}-\d{3}(?![\d-])")
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|apartado|apdo|postfach|casilla|postbus|bo[iî]te postale|bp|caixa postal)\b\.?(?:\sde\s\w+)?\s*\d",
    re.IGNORECASE,
)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in rows("street_words"):
        place, *words = row.split(" ")
        found[place] = frozenset(plain(word) for word in words) | found.get(place, frozenset())
    return found


def street_weight(text: str, words: list[str], country: str, *, numbered: bool) -> float:
    """How sure it is that `text` names a street, by the languages of the world; a number makes it surer."""
    text = _HYPHENED_CODE.sub("", text) if country in ("JP", "BR") else text
    if not words:
        return 0.0
    if any(shape.search(text) for own, shape in _STREET_SHAPES if not own or country in own):
        return 2.0
    if re.search(r"(?<!\w)s/n[º°.]?(?!\w)", text, re.IGNORECASE) and len(words) > 3:
        return 2.0
    if set(words) & word_lists()["box"] and _BOX.search(text):
        return 1.7
    return (
        _before(text, words, country, numbered=numbered)
        or _grown(words, numbered=numbered)
        or _behind(text, words, country, numbered=numbered)
    )


def _before(text: str, words: list[str], country: str, *, numbered: bool) -> float:
    """Calle Mayor 12, 12 rue Haute: the word for street stands before the name."""
    first = word_lists()["first"]
    initial = len(words[0]) == 1
    named = words[0] in first and len(words) > 1
    if initial and named:  # "R. Senthil" is somebody, "R. Pinhal" a street in Brazil
        shaped = re.match(r"\w[./]\s?(?:[^\W\d]{3,}|\d+\s+de\b)", text)
        named = bool(shaped) and (numbered or country in ("", "BR", "PT", "ES"))
    if named or re.match(r"c/|(?:v\.?le|c\.?so|p\.?zza|p\.le|l\.?go|u\.?l\.)\s", text.lower()):
        return 2.4 if numbered else 1.5
    house = numbered and re.match(r"\d", words[0]) and len(words) > 2
    return 2.4 if house and any(len(word) > 2 for word in words[1:3]) and set(words[1:3]) & first else 0.0


def _grown(words: list[str], *, numbered: bool) -> float:
    """Hauptstrasse 5, Sveavagen 31: the word for street is grown onto the name."""
    ending = word_lists()["ending"]
    if any(len(word) > 5 and word.endswith(tuple(ending)) and _ends_street(word) for word in words):
        return 2.4 if numbered else 0.9
    return 2.2 if numbered and set(words[1:]) & ending - {"park", "hof", "berg", "tal", "markt"} else 0.0


def _behind(text: str, words: list[str], country: str, *, numbered: bool) -> float:
    """12 Mill Lane: the word for street stands behind the name; or the mere shape of a house and its street."""
    last = word_lists()["last"]
    after = [at for at, word in enumerate(words) if word in last and at > 0 and not _is_saint(words, at)]
    if after and numbered:
        return 2.4 if re.match(r"#?\d", words[0]) or re.search(r"\d", text) else 1.2
    if after and words[after[0]] not in _ALSO_WORDS:
        return 0.9
    if country in _NUMBER_FIRST and _ENGLISH.match(text):
        return 1.3
    if len(words) <= 3 and words[0] in word_lists()["extra"]:  # Suite 2100
        return 0.0
    return 0.7 if len(words) <= 9 and _WORD_AND_NUMBER.match(text) else 0.0


def _is_saint(words: list[str], at: int) -> bool:
    """The st of St. Gallen is no street."""
    of_house = at >= 2 and words[0][0].isdigit()  # 1420 E 7th St Los Angeles
    return (
        not of_house
        and words[at] == "st"
        and at + 1 < len(words)
        and len(words[at + 1]) > 2
        and words[at + 1].isalpha()
    )


def _ends_street(word: str) -> bool:
    return bool(
        re.search(
            r"(?:strasse|str|weg|platz|gasse|allee|damm|ufer|ring|steig|chaussee|promenade|graben|straat|laan|plein|kade|gracht|singel|vagen|gatan|vej|gade|gaten|veien|katu|intie|kuja|polku)$",
            word,
        )
    )
