"""Parts and small copies of the kept pictures of cards, made when they are asked for: no second copy is kept."""

from collections.abc import Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image

from service.domain.reading.card import Box, Corners

AIR: Final = 0.3
"""So much of its own height is left around a box: letters need air to be read."""
QUALITY: Final = 90


SMALL_PX: Final = 176
"""The longer side of a picture in a list, for screens of two pixels a point."""
SMALL_QUALITY: Final = 80
GAP_PX: Final = 24
"""Between the cards of a photo that was cut anew."""


def cut(picture: BinaryIO, box: Box) -> bytes:
    """Give the box and a little around it as a JPEG; a box outside the picture gives what is nearest to it."""
    air = max(round(min(box.height, box.width) * AIR), 4)
    with Image.open(picture) as card:
        left, top = min(max(box.left - air, 0), card.width - 1), min(max(box.top - air, 0), card.height - 1)
        right, bottom = min(box.right + air, card.width), min(box.bottom + air, card.height)
        part = card.convert("RGB").crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    written = BytesIO()
    part.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def small(picture: BinaryIO) -> bytes:
    """Give the whole picture as a small JPEG."""
    written = BytesIO()
    with Image.open(picture) as card:
        card.draft("RGB", (SMALL_PX, SMALL_PX))  # a JPEG is unpacked at a quarter of its size in a quarter of the time
        card.thumbnail((SMALL_PX, SMALL_PX))
        card.convert("RGB").save(written, "JPEG", quality=SMALL_QUALITY, optimize=True)
    return written.getvalue()


def stacked(pictures: Sequence[BinaryIO]) -> tuple[bytes, list[Corners]]:
    """Some pictures of cards as one photo, one below the other, as a JPEG; and where each lies in it."""
    with ExitStack() as stack:
        cards = [stack.enter_context(Image.open(picture)).convert("RGB") for picture in pictures]
    width = max(card.width for card in cards) + 2 * GAP_PX
    sheet = Image.new("RGB", (width, sum(card.height + GAP_PX for card in cards) + GAP_PX), "white")
    places, top = [], GAP_PX
    for card in cards:
        sheet.paste(card, (GAP_PX, top))
        left, right, bottom = float(GAP_PX), float(GAP_PX + card.width), float(top + card.height)
        places.append(((left, float(top)), (right, float(top)), (right, bottom), (left, bottom)))
        top += card.height + GAP_PX
    written = BytesIO()
    sheet.save(written, "JPEG", quality=QUALITY)
    return written.getvalue(), places
