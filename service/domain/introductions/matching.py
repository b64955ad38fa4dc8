"""Needs against offers: each need looks up its own things in an index, so that the cost grows with the lines, not the pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from rapidfuzz import fuzz, process

from service.domain.introductions.proposal import How, Line, Person, Proposal
from service.domain.introductions.synonyms import thing_of, things
from service.domain.introductions.words import terms

OFFERS_A_THING: Final = 20
"""Of one thing that very many offer, so many are looked at: it tells little of any of them."""
A_PERSON: Final = 3
ALIKE: Final = 86
"""Of 100, how alike two words are spelled that may be meant as one."""
_SHORTEST_ALIKE: Final = 5

_SAME: Final = 60
_ALIKE: Final = 45
_WORK: Final = 25
_WORK_BESIDES: Final = 10
_NEAR: Final = 5
_STARRED: Final = 3
_UNHEARD_OF: Final = 0.3


def match(
    needs: Iterable[Line], offers: Iterable[Line], people: Iterable[Person], taken: Collection[tuple[str, str]] = ()
) -> tuple[Proposal, ...]:
    """Whom to introduce to whom, the best first: each pair once, nobody to himself, none of `taken`, blind to order.

    `people` are those who may be introduced at all; whoever is not among them is left out.
    """
    known = {person.tie: person for person in people}
    offered = _Offered((line for line in offers if line.tie in known), known.values())
    best: dict[tuple[str, str], Proposal] = {}
    for need in sorted((line for line in needs if line.tie in known), key=_newest):
        for found in offered.against(need, known):
            if found.pair not in taken and _rank(found) < _rank(best.get(found.pair, found), last=True):
                best[found.pair] = found
    return tuple(_few_a_person(sorted(best.values(), key=_rank)))


class _Offered:
    """The offers, and what people do for a living, by thing."""

    def __init__(self, offers: Iterable[Line], people: Iterable[Person]) -> None:
        self.lines: defaultdict[str, list[Line]] = defaultdict(list)
        self.workers: defaultdict[str, list[Person]] = defaultdict(list)
        for line in sorted(offers, key=_newest):
            for thing in things(line.text):
                self.lines[thing].append(line)
        for person in sorted(people, key=lambda one: (-one.near, one.tie)):
            for thing in things(person.work):
                self.workers[thing].append(person)
        said = {stem for lines in self.lines.values() for line in lines for stem in terms(line.text)}
        self.spelled = sorted(stem for stem in said if len(stem) >= _SHORTEST_ALIKE)

    def against(self, need: Line, people: Mapping[str, Person]) -> Iterator[Proposal]:
        asked = {thing: self._weight(thing) for thing in sorted(things(need.text))}
        whole = sum(asked.values())
        shared: defaultdict[Line, dict[str, int]] = defaultdict(dict)
        works: defaultdict[str, float] = defaultdict(float)
        for thing, weight in asked.items():
            for found, worth in self._called(thing):
                for line in self.lines[found][:OFFERS_A_THING]:
                    shared[line][thing] = max(worth, shared[line].get(thing, 0))
            for person in self.workers[thing][:OFFERS_A_THING]:
                works[person.tie] += weight / whole
        for line, said in shared.items():
            part = sum(asked[thing] for thing in said) / whole
            points = max(said.values()) * part**0.5
            how = How.SAME if _SAME in said.values() else How.SPELLED_ALIKE
            yield from _proposal(need, line.tie, line, how, points + _WORK_BESIDES * works[line.tie], people)
        for tie, part in works.items():
            yield from _proposal(need, tie, None, How.WORK, _WORK * part, people)

    def _weight(self, thing: str) -> float:
        """What few offer tells more than what many do; what nobody offers may be any word of a sentence."""
        return 1 / len(self.lines[thing][:OFFERS_A_THING]) ** 0.5 if thing in self.lines else _UNHEARD_OF

    def _called(self, thing: str) -> Iterator[tuple[str, int]]:
        if thing in self.lines:
            yield thing, _SAME
        elif len(thing) >= _SHORTEST_ALIKE:
            near = process.extract(thing, self.spelled, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3)
            for found in sorted({thing_of(stem) for stem, _score, _at in near} & self.lines.keys()):
                yield found, _ALIKE


def _proposal(
    need: Line, tie: str, offer: Line | None, how: How, points: float, people: Mapping[str, Person]
) -> Iterator[Proposal]:
    one, other = people[need.tie], people[tie]
    if one.tie == other.tie or (one.company and one.company == other.company):
        return  # colleagues know each other
    known = _NEAR * (one.near + other.near) + _STARRED * (one.starred + other.starred)
    yield Proposal(need.tie, tie, need, offer, how, round(points) + known)


def _newest(line: Line) -> tuple[int, str, str]:
    return -line.noted_on.toordinal(), line.tie, line.id


def _rank(one: Proposal, *, last: bool = False) -> tuple[int, int, tuple[str, str], str, str, int]:
    """The most points, then the newest need; `last` puts it behind its own equal."""
    return -one.points, -one.need.noted_on.toordinal(), one.pair, one.need.id, one.offer.id if one.offer else "", last


def _few_a_person(ranked: Iterable[Proposal]) -> Iterator[Proposal]:
    """Nobody fills the list alone."""
    times: defaultdict[str, int] = defaultdict(int)
    for one in ranked:
        if max(times[one.needs], times[one.helps]) < A_PERSON:
            times[one.needs] += 1
            times[one.helps] += 1
            yield one
