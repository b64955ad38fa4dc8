"""Shapes with four straight sides that stand out from what they lie on: what may be the rim of a card."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from workers.extraction.decode import Pixels, shrunk
from workers.extraction.quads import Quad, area, aspect, ordered, squareness, without_twins

LOOK_PX = 500  # the long side at which rims are looked for: letters blur away, rims stay
SMALLEST = 0.008  # of the frame: a twelfth of a table, seen small
LARGEST = 0.97
LONGEST = 3.2  # the longer side over the shorter, seen at a slant
MOST_SKEWED = 0.55  # cosine: corners between 57 and 123 degrees
MOST_TAPERED = 1.8  # a side over the one opposite
FULLEST = 0.82  # of the quad's area is the shape's own


def rims(frame: Pixels) -> list[Quad]:
    """Every plausible rim in the frame, the best filled first, in the frame's pixels."""
    small = shrunk(frame, LOOK_PX)
    scale = frame.shape[1] / small.shape[1]
    found = [found for mask in masks(small) for found in shapes(mask)]
    found.sort(key=lambda pair: -pair[0])
    return without_twins([quad * np.float32(scale) for _, quad in found], alike=0.9)


def masks(small: Pixels) -> Iterator[NDArray[np.uint8]]:
    """Light against dark and colour against colour, then lines of contrast."""
    channels = cv2.split(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB), (5, 5), 0))
    kernel = np.ones((5, 5), np.uint8)
    for channel in channels:
        _, mask = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
        yield np.asarray(cv2.morphologyEx(255 - mask, cv2.MORPH_OPEN, kernel), np.uint8)
    for low, high in ((20, 60), (50, 140)):
        lines = cv2.Canny(channels[0], low, high)
        yield np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)), np.uint8)


def shapes(mask: NDArray[np.uint8]) -> Iterator[tuple[float, Quad]]:
    """Each contour of the mask that four straight lines describe well, with how well they do."""
    whole = mask.shape[0] * mask.shape[1]
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        if len(contour) < 4 or cv2.contourArea(contour) < SMALLEST * whole * 0.5:
            continue
        hull = cv2.convexHull(contour)
        size = float(cv2.contourArea(hull))
        if SMALLEST * whole <= size <= LARGEST * whole:
            quad = four_corners(hull)
            filled = min(size, area(quad)) / max(size, area(quad), 1.0)
            if filled >= FULLEST and plausible(quad):
                yield filled * min(1.0, float(cv2.contourArea(contour)) / size + 0.1), quad


def plausible(quad: Quad) -> bool:
    """Whether a card, seen at a slant, could look like this."""
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    tapers = max(float(max(a, b) / max(1.0, min(a, b))) for a, b in (lengths[::2], lengths[1::2]))
    return tapers <= MOST_TAPERED and aspect(quad) <= LONGEST and squareness(quad) <= MOST_SKEWED


def four_corners(hull: ArrayLike) -> Quad:
    """A convex outline reduced to four corners; its bounding rectangle where that cannot be done."""
    hull = np.asarray(hull, np.int32)
    around = cv2.arcLength(hull, closed=True)
    for share in (0.015, 0.025, 0.04, 0.06, 0.09):
        corners = cv2.approxPolyDP(hull, share * around, closed=True)
        if len(corners) == 4:
            return ordered(corners.reshape(4, 2).astype(np.float32))
        if len(corners) < 4:
            break
    return ordered(np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), np.float32))
