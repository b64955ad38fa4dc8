"""Where the cards lie in a photo: rims that hold text, and text where no rim is seen."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np

from workers.extraction.alone import alone
from workers.extraction.by_text import one_card, whole_text
from workers.extraction.decode import Pixels
from workers.extraction.edges import LONGEST, four_corners, rims, weakest_side
from workers.extraction.quads import (
    Boxes,
    Quad,
    area,
    around,
    aspect,
    clipped,
    frame_of,
    median_height,
    overlap,
    sides,
    squareness,
    with_margin,
    without_twins,
)
from workers.extraction.readers.sight import FindsText
from workers.extraction.rivals import (
    CARD_ASPECT,
    CLEAR_RIM,
    FAINT_RIM,
    LIKE_SIZE,
    MOST_LOOSE,
    MOST_SLANTED,
    Candidate,
    apart,
    best_rims,
    candidate,
    card_like,
)

GLANCE_PX, LOOK_PX, STARE_PX = 480, 736, 960  # the detector's side: cheap; for small letters; for a full table
SMALL_LETTERS_PX = 13.0  # median height of boxes in the frame below which the glance misses lines
LONG = 1.95  # the longer side over the shorter of few cards: a panel with its own print may lie beyond the rim
GOES_ON = 0.35  # of a card's shorter side: how far beyond its rim the text of a panel may lie
FEW = 3  # cards, from which their usual size is known
FULL_TABLE = 6  # cards, from which their letters are too small for the look
MOST_GUESSED = 2  # rims without text to look into where no text was found


def locate(frame: Pixels, text_boxes: FindsText) -> list[Quad]:
    """The cards of a frame, left to right and top to bottom; none where neither text nor a rim speaks for one.

    Text is not looked for where a card lies alone on a plain desk.
    """
    found = rims(frame)
    found = [quad for quad in found if aspect(quad) <= LONGEST] + halves_joined(found)
    lone = alone(frame, found)
    if lone is not None:
        return [lone]
    boxes = text_boxes(frame, side_px=GLANCE_PX)
    cards = choose(found, boxes, frame)
    many = max(len(cards), len(apart([quad for quad in found if card_like(quad)])))
    if many > 1 or doubtful(cards, boxes):
        boxes = text_boxes(frame, side_px=STARE_PX if many > FULL_TABLE else LOOK_PX)
        cards = choose(found, boxes, frame)
    cards = like_their_neighbours(cards, found)
    clear = [quad for quad in found if weakest_side(frame, quad) >= FAINT_RIM * CLEAR_RIM]
    return in_reading_order([*cards, *unlettered(clear, cards)])


def doubtful(cards: list[Quad], boxes: Boxes) -> bool:
    """Whether the glance may have missed text: no or one odd card, few or small letters."""
    if len(cards) != 1 or median_height(boxes) < SMALL_LETTERS_PX:
        return True
    return len(boxes) < 3 or aspect(cards[0]) > LONG or squareness(cards[0]) > MOST_SLANTED


def unlettered(found: list[Quad], cards: list[Quad]) -> list[Quad]:
    """Clear rims like a card's in which no text was seen from afar: beside cards of their size, or where all else fails."""
    free = [q for q in found if card_like(q) and all(overlap(q, card) < 0.05 * area(q) for card in cards)]
    if not cards:
        return without_overlaps(sorted(free, key=area, reverse=True))[:MOST_GUESSED]
    if len(cards) == 1:
        return []
    usual = float(np.median([area(card) for card in cards]))
    return without_overlaps([quad for quad in free if 0.3 * usual <= area(quad) <= 1.6 * usual])


def like_their_neighbours(cards: list[Quad], found: list[Quad]) -> list[Quad]:
    """On a table, a card much smaller than the others gives way to a rim of their size around it."""
    if len(cards) < FEW:
        return cards
    usual = float(np.median([area(card) for card in cards]))
    made = list(cards)
    for at, card in enumerate(cards):
        others = [other for place, other in enumerate(made) if place != at]
        fit = [q for q in found if card_like(q) and 0.75 * usual <= area(q) <= 1.35 * usual]
        fit = [q for q in fit if overlap(q, card) > 0.85 * area(card)]
        fit = [q for q in fit if all(overlap(q, other) < 0.05 * area(q) for other in others)]
        if area(card) < 0.6 * usual and fit:
            made[at] = min(fit, key=squareness)
    return made


def without_overlaps(quads: Sequence[Quad]) -> list[Quad]:
    kept: list[Quad] = []
    for quad in quads:
        if all(overlap(quad, other) < 0.1 * area(quad) for other in kept):
            kept.append(quad)
    return kept


def halves_joined(found: list[Quad]) -> list[Quad]:
    """Rims of whole cards of which only the halves stood out, as a coloured panel does."""
    pairs = [(one, other) for one, other in combinations(found, 2) if is_card_in_halves(one, other)]
    hulls = [cv2.convexHull(np.concatenate(pair).astype(np.int32)) for pair in pairs]
    return [quad for quad in map(four_corners, hulls) if card_like(quad)]


