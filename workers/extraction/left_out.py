"""Print that a look for text left out, told by its strokes: on a card with large type the small lines vanish."""

import cv2
import numpy as np
from numpy.typing import NDArray

from workers.extraction.decode import Pixels
from workers.extraction.quads import Boxes, sides

STROKE = 40  # of grey from one pixel to the next but one
BLANK = 15  # pixels between two letters at the most
HEIGHTS = (6, 34)  # pixels of a line that may have been left out: what is taller is seen
LONG, LONGEST_ICON = 4, 45  # times its height, and pixels: what is shorter is an icon
FULL = (0.3, 0.9)  # the share of a line that is strokes: less is a drawing, more a bar
BORDER = 12  # pixels: the rim of the card itself
HALO = 0.5  # of a line's height, in which its own strokes may still lie


def lines_left_out(picture: Pixels, boxes: Boxes) -> int:
    """How many shapes like lines of small print stand in none of the boxes."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    strokes = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > STROKE
    strokes &= elsewhere(boxes, strokes.shape)
    joined = cv2.morphologyEx(strokes.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, BLANK), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 1), np.uint8))
    _, _, shapes, _ = cv2.connectedComponentsWithStats(joined)
    return sum(is_line(strokes[y : y + high, x : x + wide]) for x, y, wide, high, _ in shapes[1:].tolist())


def elsewhere(boxes: Boxes, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """All of a picture but the boxes, with some room about them, and its border."""
    free = np.zeros(shape, np.uint8)
    free[BORDER:-BORDER, BORDER:-BORDER] = 1
    for box in boxes:
        outward = box - box.mean(axis=0)
        outward /= np.maximum(1.0, np.linalg.norm(outward, axis=1, keepdims=True))
        cv2.fillConvexPoly(free, (box + outward * max(BORDER / 2, HALO * min(sides(box)))).astype(np.int32), 0)
    return np.asarray(free, np.bool_)


def is_line(strokes: NDArray[np.bool_]) -> bool:
    high, wide = strokes.shape
    shaped = HEIGHTS[0] <= high <= HEIGHTS[1] and wide >= max(LONG * high, LONGEST_ICON)
    return bool(shaped and FULL[0] < strokes.mean() < FULL[1])
