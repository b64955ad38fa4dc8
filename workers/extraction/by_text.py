"""A card told by its text: where a lone rim leaves some of it out, and where there is no rim at all."""

import numpy as np

from workers.extraction.quads import (
    Boxes,
    Quad,
    area,
    around,
    clipped,
    frame_of,
    grown,
    median_height,
    overlap,
    squareness,
    with_margin,
)
from workers.extraction.rivals import FAINT_RIM, Candidate

SPANS = 0.8  # of the frame, from which a rim is the frame's own edge
FILLS, SQUARE = 0.55, 0.15  # of the frame, and cosine: an odd rim so large is a line within a card that fills it
LEVEL = 0.05  # the slope of a line of text: three degrees


def whole_text(boxes: Boxes, width: int, height: int) -> Quad:
    """All text as one card: the whole frame where the text spans it, as in a scan."""
    hull = with_margin(around(boxes), 1.2 * median_height(boxes))
    if area(hull) > 0.45 * width * height:
        return frame_of(width, height)
    return clipped(hull, width, height)


def one_card(card: Candidate, boxes: Boxes, left: list[int], width: int, height: int) -> Quad:
    """A lone rim, grown to take in the text beside it: part of the card had the colour of the table."""
    if area(card.quad) > FILLS * width * height and lie_square(boxes):
        odd = left or card.cut or squareness(card.quad) > SQUARE or area(card.quad) > SPANS * width * height
        return frame_of(width, height) if odd else card.quad
    if not left:
        return card.quad
    near = reached(card, boxes, left)
    if not near:
        return card.quad
    if len(near) > 2 * len(card.held):
        return whole_text(boxes[sorted({*near, *card.held})], width, height)
    points = np.concatenate([card.quad, with_margin(around(boxes[near]), median_height(boxes))])
    return clipped(around(points[None]), width, height)


def reached(card: Candidate, boxes: Boxes, left: list[int]) -> list[int]:
    """The text beside a rim; and beside what that makes of it, and so on, where the rim hardly shows."""
    near: list[int] = []
    quad = card.quad
    while new := [i for i in left if i not in near and beside(quad, boxes[i])]:
        near += new
        if card.rim >= FAINT_RIM:
            break
        quad = around(np.concatenate([card.quad[None], boxes[near]]))
    return near


def lie_square(boxes: Boxes) -> bool:
    """Whether the lines of text run along the sides of the frame, as in a scan."""
    ahead = boxes[:, 1] - boxes[:, 0]
    turns = np.abs(ahead).min(axis=1) / np.maximum(1.0, np.abs(ahead).max(axis=1))
    return float(np.median(turns)) < LEVEL


def beside(quad: Quad, box: Quad) -> bool:
    """Whether a line of text is so near to a rim that it may belong to it."""
    return overlap(grown(quad, 0.9), box) > 0.5 * area(box)
