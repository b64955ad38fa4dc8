"""Cutting a tilted shape out of a picture as an upright rectangle."""

import cv2
import numpy as np

from workers.extraction.decode import Pixels
from workers.extraction.quads import Quad, sides


def cut(pixels: Pixels, quad: Quad, width: int, height: int) -> Pixels:
    """What lies within the quad, as a rectangle of this size; shrunk first where a warp would skip pixels."""
    wide, high = sides(quad)
    scale = max(width / max(1.0, wide), height / max(1.0, high))
    if scale < 0.5:  # a warp reads four pixels only: letters would break up
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        quad = quad * np.float32(scale)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    cut_out = cv2.warpPerspective(
        pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut_out, np.uint8)


def strip(pixels: Pixels, box: Quad) -> Pixels:
    """The line of text in a box, at the size it has."""
    wide, high = sides(box)
    return cut(pixels, box, max(4, round(wide)), max(4, round(high)))
