"""A card cut out of its photo, square, and the right way up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from service.domain.reading.card import Corners
from workers.extraction.crops import cut, strip
from workers.extraction.decode import Photo, Pixels, larger
from workers.extraction.left_out import lines_left_out
from workers.extraction.light import evened
from workers.extraction.quads import Boxes, Quad, area, overlap, sides
from workers.extraction.readers.sight import Sight

JPEG_QUALITY = 88
CARD_PX = 1200  # the long side of the squared card: more pixels buy nothing, fewer lose small letters
DETECT_PX, LOOK_PX = 480, 736  # the detector's side: cheap; for small lines that it left out
FEW_LEFT_OUT = 2  # shapes like lines from which they are looked for again: a single one is mostly a drawing
ASKED = 5  # lines that vote on which way is up
CLEAR_VOTE = 2.0
NOISE = 0.5  # mean confidence of what is read where no letters stand, or where they stand on their heads


@dataclass(frozen=True, slots=True)
class Squared:
    """A card on its own: its picture, where its lines of text lie, and its corners in the photo as shown.

    `legible` is the picture with its light made even, for whoever reads it.
    """

    picture: Pixels
    boxes: Boxes
    corners: Quad
    legible: Pixels

    @property
    def width(self) -> int:
        return int(self.picture.shape[1])

    @property
    def height(self) -> int:
        return int(self.picture.shape[0])

    def corners_in(self, photo: Photo) -> Corners:
        """The corners as values, held to the photo."""
        held = np.clip(self.corners, 0, [photo.width - 1, photo.height - 1]).tolist()
        top_left, top_right, bottom_right, bottom_left = ((float(x), float(y)) for x, y in held)
        return top_left, top_right, bottom_right, bottom_left

    def as_jpeg(self) -> bytes:
        _, jpeg = cv2.imencode(".jpg", self.picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return bytes(jpeg)


def straighten(photo: Photo, quads: Sequence[Quad], sight: Sight) -> Iterator[Squared]:
    """Square the card within each quad (in pixels of the frame), find its lines, and turn it the right way up."""
    places = [np.asarray(quad / photo.frame_scale, np.float32) for quad in quads]
    # Decoded once, as large as the smallest card needs.
    source = larger(photo, scale=max((scale_of(corners) for corners in places), default=0.0))
    for corners in places:
        picture = square(source, corners, source.shape[1] / photo.width)
        yield upright(with_lines(picture, corners, sight), sight)


def with_lines(picture: Pixels, corners: Quad, sight: Sight) -> Squared:
    """A card that was cut out of a photo there, with its lines of text."""
    legible = evened(picture)
    boxes = sight.text_boxes(legible, side_px=DETECT_PX)
    if lines_left_out(legible, boxes) >= FEW_LEFT_OUT:
        boxes = with_more(boxes, sight.text_boxes(legible, side_px=LOOK_PX))
    return Squared(picture, boxes, corners, legible)


def with_more(seen: Boxes, again: Boxes) -> Boxes:
    """The boxes of a first look, and those of a second that lie elsewhere."""
    free = [box for box in again if all(overlap(box, other) < 0.3 * area(box) for other in seen)]
    return np.concatenate([seen, np.stack(free)]) if free else seen


def scale_of(corners: Quad) -> float:
    """How much smaller than in the photo the squared card is; never larger."""
    return min(1.0, CARD_PX / max(1.0, *sides(corners)))


def square(source: Pixels, corners: Quad, source_scale: float) -> Pixels:
    """The card at its true proportions, at most CARD_PX long; `corners` in pixels of the photo."""
    wide, high = sides(corners)
    scale = scale_of(corners)
    return cut(source, corners * np.float32(source_scale), max(32, round(wide * scale)), max(32, round(high * scale)))


def upright(card: Squared, sight: Sight) -> Squared:
    """Lines run from left to right, and stand on their feet."""
    if not len(card.boxes):
        return card
    if runs_down(card.boxes):
        card = quarter_turned(card)
    crops = [strip(card.legible, box) for box in longest(card.boxes)]
    vote = sight.upright_vote(crops)
    if abs(vote) < min(CLEAR_VOTE, len(crops)) or len(crops) < 2:
        vote = reading_vote(crops[:2], sight) or vote
    return half_turned(card) if vote < 0 else card


def runs_down(boxes: Boxes) -> bool:
    """Whether the text, by length, is mostly higher than wide."""
    wide = np.ptp(boxes[:, :, 0], axis=1)
    high = np.ptp(boxes[:, :, 1], axis=1)
    odd = np.maximum(wide, high) > 1.3 * np.minimum(wide, high)  # short boxes say nothing
    return bool(high[odd & (high > wide)].sum() > wide[odd & (wide >= high)].sum())


def longest(boxes: Boxes) -> list[Quad]:
    """The lines with most letters: long for their height."""
    shapes = [(w / max(1.0, h), box) for box in boxes for w, h in [sides(box)]]
    fit = [pair for pair in shapes if pair[0] >= 1.5] or shapes
    return [box for _, box in sorted(fit, key=lambda pair: -min(pair[0], 12.0))[:ASKED]]


def reading_vote(crops: list[Pixels], sight: Sight) -> float:
    """How much more, and surer, the lines read as they stand than turned on their heads: letters of print, not noise."""
    turned = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
    seen = [len(seen.text) * max(0.0, seen.confidence - NOISE) for seen in sight.recognise([*crops, *turned])]
    return sum(seen[: len(crops)]) - sum(seen[len(crops) :])


def quarter_turned(card: Squared) -> Squared:
    """Turned by 90 degrees against the clock."""
    boxes = np.stack([card.boxes[:, :, 1], card.width - card.boxes[:, :, 0]], axis=2)
    picture, legible = (np.ascontiguousarray(np.rot90(each)) for each in (card.picture, card.legible))
    corners = np.roll(card.corners, -1, axis=0)
    return Squared(picture, reordered(boxes), corners, legible)


def half_turned(card: Squared) -> Squared:
    boxes = np.array([card.width, card.height], np.float32) - card.boxes
    picture, legible = (np.ascontiguousarray(each[::-1, ::-1]) for each in (card.picture, card.legible))
    corners = np.roll(card.corners, -2, axis=0)
    return Squared(picture, reordered(boxes), corners, legible)


def reordered(boxes: NDArray[np.float32]) -> Boxes:
    """Each box again from its top left, clockwise: the two left corners are the two least far right."""
    return np.stack([top_left_first(box) for box in boxes]).astype(np.float32)


def top_left_first(box: Quad) -> Quad:
    across = box[np.argsort(box[:, 0], kind="stable")]
    left, right = across[:2], across[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return np.stack([left[0], right[0], right[1], left[1]])
