"""Things that are no cards, which a reader must refuse: receipts, book pages, boxes, signs."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from bench.fonts import font


def slip(lines: Sequence[str], *, size_px: int = 30) -> Image.Image:
    """A till receipt: the head centred, the rest in one fixed pitch."""
    wide, step = round(size_px * 0.602 * (max(map(len, lines)) + 3)), round(size_px * 1.45)
    picture = Image.new("RGB", (wide, step * (len(lines) + 3)), (250, 249, 245))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        face = font("LiberationMono-Bold.ttf" if number == 0 else "LiberationMono-Regular.ttf", size_px)
        draw.text((wide / 2, step * (number + 1.5)), line, font=face, fill=(44, 44, 52), anchor="mm")
    return picture
