"""How a printed name falls into given and family names, by the custom of its language."""

import re

from service.domain.reading.card import PersonName

PARTICLES = frozenset(
    "da das de del della delle dello dei degli der den di do dos du el la las le los lo mac san santa ten ter van vander "
    "vom von y e zu zum zur af av al bin ibn ben".split()
)
"""Words that belong to the surname they stand before."""

TWO_SURNAMES = frozenset({"es", "ca", "gl", "eu"})
"""Languages whose people carry a father's and a mother's surname."""

_HAN_OR_HANGUL = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af々]+$")
_LONG_FAMILY = ("남궁", "황보", "제갈", "사공", "선우", "독고", "欧阳", "司马", "上官", "诸葛", "歐陽", "司馬", "諸葛")


def split_name(printed: str, *, lang: str = "", prefix: str = "", suffix: str = "") -> PersonName:
    """`printed` without honorifics -> its parts; what the custom cannot tell stays in the family name."""
    words = printed.split()
    given, family = _parts(words, lang)
    return PersonName(printed=" ".join(words), given=given, family=family, prefix=prefix, suffix=suffix)


def _parts(words: list[str], lang: str) -> tuple[str, str]:
    if not words:
        return "", ""
    if all(_HAN_OR_HANGUL.match(word) for word in words):
        return _eastern(words)
    family, comma, given = " ".join(words).partition(", ")
    if comma:
        return given, family
    groups = _groups(words)
    if len(groups) == 1:
        return words[0], ""
    family_count = 2 if lang in TWO_SURNAMES and len(groups) >= 3 else 1
    return " ".join(groups[:-family_count]), " ".join(groups[-family_count:])


def _groups(words: list[str]) -> list[str]:
    """Join particles to the word they lead: `de la Cruz` is one surname."""
    groups: list[str] = []
    open_particles: list[str] = []
    for place, word in enumerate(words):
        if word.lower() in PARTICLES and 0 < place < len(words) - 1:
            open_particles.append(word)
        else:
            groups.append(" ".join([*open_particles, word]))
            open_particles = []
    return groups


def _eastern(words: list[str]) -> tuple[str, str]:
    """Family name first: as spaced on the card, else one sign, or two for the known double names."""
    if len(words) > 1:
        return " ".join(words[1:]), words[0]
    word = words[0]
    # Japanese names of four signs are mostly two and two; Chinese and Korean ones have three.
    cut = 2 if word.startswith(_LONG_FAMILY) or len(word) >= 4 else 1
    return word[cut:], word[:cut]
