"""Lines of print found without a network, by their strokes: for machines on which RapidOCR cannot be had."""

import cv2
import numpy as np
from numpy.typing import NDArray

from workers.extraction.decode import Pixels, shrunk
from workers.extraction.quads import Boxes, median_height, sides, with_margin

SMALLEST_PX, TALLEST_SHARE = 6, 0.2
EMPTIEST = 0.35  # of a line's box is touched by strokes


def text_boxes(pixels: Pixels, *, side_px: int) -> Boxes:
    """Where lines of text seem to lie, looked for with the longer side shrunk to twice `side_px`."""
    small = shrunk(pixels, 2 * side_px)
    scale = pixels.shape[1] / small.shape[1]
    strokes = strokes_of(np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8))
    rows, columns = along(strokes, down=False), along(strokes, down=True)
    best = rows if lengthiness(rows) >= lengthiness(columns) else columns
    return np.asarray(np.stack(best) * scale, np.float32) if best else np.zeros((0, 4, 2), np.float32)


def along(strokes: NDArray[np.uint8], *, down: bool) -> list[NDArray[np.float32]]:
    """Lines of letters running across (or down): joined into words first, then words by the height of these."""
    found: list[NDArray[np.float32]] = []
    reach = max(5, round(min(strokes.shape) / 40))
    for _ in range(2):
        found = boxes_in(closed(strokes, *((reach, 3) if down else (3, reach))), strokes)
        reach = max(reach, round(0.8 * median_height(np.array(found))))
    return found


def strokes_of(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """White where thin things are, dark on light or light on dark."""
    kernel = np.ones((9, 9), np.uint8)
    thin = cv2.max(cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel), cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, kernel))
    _, mask = cv2.threshold(thin, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def closed(strokes: NDArray[np.uint8], high: int, wide: int) -> NDArray[np.uint8]:
    """Strokes with the gaps between them filled: letters run together into words."""
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((high, wide), np.uint8)), np.uint8)


def boxes_in(mask: NDArray[np.uint8], strokes: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    found = []
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        low, high = sorted((width, height))
        if SMALLEST_PX <= low <= TALLEST_SHARE * min(mask.shape) and high >= 1.5 * low:
            touched = float(strokes[top : top + height, left : left + width].mean()) / 255
            if touched >= EMPTIEST * 0.5:
                found.append(with_margin(np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float32), 0.2 * low))
    return found


def lengthiness(boxes: list[NDArray[np.float32]]) -> float:
    return sum(max(sides(box)) / max(1.0, min(sides(box))) for box in boxes)
