"""Words that mean the same thing: a line becomes the things that it is about, whatever they are called in it."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from service.domain.introductions.words import lines_of, terms

Phrase = tuple[str, ...]
_LONGEST_PHRASE: Final = 4


def things(text: str) -> frozenset[str]:
    """What a line is about: the common name of what is listed, else the stem as it stands."""
    return frozenset(_things(terms(text)))


def thing_of(word: str) -> str:
    """What one stem is about by itself."""
    return _names().get((word,), word)


def ways_to_say(text: str) -> frozenset[str]:
    """The stems under which a line about the same things is found; of a phrase, its longest word."""
    found = things(text)
    said = (max(phrase, key=len) for thing in found for phrase in _phrases().get(thing, ()))
    return frozenset((*found, *said, *terms(text)))


def _things(stems: Phrase) -> Iterator[str]:
    """The longest phrase first: `diseño gráfico` is one thing, and neither a drawing nor a chart."""
    at = 0
    while at < len(stems):
        length = next((n for n in range(_LONGEST_PHRASE, 0, -1) if stems[at : at + n] in _names()), 0)
        yield _names()[stems[at : at + length]] if length else stems[at]
        at += length or 1


@cache
def _names() -> dict[Phrase, str]:
    """By phrase, the name of its thing: its own first words."""
    names: dict[Phrase, str] = {}
    for line in lines_of("synonyms.txt"):
        phrases = [terms(phrase) for phrase in line.split(",")]
        for phrase in phrases:
            names.setdefault(phrase, "=" + " ".join(phrases[0]))
    return names


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """By name of a thing, all that it is called."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase, name in _names().items():
        found[name] = (*found.get(name, ()), phrase)
    return found