def is_card_in_halves(one: Quad, other: Quad) -> bool:
    """Whether two rims fill one rectangle of a card's shape side by side, and are not two cards laid so."""
    small, large = sorted((area(one), area(other)))
    if card_like(one) and card_like(other) and large <= LIKE_SIZE * small:
        return False
    both = around(np.stack([one, other]))
    return 0.88 * area(both) <= area(one) + area(other) <= 1.06 * area(both) and card_like(both)


def choose(found: list[Quad], boxes: Boxes, frame: Pixels) -> list[Quad]:
    """The rims that hold text and exclude each other, and groups of the text that no rim holds."""
    height, width = frame.shape[:2]
    if not len(boxes):
        return []
    cards = best_rims([candidate(quad, boxes, frame) for quad in found])
    held = frozenset[int]().union(*(card.held for card in cards))
    left = [i for i in range(len(boxes)) if i not in held]
    if not cards:
        return [whole_text(boxes, width, height)]
    if len(cards) == 1:
        return [one_card(cards[0], boxes, left, width, height)]
    return several(cards, boxes, left, width, height)


def several(cards: list[Candidate], boxes: Boxes, left: list[int], width: int, height: int) -> list[Quad]:
    """The rims, and each group of text outside them that is large enough for a card of their size."""
    cards = taking_in(cards, boxes, left, width, height)
    held = frozenset[int]().union(*(card.held for card in cards))
    left = [i for i in left if i not in held]
    quads = [card.quad for card in cards]
    reach = float(np.median([min(sides(quad)) for quad in quads])) * 0.5
    for group in groups(boxes, left, reach):
        hull = with_margin(around(boxes[group]), 1.5 * median_height(boxes[group]))
        if len(group) >= 3 and all(overlap(hull, quad) < 0.3 * area(hull) for quad in quads):
            quads.append(clipped(hull, width, height))
    return without_twins(quads, alike=0.6)


def taking_in(cards: list[Candidate], boxes: Boxes, left: list[int], width: int, height: int) -> list[Candidate]:
    """The cards of a table, each grown by the text that goes on beyond one of its sides: a panel of the desk's tone."""
    made = list(cards)
    for i in sorted(left, key=lambda i: min(gap(card.quad, boxes[i]) for card in cards)):
        for at in sorted(range(len(made)), key=lambda at: gap(made[at].quad, boxes[i])):
            larger = clipped(stretched(made[at].quad, boxes[i]), width, height)
            others = [card.quad for place, card in enumerate(made) if place != at]
            free = all(overlap(larger, other) <= overlap(made[at].quad, other) + 0.02 * area(other) for other in others)
            near = gap(made[at].quad, boxes[i]) <= GOES_ON * min(sides(cards[at].quad))
            if near and free and area(larger) <= MOST_LOOSE * area(cards[at].quad) and aspect(larger) <= CARD_ASPECT[1]:
                made[at] = replace(made[at], quad=larger, held=made[at].held | {i})
                break
    return made


def stretched(quad: Quad, box: Quad) -> Quad:
    """The quad with its four sides moved out, each in its own direction, until a box of text lies within."""
    flat = frame_of(101, 101)
    to_flat = cv2.getPerspectiveTransform(quad, flat)
    margin = 0.6 * min(sides(box)) / max(1.0, min(sides(quad))) * 100
    within = cv2.perspectiveTransform(box[None], to_flat)[0]
    low = np.minimum(within.min(axis=0) - margin, 0)
    high = np.maximum(within.max(axis=0) + margin, 100)
    corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]]], np.float32)
    return np.asarray(cv2.perspectiveTransform(corners[None], np.linalg.inv(to_flat))[0], np.float32)


def groups(boxes: Boxes, left: list[int], reach: float) -> list[list[int]]:
    """Boxes joined while the gap between them is within `reach`."""
    waiting, made = set(left), []
    while waiting:
        group, edge = [], [waiting.pop()]
        while edge:
            one = edge.pop()
            group.append(one)
            near = {i for i in waiting if gap(boxes[one], boxes[i]) <= reach}
            waiting -= near
            edge.extend(near)
        made.append(sorted(group))
    return made


def gap(one: Quad, other: Quad) -> float:
    """The distance between the upright rectangles around two boxes."""
    low, high = np.maximum(one.min(axis=0), other.min(axis=0)), np.minimum(one.max(axis=0), other.max(axis=0))
    return float(np.linalg.norm(np.maximum(low - high, 0)))


def in_reading_order(cards: list[Quad]) -> list[Quad]:
    """Rows from the top, each from the left; a card whose middle is level with a row's belongs to it."""
    rows: list[list[Quad]] = []
    for card in sorted(cards, key=lambda quad: float(quad[:, 1].mean())):
        tall = float(np.ptp(card[:, 1]))
        if rows and float(card[:, 1].mean() - np.mean([q[:, 1].mean() for q in rows[-1]])) < 0.5 * tall:
            rows[-1].append(card)
        else:
            rows.append([card])
    return [card for row in rows for card in sorted(row, key=lambda quad: float(quad[:, 0].mean()))]
