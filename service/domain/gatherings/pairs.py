"""Whom to bring together on a double date: two who share a passion, or of whom one needs what the other offers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from service.domain.gatherings.passions import Loved, Shared, shared

SHOWN_AT_MOST: Final = 8
_CROWD: Final = 30
"""What more people love than this brings no two of them together in particular."""

_A_NEED_MET: Final = 3
_TIMES_A_PERSON: Final = 2


@dataclass(frozen=True, slots=True)
class Match:
    """One needs what the other offers, in the words that were noted."""

    needs: str
    offers: str
    need: str
    offer: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ties, and the reasons: what both love, and what one needs of the other."""

    one: str
    other: str
    loves: tuple[Shared, ...] = ()
    match: Match | None = None

    @property
    def worth(self) -> int:
        return len(self.loves) + _A_NEED_MET * (self.match is not None)


def pairs(
    lines: Iterable[Loved],
    *,
    matches: Iterable[Match] = (),
    known: Collection[frozenset[str]] = (),
    companies: dict[str, str] | None = None,
) -> tuple[Pair, ...]:
    """The best first. Never two who know each other: `known` are such twos, `companies` tell colleagues by tie."""
    both: defaultdict[tuple[str, str], list[Shared]] = defaultdict(list)
    for one in shared(lines):
        for two in combinations(one.ties[:_CROWD], 2):
            both[two].append(one)
    needed = {tuple(sorted((match.needs, match.offers))): match for match in matches}
    twos = {two for two in (*both, *needed) if not _know(two, known, companies or {})}
    made = [Pair(one, other, tuple(both.get((one, other), ())), needed.get((one, other))) for one, other in twos]
    return tuple(_few_a_person(sorted(made, key=lambda pair: (-pair.worth, pair.one, pair.other))))[:SHOWN_AT_MOST]


def _few_a_person(ranked: Iterable[Pair]) -> Iterator[Pair]:
    """Nobody more than twice: the list shall show many people."""
    times: Counter[str] = Counter()
    for pair in ranked:
        if max(times[pair.one], times[pair.other]) < _TIMES_A_PERSON:
            times.update((pair.one, pair.other))
            yield pair


def _know(two: tuple[str, ...], known: Collection[frozenset[str]], companies: dict[str, str]) -> bool:
    one, other = two
    company = companies.get(one, "")
    return one == other or frozenset(two) in known or bool(company and company == companies.get(other))
