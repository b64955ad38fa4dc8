"""One best joint choice of name, title and organisation over a card, with how clearly it won."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles.piece import Piece, stacked
from workers.extraction.fields.words import lexicon, scripts

TOP = 7
"""So many candidates of each role are tried: all their combinations with "none" are 512."""

NO_ORGANISATION = -1.5
NOBODY = -1.5
"""A card names a person or a company."""

TITLE_WITHOUT_NAME = -3.4

Choice = Candidate[Piece] | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The chosen candidates, the score of the whole, and for each role how much worse the best other choice is."""

    name: Choice
    title: Choice
    org: Choice
    score: float
    margins: tuple[float, float, float]

    @property
    def bits(self) -> int:
        """The parts of the card it uses."""
        bits = 0
        for choice in (self.name, self.title, self.org):
            bits |= choice.value.bits if choice else 0
        return bits


def assign(
    names: Sequence[Candidate[Piece]], titles: Sequence[Candidate[Piece]], orgs: Sequence[Candidate[Piece]]
) -> Assignment:
    """Tries every combination of the best candidates of each role that share no print."""
    name_choices: list[Choice] = [None, *_distinct(names)]
    title_choices: list[Choice] = [None, *_distinct(_near_names(titles, names))]
    org_choices: list[Choice] = [None, *_distinct(orgs)]
    org_scores = [org.score if org else NO_ORGANISATION for org in org_choices]
    best, chosen = -1e9, (0, 0, 0)
    tops = ([-1e9] * len(name_choices), [-1e9] * len(title_choices), [-1e9] * len(org_choices))
    for n, name in enumerate(name_choices):
        for t, title in enumerate(title_choices):
            used = name.value.bits if name else 0
            if title and title.value.bits & used:
                continue
            used |= title.value.bits if title else 0
            pair = (name.score if name else 0.0) + (title.score if title else 0.0) + together(name, title)
            for o, org in enumerate(org_choices):
                if org and org.value.bits & used:
                    continue
                total = pair + org_scores[o] + (NOBODY if not name and not org else 0.0)
                tops[0][n], tops[1][t], tops[2][o] = (
                    max(tops[0][n], total),
                    max(tops[1][t], total),
                    max(tops[2][o], total),
                )
                if total > best:
                    best, chosen = total, (n, t, o)
    name, title, org = name_choices[chosen[0]], title_choices[chosen[1]], org_choices[chosen[2]]
    margins = (
        _margin(name_choices, tops[0], chosen[0]),
        _margin(title_choices, tops[1], chosen[1]),
        _margin(org_choices, tops[2], chosen[2]),
    )
    return Assignment(name, title, org, best, margins)


def _distinct(candidates: Sequence[Candidate[Piece]]) -> list[Candidate[Piece]]:
    seen: set[int] = set()
    kept = []
    for candidate in candidates:
        if candidate.value.bits not in seen:
            seen.add(candidate.value.bits)
            kept.append(candidate)
        if len(kept) == TOP:
            break
    return kept


def _near_names(titles: Sequence[Candidate[Piece]], names: Sequence[Candidate[Piece]]) -> list[Candidate[Piece]]:
    """Titles by what they gain beside one of the likely names, best first."""
    likely = names[:3]
    gain: Callable[[Candidate[Piece]], float] = lambda t: t.score + max((together(n, t) for n in likely), default=0.0)  # noqa: E731 - one use, one line
    return sorted(titles, key=lambda title: -gain(title))


def _margin(choices: Sequence[Choice], tops: Sequence[float], chosen: int) -> float:
    """How much the best choice that would give another value loses."""
    value = _value(choices[chosen])
    others = [top for place, top in enumerate(tops) if place != chosen and _value(choices[place]) != value]
    return round(tops[chosen] - max(others, default=-99.0), 3)


def _value(choice: Choice) -> str:
    return lexicon.letters(choice.value.text) if choice else ""


def together(name: Choice, title: Choice) -> float:
    """What a name and a title say for each other by their places and sizes."""
    if title is None:
        return 0.0
    if name is None:
        return TITLE_WITHOUT_NAME
    upper, lower = name.value, title.value
    score = 0.0
    if lower.lines[0] in upper.lines:
        score += 1.0
    elif stacked(upper, lower, gap=1.3) and (lower.box.top > upper.box.top):
        known = {"given name", "mailbox"} & set(name.passed) and not scripts.is_cjk(lower.text)
        score += 0.9 * bool(title.kind == "strong" and known and stacked(upper, lower, gap=0.6))  # the nearest of two
        score += 1.0 + (1.0 if title.kind == "unlisted" and lower.size_px < 0.95 * upper.size_px else 0.0)
        if not name.passed and title.kind == "strong" and 2 <= len(upper.words) <= 4:
            score += 1.6
        elif len(upper.words) == 1 and title.kind == "strong" and upper.whole and len(lower.words) <= 5:
            score += 2.6 if name.kind != "half" else 0.0
    elif stacked(lower, upper, gap=1.0):
        score += 1.2 if name.kind == "cjk" else 0.5
    else:
        score -= {"strong": 0.3, "weak": 2.5}.get(title.kind, 1.5)
    if lower.size_px > 1.15 * upper.size_px:
        score -= 0.7
    return score
