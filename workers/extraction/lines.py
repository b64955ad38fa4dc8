"""The lines of a card in reading order, each recognised, with the pieces of one line joined again."""

from dataclasses import replace

import numpy as np

from service.domain.reading.card import Box, Line
from workers.extraction.crops import strip
from workers.extraction.decode import Pixels
from workers.extraction.ends import whole_words
from workers.extraction.quads import Quad
from workers.extraction.readers import hangul
from workers.extraction.readers.seen import Seen
from workers.extraction.readers.sight import Sight
from workers.extraction.straighten import Squared

FAINT = 0.5  # mean confidence below which a line is noise: a picture, a logo, a wrinkle
TALL = 1.6  # height over width from which a box is a vertical strip


def lines_of(card: Squared, sight: Sight) -> list[Line]:
    """Everything legible on a squared card, from top to bottom and left to right."""
    boxes = whole_words(card.legible, card.boxes)
    crops = [strip(card.legible, box) for box in boxes]
    ways = [turns(crop) for crop in crops]
    seen = iter(sight.recognise([way for turned in ways for way in turned]))
    surest = [max((next(seen) for _ in turned), key=lambda one: one.confidence) for turned in ways]
    lines = [
        line_in(card.legible, box, one, engine=sight.engine, vertical=is_strip(crop))
        for box, one, crop in zip(boxes, surest, crops, strict=True)
    ]
    return joined(in_reading_order([line for line in lines if line is not None]))


def also_in_hangul(lines: list[Line], card: Squared, sight: Sight, *, country: str) -> list[Line]:
    """The lines read for Hangul as well, where a card of that country may hold it; the same ones where not."""
    if not (hangul.may_be_there(lines, country=country) and hangul.can_be_read()):
        return lines
    return lines_of(card, hangul.with_hangul(sight)) or lines


def line_in(picture: Pixels, box: Quad, seen: Seen, *, engine: str, vertical: bool) -> Line | None:
    if not seen.text or seen.confidence < FAINT:
        return None
    place = upright_box(picture, box)
    vertical = vertical and len(seen.text) > 1
    return Line(seen.text, place, seen.confidence, seen.weakest, vertical=vertical, engine=seen.engine or engine)


def is_strip(crop: Pixels) -> bool:
    return bool(crop.shape[0] > TALL * crop.shape[1])


def turns(crop: Pixels) -> list[Pixels]:
    """The ways to read a crop: as it stands, or, for a strip that runs up or down, turned to both sides."""
    if not is_strip(crop):
        return [crop]
    ways = [np.ascontiguousarray(np.rot90(crop, quarter)) for quarter in (1, 3)]
    return [*ways, crop] if crop.shape[0] < 2.5 * crop.shape[1] else ways  # it may be a single letter


def upright_box(picture: Pixels, box: Quad) -> Box:
    height, width = picture.shape[:2]
    left, top = np.floor(box.min(axis=0)).clip(0, [width - 1, height - 1]).astype(int)
    right, bottom = np.ceil(box.max(axis=0)).clip(1, [width, height]).astype(int)
    return Box(int(left), int(top), max(1, int(right - left)), max(1, int(bottom - top)))


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Rows from the top; a line belongs to a row when its middle lies within the row's first line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.top + line.box.height / 2):
        middle = line.box.top + line.box.height / 2
        if rows and any(level(line, other) for other in rows[-1][:1]) and middle < rows[-1][0].box.bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box.left)]


def level(one: Line, other: Line) -> bool:
    """Whether two lines share most of the lower one's height."""
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return shared > 0.6 * min(one.box.height, other.box.height)


def joined(lines: list[Line]) -> list[Line]:
    """Neighbours on one row, alike in height and hardly a letter apart, made one line."""
    made: list[Line] = []
    for line in lines:
        if made and one_line(made[-1], line):
            made[-1] = together(made[-1], line)
        else:
            made.append(line)
    return made


def one_line(left: Line, right: Line) -> bool:
    if left.vertical or right.vertical or not level(left, right):
        return False
    low, high = sorted((left.box.height, right.box.height))
    return high <= 1.35 * low and -0.5 * low <= right.box.left - left.box.right <= 0.7 * low


def together(left: Line, right: Line) -> Line:
    box = Box(
        left.box.left,
        min(left.box.top, right.box.top),
        max(left.box.right, right.box.right) - left.box.left,
        max(left.box.bottom, right.box.bottom) - min(left.box.top, right.box.top),
    )
    sizes = len(left.text), len(right.text)
    mean = (left.confidence * sizes[0] + right.confidence * sizes[1]) / sum(sizes)
    weakest = min(left.weakest, right.weakest)
    return replace(left, text=f"{left.text} {right.text}", box=box, confidence=mean, weakest=weakest)
