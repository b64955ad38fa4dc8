"""Rims that rival for the same text, and which of them is the card's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workers.extraction.decode import Pixels
from workers.extraction.edges import weakest_side
from workers.extraction.quads import Boxes, Quad, area, aspect, grown, inside, overlap, squareness

MOST_CARDS = 24
CARD_ASPECT = (1.25, 2.2)  # the longer side over the shorter of nearly every card, seen at a slant
CLEAR_RIM = 12.0  # steps of grey or colour between a card and its desk
USUAL_ASPECT = 1.62  # 85 by 55 or 89 by 51 millimetres, seen at a slant
MOST_SLANTED = 0.35  # cosine of a corner
MOST_LOOSE = 1.9  # times the area of the tightest rim around the same text: the rest may be a coloured panel
LIKE_SIZE = 1.8  # times the area: two cards of one photo, the nearer against the farther
HELD = 0.75  # share of a box's points within a rim for it to count as inside
HAIR = 0.03  # a rim is grown by this before asking what is inside it: letters may touch it
MORE_OR_LESS = (0.7, 1.4)  # times the area: cards of one table
PART = 0.1  # of a card's area: less is the thickness of a rim
UNLIKE_SIZE, FAINT_RIM = 2.6, 0.5  # the same of clear rims within one that hardly shows: planks of a table


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rim with the text it holds and the text it cuts, and how clearly its weakest side stands out, 0 to 1."""

    quad: Quad
    held: frozenset[int]
    cut: int
    rim: float = 0.0


def card_like(quad: Quad) -> bool:
    """What a card usually looks like."""
    return CARD_ASPECT[0] <= aspect(quad) <= CARD_ASPECT[1] and squareness(quad) <= MOST_SLANTED


def apart(quads: Sequence[Quad]) -> list[Quad]:
    """The largest of the quads that are of like size and do not overlap: a table full of cards."""
    chosen: list[Quad] = []
    for quad in sorted(quads, key=area):
        if all(overlap(quad, other) < 0.05 * area(other) for other in chosen):
            chosen.append(quad)
    largest = max((area(quad) for quad in chosen), default=0.0)
    return [quad for quad in chosen if area(quad) > 0.5 * largest]


def candidate(quad: Quad, boxes: Boxes, frame: Pixels) -> Candidate:
    shares = inside(grown(quad, HAIR), boxes)
    held = frozenset(int(i) for i in np.flatnonzero(shares >= HELD))
    cut = int(np.count_nonzero((shares > 0.2) & (shares < HELD)))
    return Candidate(quad, held, cut, min(1.0, weakest_side(frame, quad) / CLEAR_RIM) if held else 0.0)


