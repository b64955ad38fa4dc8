# ruff: noqa: INP001 - a script beside others
"""Draw the icons of the installed app: `.venv/bin/python script/icons.py`, after a change of the mark."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "service" / "web" / "static" / "icons"
PAPER, INK, MARK = "#f6f0e4", "#1b2440", "#ffcf4f"
GRID = 32
"""The drawing of icon.svg stands on a grid of 32."""

FINER = 4
"""Drawn so many times larger, then made smaller: Pillow has no soft edges of its own."""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, size, corner, scale in (
        ("icon-192", 192, 7, 1.0),
        ("icon-512", 512, 7, 1.0),
        # A system cuts its own shape out of these, of which only the inner four fifths are safe.
        ("maskable-512", 512, 0, 0.78),
        ("apple-180", 180, 0, 0.9),
    ):
        drawn(size, corner=corner, scale=scale).save(FOLDER / f"{name}.png", optimize=True)


def drawn(size: int, *, corner: float, scale: float) -> Image.Image:
    """A card that comes out of a drawer, on paper; `corner` 0 fills the square."""
    unit = size * FINER / GRID
    picture = Image.new("RGBA", (size * FINER,) * 2)
    ImageDraw.Draw(picture).rounded_rectangle(box(unit, 0, 0, 32, 32), corner * unit, PAPER)
    mark = Image.new("RGBA", picture.size)
    card(mark, unit)
    drawer(ImageDraw.Draw(mark), unit)
    inner = round(size * FINER * scale)
    at = (size * FINER - inner) // 2
    picture.alpha_composite(mark.resize((inner, inner), Image.Resampling.LANCZOS), (at, at))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def card(mark: Image.Image, unit: float) -> None:
    layer = Image.new("RGBA", mark.size)
    ImageDraw.Draw(layer).rounded_rectangle(box(unit, 9, 5.5, 24, 15.5), 1.3 * unit, MARK)
    centre = (16.5 * unit, 10.5 * unit)
    mark.alpha_composite(layer.rotate(6, Image.Resampling.BICUBIC, center=centre))


def drawer(draw: ImageDraw.ImageDraw, unit: float) -> None:
    draw.rounded_rectangle(box(unit, 5.5, 13.5, 26.5, 26), 2 * unit, INK)
    draw.rounded_rectangle(box(unit, 5.5, 13.5, 26.5, 20), unit, INK)
    draw.rounded_rectangle(box(unit, 11.9, 18.7, 20.1, 20.9), 1.1 * unit, MARK)


def box(unit: float, *sides: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (side * unit for side in sides)
    return left, top, right, bottom


if __name__ == "__main__":
    main()
