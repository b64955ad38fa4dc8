"""The part of a card's picture to show beside a field, as the viewBox of an SVG (which needs no inline style)."""

from dataclasses import dataclass
from typing import Protocol

from service.domain.reading.card import Box

MARGIN = 0.3
"""How much of its own height a crop shows around the box: letters need air to be read, and no neighbours."""


NARROWEST = 0.4
"""A crop shows at least this share of the card's width, or a short word would fill the screen."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A window on the squared card, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def view_box(self) -> str:
        return f"{self.left} {self.top} {self.width} {self.height}"


class Pictured(Protocol):
    """Whatever has a squared picture of this size."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


def crop_of(box: Box | None, card: Pictured) -> Crop | None:
    """A little more than the box, inside the card; None where there is nothing of the card to show."""
    if box is None:
        return None
    air = max(round(min(box.height, box.width) * MARGIN), 4)
    wide = max(box.width + 2 * air, round(card.width * NARROWEST))
    left, top = max(min(box.left - air, card.width - wide), 0), max(box.top - air, 0)
    right, bottom = min(left + wide, card.width), min(box.bottom + air, card.height)
    if right <= left or bottom <= top:
        return None
    return Crop(left=left, top=top, width=right - left, height=bottom - top)
