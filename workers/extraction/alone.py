"""One card alone on a plain desk, told by its rim and by what is not around it, without a look for text.

The look costs as much as the lines of the card itself, which are looked for again once it is cut out.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from workers.extraction.decode import Pixels
from workers.extraction.edges import weakest_side
from workers.extraction.quads import Quad, area, aspect, grown, overlap, squareness
from workers.extraction.rivals import CLEAR_RIM, Candidate, apart, card_like, rank

SMALLEST, LARGEST = 0.12, 0.8  # of the frame
SHAPE, SQUARE = (1.35, 1.95), 0.2  # the sides of a card to each other, and the cosine of its corners
CLEARER = 1.2  # times a clear rim: from here on nobody would take it for a shadow
AROUND = 0.06  # the rim is grown by this before asking what lies outside
STEP = 25  # of grey from one pixel to the next but one: print, not wood or cloth
MOST_BUSY = 0.0014  # of the pixels outside: the print of the least of thirteen cards on a table
IN_COMMON = frozenset([0])


def alone(frame: Pixels, found: Sequence[Quad]) -> Quad | None:
    """The rim of the only card of the frame; None where anything speaks against it."""
    likely = [quad for quad in found if card_like(quad)]
    if not likely:
        return None
    largest = max(likely, key=area)
    rivals = [rival(frame, quad) for quad in found if overlap(quad, largest) > 0.5 * area(largest)]
    best = max(rivals, key=lambda one: rank(one, rivals)).quad
    return best if stands_out(frame, best) and holds_no_two(best, likely) and is_plain_around(frame, best) else None


def rival(frame: Pixels, quad: Quad) -> Candidate:
    """As if all of them held the same text."""
    return Candidate(quad, IN_COMMON, 0, min(1.0, weakest_side(frame, quad) / CLEAR_RIM))


def stands_out(frame: Pixels, quad: Quad) -> bool:
    """Whether a rim is clear on all its sides, of a card's shape, and neither small nor the frame itself."""
    share = area(quad) / (frame.shape[0] * frame.shape[1])
    shaped = SHAPE[0] <= aspect(quad) <= SHAPE[1] and squareness(quad) <= SQUARE
    return shaped and SMALLEST <= share <= LARGEST and weakest_side(frame, quad) >= CLEARER * CLEAR_RIM


def holds_no_two(quad: Quad, likely: Sequence[Quad]) -> bool:
    """Whether no two shapes like cards lie side by side in it: it may be a tray or a page."""
    wide = grown(quad, AROUND)
    within = [one for one in likely if area(one) < 0.6 * area(quad) and overlap(wide, one) > 0.97 * area(one)]
    return len(apart(within)) < 2


def is_plain_around(frame: Pixels, quad: Quad) -> bool:
    """Whether nothing like print stands outside the rim."""
    outside = np.ones(frame.shape[:2], np.uint8)
    cv2.fillConvexPoly(outside, grown(quad, AROUND).astype(np.int32), 0)
    sharp = steps(frame) > STEP
    return bool(np.count_nonzero(sharp & (outside > 0)) <= MOST_BUSY * outside.size)


def steps(frame: Pixels) -> NDArray[np.uint8]:
    """For each pixel the largest difference of grey among its neighbours, the grain of the desk smoothed before."""
    grey = cv2.GaussianBlur(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)), np.uint8)
