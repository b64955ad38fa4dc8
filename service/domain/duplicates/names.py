"""How close two printed names are: the same, one the longer form of the other, a slip of a letter, or strangers."""

from enum import IntEnum
from typing import Final

from rapidfuzz import fuzz

from service.domain.people.name import PARTICLES
from service.domain.people.same import letters

Words = tuple[str, ...]

_COURTESIES: Final = frozenset(
    "dr dra don dona sr sra srta mr mrs ms miss ing lic prof arq abg herr frau m mme mlle sig dott phd mba".split()
)
_GENERATIONS: Final = frozenset("jr junior hijo filho neto ii iii iv".split())
_ALIKE: Final = 80
"""Of a hundred: `gonzalez` and `gonzales` have 88, `juan` and `joan` 75."""
_FEWEST_LETTERS: Final = 3


class Closeness(IntEnum):
    """WEAK shares a word or an initial only; SIMILAR differs by letters; PART leaves words out; EQUAL has the same."""

    NONE = 0
    WEAK = 1
    SIMILAR = 2
    PART = 3
    EQUAL = 4


def words_of(name: str) -> Words:
    """The words of a name that tell people apart, without capitals and accents, in the order of the letters."""
    bare = (letters(word) for word in name.replace(",", " ").replace(".", ". ").split())
    return tuple(sorted(word for word in bare if word and word not in _COURTESIES | PARTICLES))


def is_full(words: Words) -> bool:
    """Whether the name is one of a person and not only of a given name or a family; eastern ones have no blanks."""
    return sum(len(word) > 1 for word in words) > 1 or any(
        sign > "\u2e80" and len(word) > 2 for word in words for sign in word[:1]
    )


def closeness(one: Words, other: Words) -> Closeness:
    if not one or not other or set(one) & _GENERATIONS != set(other) & _GENERATIONS:
        return Closeness.NONE
    if one == other:
        return Closeness.EQUAL if is_full(one) else Closeness.WEAK
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    if set(shorter) <= set(longer):
        return Closeness.PART if is_full(shorter) else Closeness.WEAK
    if len(one) == len(other) and _differ_by_letters(one, other):
        return Closeness.SIMILAR if is_full(one) else Closeness.NONE
    return Closeness.WEAK if _initials_of(shorter, longer) else Closeness.NONE


def _differ_by_letters(one: Words, other: Words) -> bool:
    left, right = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    return len(left) == len(right) and all(
        min(len(a), len(b)) >= _FEWEST_LETTERS and fuzz.ratio(a, b) >= _ALIKE for a, b in zip(left, right, strict=True)
    )


def _initials_of(shorter: Words, longer: Words) -> bool:
    """`a perez` of `ana perez`: every word is there, or begins with the letter; one is there in full."""
    rest, left = list(longer), list[str]()
    for word in shorter:  # one by one: a family name stands twice in `Jose Garcia Garcia`
        if len(word) >= _FEWEST_LETTERS and word in rest:
            rest.remove(word)
        else:
            left.append(word)
    for word in left:
        match = next((one for one in rest if one.startswith(word) or word.startswith(one)), None)
        if match is None or min(len(word), len(match)) > 1:
            return False
        rest.remove(match)
    return len(left) < len(shorter)
