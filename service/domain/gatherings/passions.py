"""What several people love, so that one evening brings them together: from the lines noted of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from service.domain.introductions.words import terms

SHOWN_AT_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Loved:
    """A line noted of a tie: what they love, or have in common with the user."""

    tie: str
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What several share: `term` is its stem, `text` the shortest line that says it, `ties` who shares it."""

    term: str
    text: str
    ties: tuple[str, ...]


def shared(lines: Iterable[Loved], *, least: int = 2) -> tuple[Shared, ...]:
    """What at least so many love, that of the most people first. Two words of the same people are one thing."""
    by_term: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in lines:
        for term in terms(line.text):
            by_term[term].setdefault(line.tie, line.text)
    by_people: dict[tuple[str, ...], Shared] = {}
    for term, texts in sorted(by_term.items(), key=lambda one: (activity(one[0], "es") is None, one[0])):
        people = tuple(sorted(texts))
        if len(people) >= least:
            by_people.setdefault(people, Shared(term, min(texts.values(), key=lambda one: (len(one), one)), people))
    return tuple(sorted(by_people.values(), key=lambda one: (-len(one.ties), one.term)))[:SHOWN_AT_MOST]


def activity(term: str, lang: str) -> str | None:
    """What one does about a passion, in Spanish or English; None for one that we have no idea for."""
    both = _activities().get(term)
    return both[lang != "es"] if both else None


def loves(term: str, lines: Iterable[Loved]) -> dict[str, str]:
    """By tie, the line that says that they love it."""
    return {line.tie: line.text for line in lines if term in terms(line.text)}


@cache
def _activities() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    text = files(__package__).joinpath("activities.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        words, _, said = line.partition(":")
        if said and not line.startswith("#"):
            spanish, _, english = said.partition("|")
            found |= dict.fromkeys(terms(words), (spanish.strip(), english.strip()))
    return found
