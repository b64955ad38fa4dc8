"""Four-cornered shapes: order, size, shape, and what lies inside them. A quad is a (4, 2) array of pixels."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Quad = NDArray[np.float32]
Boxes = NDArray[np.float32]
"""(n, 4, 2): the corners of each line of text, clockwise from its top left."""


def ordered(corners: Quad) -> Quad:
    """The corners clockwise as seen, beginning at the one nearest to the top left."""
    middle = corners.mean(axis=0)
    around = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    turning = corners[np.argsort(around)]
    return np.roll(turning, -int(np.argmin(turning.sum(axis=1))), axis=0).astype(np.float32)


def area(quad: Quad) -> float:
    return float(abs(cv2.contourArea(quad)))


def lengths(quad: Quad) -> tuple[float, float, float, float]:
    """Of its four sides, the first as the top and clockwise: without NumPy, whose every call costs more than this."""
    a, b, c, d = quad.tolist()
    return math.dist(a, b), math.dist(b, c), math.dist(c, d), math.dist(d, a)


def sides(quad: Quad) -> tuple[float, float]:
    """Mean width and mean height, taking the first side as the top."""
    top, right, bottom, left = lengths(quad)
    return (top + bottom) / 2, (right + left) / 2


def aspect(quad: Quad) -> float:
    """The longer side over the shorter."""
    width, height = sides(quad)
    return max(width, height) / max(1.0, min(width, height))


def squareness(quad: Quad) -> float:
    """The largest cosine among the four corners: 0 for a rectangle."""
    corners = quad.tolist()
    triples = zip(corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True)
    return max(cosine(before, at, after) for before, at, after in triples)


def cosine(before: list[float], at: list[float], after: list[float]) -> float:
    """Of the corner `at` between two others, without its sign."""
    back, ahead = (before[0] - at[0], before[1] - at[1]), (after[0] - at[0], after[1] - at[1])
    both = math.hypot(*back) * math.hypot(*ahead)
    return abs(back[0] * ahead[0] + back[1] * ahead[1]) / max(both, 1e-6)


def overlap(one: Quad, other: Quad) -> float:
    """The area that two convex quads share."""
    return float(cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))[0])


def union_share(one: Quad, other: Quad) -> float:
    """Shared area over joint area, 0 to 1."""
    shared = overlap(one, other)
    return shared / max(1e-6, area(one) + area(other) - shared)


def grown(quad: Quad, share: float) -> Quad:
    """The quad with its corners moved away from the middle by a share of their distance."""
    middle = quad.mean(axis=0)
    return np.asarray((quad - middle) * (1 + share) + middle, np.float32)


def inside(quad: Quad, boxes: Boxes) -> NDArray[np.float32]:
    """For each box the share of nine points of it (corners, sides, middle) that lie within the quad."""
    if not len(boxes):
        return np.zeros(0, np.float32)
    points = np.concatenate(
        [boxes, (boxes + np.roll(boxes, -1, axis=1)) / 2, boxes.mean(axis=1, keepdims=True)], axis=1
    )
    ahead = np.roll(quad, -1, axis=0) - quad
    turn = np.sign(float(cv2.contourArea(quad, oriented=True))) or 1.0
    away = points[:, :, None, :] - quad[None, None, :, :]
    cross = ahead[None, None, :, 0] * away[..., 1] - ahead[None, None, :, 1] * away[..., 0]
    return np.asarray((cross * turn >= 0).all(axis=2).mean(axis=1), np.float32)


def around(boxes: Boxes) -> Quad:
    """The smallest rectangle, at any turn, around all boxes."""
    return ordered(np.asarray(cv2.boxPoints(cv2.minAreaRect(boxes.reshape(-1, 2))), np.float32))


def with_margin(quad: Quad, margin: float) -> Quad:
    """A rectangle made larger by `margin` pixels on every side."""
    (centre, (width, height), turn) = cv2.minAreaRect(quad)
    larger = (centre, (width + 2 * margin, height + 2 * margin), turn)
    return ordered(np.asarray(cv2.boxPoints(larger), np.float32))


def clipped(quad: Quad, width: int, height: int) -> Quad:
    return np.clip(quad, 0, [width - 1, height - 1]).astype(np.float32)


def frame_of(width: int, height: int) -> Quad:
    return np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)


def without_twins(found: Sequence[Quad], *, alike: float) -> list[Quad]:
    """The quads in their order, leaving out each that covers nearly the same as one before it."""
    kept: list[Quad] = []
    for quad in found:
        if all(union_share(quad, other) < alike for other in kept):
            kept.append(quad)
    return kept


def median_height(boxes: Boxes) -> float:
    """The median letter height of lines of text: the shorter side of their boxes."""
    return float(np.median([min(sides(box)) for box in boxes])) if len(boxes) else 0.0
