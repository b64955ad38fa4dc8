"""Cards drawn for tests: printed lines on paper, laid on a table, and photographed with a tilt."""

import io
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
LINES = (
    "Lucia Ferreiro Olmos",
    "Directora de Obras",
    "Viaductos Arriaga S.L.",
    "+34 945 123 456",
    "lucia@arriaga.example",
)


def card(
    lines: Sequence[str] = LINES, *, ink: str = "#222222", paper: str = "white", size: tuple[int, int] = (900, 520)
) -> Pixels:
    """A card with its lines from the top, the first of them largest."""
    image = Image.new("RGB", size, paper)
    draw, top = ImageDraw.Draw(image), 50
    for number, line in enumerate(lines):
        letters = 52 if number == 0 else 36
        draw.text((60, top), line, fill=ink, font=ImageFont.load_default(letters))
        top += round(letters * 1.8)
    return np.asarray(image)[:, :, ::-1].copy()


def table(width: int = 1200, height: int = 900, *, colour: tuple[int, int, int] = (70, 90, 60)) -> Pixels:
    """A table top with a little grain."""
    grain = np.random.default_rng(7).normal(0, 4, (height, width, 1))
    return (np.array(colour, np.float64) + grain).clip(0, 255).astype(np.uint8)


def laid(ground: Pixels, thing: Pixels, corners: Sequence[tuple[float, float]]) -> Pixels:
    """The ground with a thing on it, its corners (from its own top left, clockwise) at these places."""
    high, wide = thing.shape[:2]
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    size = (ground.shape[1], ground.shape[0])
    seen = cv2.warpPerspective(thing, turn, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), turn, size)
    return np.where(mask[:, :, None] > 127, seen, ground).astype(np.uint8)


@cache
def photo(*, quarter_turns: int = 0) -> Pixels:
    """One card, a little askew, on a table."""
    shot = laid(table(), card(), [(180, 190), (1020, 225), (1000, 715), (165, 670)])
    return np.ascontiguousarray(np.rot90(shot, quarter_turns))


def encoded(pixels: Pixels, kind: str = "JPEG", **how: object) -> bytes:
    held = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).save(held, kind, **how)
    return held.getvalue()


def pixels_of(picture: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))[:, :, ::-1].copy()
