"""Boxes of text whose end cuts through a letter, made longer to the end of the word.

The detector, looking at a small picture, sometimes ends a line of wide-set letters too early.
"""

import numpy as np
from numpy.typing import NDArray

from workers.extraction.crops import strip
from workers.extraction.decode import Pixels
from workers.extraction.quads import Boxes, Quad, overlap, sides

REACH = 3.0  # heights of the line that a box may grow by at an end
BLANK = 0.5  # heights of the line without ink that end a word for good
INKED = 0.4  # of the contrast within the line


def whole_words(picture: Pixels, boxes: Boxes) -> Boxes:
    """The boxes, the end of each moved on where a letter stands across it, unless another box lies there."""
    grown = [longer(picture, box) for box in boxes]
    alone = [is_free(new, old, i, boxes) for i, (new, old) in enumerate(zip(grown, boxes, strict=True))]
    kept = [new if free else old for new, old, free in zip(grown, boxes, alone, strict=True)]
    return np.stack(kept).astype(np.float32) if kept else boxes


def is_free(new: Quad, old: Quad, index: int, boxes: Boxes) -> bool:
    if new is old:
        return True
    return all(overlap(new, other) <= overlap(old, other) + 1 for i, other in enumerate(boxes) if i != index)


def longer(picture: Pixels, box: Quad) -> Quad:
    """The box with its right end where the ink ends; the box itself where no letter is cut.

    Not the left end: what stands before a line is more often a logo or a small picture than a lost letter.
    """
    wide, high = sides(box)
    if wide < 1.5 * high or not cuts_ink(picture, box):
        return box
    along = (box[1] - box[0] + box[2] - box[3]) / 2 / wide
    reach = REACH * high
    wider = np.stack([box[0], box[1] + along * reach, box[2] + along * reach, box[3]])
    ink = inked_columns(strip(picture, wider.astype(np.float32)), wide / (wide + reach))
    pixel = (wide + reach) / len(ink)
    more = along * pixel * beyond(ink[int(wide / pixel) :], high / pixel)
    return np.stack([box[0], box[1] + more, box[2] + more, box[3]]) if more.any() else box


def cuts_ink(picture: Pixels, box: Quad) -> bool:
    """A glance at the column of pixels where the box ends: whether it stands out from the paper as letters do."""
    low, high = box.min(axis=0).astype(int), box.max(axis=0).astype(int)
    inset = (high[1] - low[1]) // 5
    rows = picture[low[1] + inset : high[1] - inset, :, 1].astype(np.float32)
    line, end = rows[:, low[0] : high[0] : 3], rows[:, high[0] - 1 : high[0] + 2]
    if not line.size or not end.size:
        return False
    paper = float(np.median(line))
    return bool(np.abs(end - paper).max() > INKED * np.abs(line - paper).max())


def inked_columns(crop: Pixels, share: float) -> NDArray[np.bool_]:
    """For each column of a line, whether a letter stands in it: its contrast against that of the first `share`."""
    grey = crop.mean(axis=2)
    rows = grey[round(grey.shape[0] * 0.2) : max(1, round(grey.shape[0] * 0.8))]
    contrast = np.abs(rows - np.median(rows)).max(axis=0)
    within = contrast[: max(1, round(len(contrast) * share))]
    return np.asarray(contrast > INKED * float(np.percentile(within, 90)), np.bool_)


def beyond(ink: NDArray[np.bool_], height: float) -> int:
    """How many columns past the first one the ink goes on before a blank; 0 where it does not, or never ends."""
    if not ink[:2].any():
        return 0
    columns = np.flatnonzero(ink)
    gaps = np.diff(np.append(columns, len(ink) + round(height)))
    last = int(columns[np.argmax(gaps > BLANK * height)])
    return 0 if last >= len(ink) - BLANK * height else last + round(0.15 * height)
