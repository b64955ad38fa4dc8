"""Shapes with four straight sides that stand out from what they lie on: what may be the rim of a card."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from workers.extraction.decode import Pixels, shrunk
from workers.extraction.quads import Quad, area, aspect, lengths, ordered, squareness, without_twins

LOOK_PX = 500  # the long side at which rims are looked for: letters blur away, rims stay
SMALLEST = 0.008  # of the frame: a twelfth of a table, seen small
LARGEST = 0.97
LONGEST = 3.2  # the longer side over the shorter, seen at a slant
THINNEST = 9.0  # the same of a coloured panel along one side of a card
MOST_SKEWED = 0.55  # cosine: corners between 57 and 123 degrees
MOST_TAPERED = 1.8  # a side over the one opposite
FULLEST = 0.82  # of the quad's area is the shape's own
STANDS_OUT = (8, 13, 20)  # in Lab, from the desk's colour: the eye tells 2 apart, the sensor's grain is about 5
ACROSS_PX = 5  # from a rim to either side of it, in the frame: a rim is found to within two pixels
ALONG = np.linspace(0.06, 0.94, 48, dtype=np.float32)[:, None]  # where along a side the step of colour is taken
RIM_PX = 9  # the edge of the frame, where the desk is looked for


def rims(frame: Pixels) -> list[Quad]:
    """Every plausible rim in the frame, the best filled first, in the frame's pixels; strips too, which none is alone."""
    small = shrunk(frame, LOOK_PX)
    scale = frame.shape[1] / small.shape[1]
    found = [found for mask in masks(small) for found in shapes(mask)]
    found.sort(key=lambda pair: -pair[0])
    return without_twins([quad * np.float32(scale) for _, quad in found], alike=0.9)


def masks(small: Pixels) -> Iterator[NDArray[np.uint8]]:
    """Light against dark and colour against colour, card against desk, then lines of contrast, however faint."""
    lab = np.asarray(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB), (5, 5), 0), np.uint8)
    channels = [np.ascontiguousarray(lab[:, :, place]) for place in range(3)]
    for plane in channels:
        _, mask = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        yield opened(mask)
    away = from_desk(lab)
    for least in STANDS_OUT:
        _, mask = cv2.threshold(away, least, 255, cv2.THRESH_BINARY)
        yield opened(mask)
    for channel, low, high in ((0, 20, 60), (0, 50, 140), (0, 8, 24), (1, 6, 18), (2, 6, 18)):
        lines = cv2.Canny(channels[channel], low, high)
        yield np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)), np.uint8)


def opened(mask: ArrayLike) -> NDArray[np.uint8]:
    return np.asarray(cv2.morphologyEx(np.asarray(mask), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)


def from_desk(lab: Pixels) -> NDArray[np.uint8]:
    """How far each pixel is from the desk's colour, which changes evenly from one side of the frame to the other.

    A panel of nearly the desk's tone stands out so, where light against dark would leave it on the desk's side.
    """
    height, width = lab.shape[:2]
    rows, columns = np.mgrid[0:height:4, 0:width:4]
    edge = (rows < RIM_PX) | (rows >= height - RIM_PX) | (columns < RIM_PX) | (columns >= width - RIM_PX)
    rows, columns = rows[edge], columns[edge]
    places = np.stack([np.ones(len(rows)), columns, rows], axis=1)
    colours = lab[rows, columns].astype(np.float64)
    plain = np.ones(len(rows), np.bool_)
    for _ in range(3):  # what touches the frame's edge and is no desk drops out
        plane = np.linalg.lstsq(places[plain], colours[plain], rcond=None)[0]
        off = np.abs(places @ plane - colours).sum(axis=1)
        plain = off <= max(6.0, 2 * float(np.median(off)))
    flat, across, down = plane.astype(np.float32)
    desk = flat + np.arange(width)[None, :, None] * across + np.arange(height)[:, None, None] * down
    far = lab - desk.astype(np.float32)
    return np.asarray(np.sqrt((far * far).sum(axis=2)).clip(0, 255), np.uint8)


def weakest_side(frame: Pixels, quad: Quad) -> float:
    """The mean step of colour across the side where it is smallest; grain and wood cancel out along a side."""
    ahead = quad[[1, 2, 3, 0]] - quad
    out = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) / np.maximum(1.0, np.linalg.norm(ahead, axis=1))[:, None]
    most = np.array([frame.shape[1] - 1, frame.shape[0] - 1])
    points = quad[:, None] + ahead[:, None] * ALONG
    outer, inner = (np.clip(points + out[:, None] * by, 0, most).astype(int) for by in (ACROSS_PX, -ACROSS_PX))
    step = frame[outer[..., 1], outer[..., 0]].astype(np.int16) - frame[inner[..., 1], inner[..., 0]]
    return float(np.abs(step.mean(axis=1)).max(axis=1).min())


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
    """Whether a card, seen at a slant, or a panel along one of its sides, could look like this."""
    top, right, bottom, left = lengths(quad)
    tapers = max(max(pair) / max(1.0, min(pair)) for pair in ((top, bottom), (right, left)))
    return tapers <= MOST_TAPERED and aspect(quad) <= THINNEST and squareness(quad) <= MOST_SKEWED


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