def best_rims(candidates: list[Candidate]) -> list[Candidate]:
    """Rims that hardly overlap, the best of each place, each with text of its own."""
    useful = [one for one in candidates if one.held and one.cut <= max(1, len(one.held) // 3)]
    useful = [one for one in useful if not is_table(one, useful) and not is_desk(one, useful)]
    chosen: list[Candidate] = []
    for one in sorted(useful, key=lambda one: -rank(one, useful)):
        new = not one.held <= frozenset[int]().union(*(other.held for other in chosen))
        if new and all(
            overlap(one.quad, other.quad) < 0.15 * min(area(one.quad), area(other.quad)) for other in chosen
        ):
            chosen.append(one)
    return chosen[:MOST_CARDS]


def rank(one: Candidate, rivals: list[Candidate]) -> float:
    """More text is better; then the largest rim like a card's that is not much larger than the tightest."""
    same = [rival.quad for rival in rivals if rival.held == one.held and rival.cut <= one.cut]
    tightest = min((area(quad) for quad in same if card_like(quad)), default=area(one.quad))
    loose = max(1.0, area(one.quad) / max(1.0, tightest))
    fit = 0.4 * loose if loose <= MOST_LOOSE and card_like(one.quad) else 0.3 / loose
    odd = abs(math.log(aspect(one.quad) / USUAL_ASPECT)) + squareness(one.quad)
    return len(one.held) - 1.5 * one.cut - odd + fit + one.rim


def is_table(outer: Candidate, candidates: list[Candidate]) -> bool:
    """Whether most of its text lies in two or more rims within it that look like cards of one kind."""
    least = 2 if card_like(outer.quad) else 1
    within = [c for c in candidates if lies_in(c, outer) and len(c.held) >= least and card_like(c.quad)]
    within = [c for c in within if area(c.quad) < 0.6 * area(outer.quad) and (len(c.held) > 1 or c.rim >= FAINT_RIM)]
    kept: list[Candidate] = []
    for one in sorted(within, key=lambda c: (c.rim < FAINT_RIM, -len(c.held))):
        if all(overlap(one.quad, other.quad) < 0.05 * area(one.quad) for other in kept):
            kept.append(one)
    if len(kept) < 2:
        return False
    sizes = sorted(area(c.quad) for c in kept)
    if sizes[-1] < MORE_OR_LESS[0] * area(outer.quad) and is_like_those_beside(outer, candidates):
        return False
    held = outer.held & frozenset[int]().union(*(c.held for c in kept))
    unlike = UNLIKE_SIZE if outer.rim < FAINT_RIM <= min(c.rim for c in kept) else LIKE_SIZE
    return len(held) >= 0.7 * len(outer.held) and sizes[-1] <= unlike * sizes[-2]


def is_like_those_beside(one: Candidate, candidates: list[Candidate]) -> bool:
    """Whether it is as clear and as large as all cards beside it: what lies within are its panels."""
    if not card_like(one.quad) or one.rim < 1.0:
        return False
    beside = apart([c.quad for c in clear_cards(candidates) if overlap(c.quad, one.quad) < 0.05 * area(c.quad)])
    sizes = [area(one.quad) / area(quad) for quad in beside]
    return bool(sizes) and MORE_OR_LESS[0] <= min(sizes) <= max(sizes) <= MORE_OR_LESS[1]


def clear_cards(candidates: list[Candidate]) -> list[Candidate]:
    return [one for one in candidates if card_like(one.quad) and one.rim >= FAINT_RIM]


def is_desk(outer: Candidate, candidates: list[Candidate]) -> bool:
    """Whether the veins of a desk make it: it hardly shows and cuts through a card, or runs around two of many."""
    clear = [one.quad for one in clear_cards(candidates)]
    if outer.rim < FAINT_RIM and cuts_through(outer.quad, clear):
        return True
    beside = apart([quad for quad in clear if overlap(quad, outer.quad) < 0.05 * area(quad)])
    if len(beside) < 2:
        return False
    usual = float(np.median([area(quad) for quad in beside]))
    alike = [quad for quad in clear if MORE_OR_LESS[0] * usual <= area(quad) <= MORE_OR_LESS[1] * usual]
    within = apart([quad for quad in alike if overlap(quad, outer.quad) > 0.85 * area(quad)])
    return len(within) >= 2 and area(outer.quad) > 2 * usual


def cuts_through(outer: Quad, clear: list[Quad]) -> bool:
    """Whether it has a part of a clear card and all or a part of another of its size."""
    touched = apart(
        [quad for quad in clear if overlap(quad, outer) > PART * area(quad) and area(quad) < area(outer) / 2]
    )
    return len(touched) >= 2 and any(overlap(quad, outer) < (1 - PART) * area(quad) for quad in touched)


def lies_in(inner: Candidate, outer: Candidate) -> bool:
    """Whether a rim holds some of another's text only; one that hardly shows may cut a line of a clear card's."""
    if inner.held < outer.held:
        return True
    beyond = len(inner.held - outer.held)
    unclear = outer.rim < FAINT_RIM <= inner.rim and len(inner.held) < len(outer.held)
    return unclear and beyond <= outer.cut and beyond < 0.3 * len(inner.held)
