"""Parts of the kept pictures of cards, cut out when they are asked for: no second copy of them is kept."""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from service.domain.card import Box

AIR: Final = 0.3
"""So much of its own height is left around a box: letters need air to be read."""
QUALITY: Final = 90


def cut(picture: Path, box: Box) -> bytes:
    """Give the box and a little around it as a JPEG; a box outside the picture gives what is nearest to it."""
    air = max(round(min(box.height, box.width) * AIR), 4)
    with Image.open(picture) as card:
        left, top = min(max(box.left - air, 0), card.width - 1), min(max(box.top - air, 0), card.height - 1)
        right, bottom = min(box.right + air, card.width), min(box.bottom + air, card.height)
        part = card.convert("RGB").crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    written = BytesIO()
    part.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
