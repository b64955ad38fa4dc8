"""Marks on a card that are not type: icons, invented logos, codes."""

import math
import random

import segno
from PIL import Image, ImageDraw

from bench.printed.themes import Colour

Point = tuple[float, float]


def icon(kind: str, side_px: int, colour: Colour) -> Image.Image:
    """A small sign for a kind of contact, drawn at four times its size and shrunk."""
    big = side_px * 4
    picture = Image.new("RGBA", (big, big), (*colour, 0))
    draw = ImageDraw.Draw(picture)
    {"mail": envelope, "web": globe, "address": pin, "mobile": mobile, "fax": printer}.get(kind, handset)(
        draw, big, (*colour, 255)
    )
    return picture.resize((side_px, side_px), Image.Resampling.LANCZOS)


Ink = tuple[int, int, int, int]


def envelope(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    thick = max(2, side // 12)
    box = (side * 0.06, side * 0.2, side * 0.94, side * 0.8)
    draw.rounded_rectangle(box, side * 0.05, outline=ink, width=thick)
    draw.line([(box[0], box[1]), (side / 2, side * 0.56), (box[2], box[1])], fill=ink, width=thick)


def globe(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    thick = max(2, side // 14)
    edge = side * 0.07
    draw.ellipse((edge, edge, side - edge, side - edge), outline=ink, width=thick)
    draw.ellipse((side * 0.32, edge, side * 0.68, side - edge), outline=ink, width=thick)
    draw.line([(edge, side / 2), (side - edge, side / 2)], fill=ink, width=thick)


def pin(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    draw.ellipse((side * 0.2, side * 0.03, side * 0.8, side * 0.63), fill=ink)
    draw.polygon([(side * 0.24, side * 0.48), (side * 0.76, side * 0.48), (side / 2, side * 0.98)], fill=ink)
    draw.ellipse((side * 0.39, side * 0.22, side * 0.61, side * 0.44), fill=(*ink[:3], 0))


def mobile(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    thick = max(2, side // 12)
    draw.rounded_rectangle((side * 0.26, side * 0.04, side * 0.74, side * 0.96), side * 0.08, outline=ink, width=thick)
    draw.line([(side * 0.42, side * 0.86), (side * 0.58, side * 0.86)], fill=ink, width=thick)


def printer(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    thick = max(2, side // 12)
    draw.rectangle((side * 0.28, side * 0.08, side * 0.72, side * 0.36), outline=ink, width=thick)
    draw.rounded_rectangle((side * 0.08, side * 0.36, side * 0.92, side * 0.74), side * 0.06, fill=ink)
    draw.rectangle((side * 0.28, side * 0.6, side * 0.72, side * 0.94), fill=(*ink[:3], 0), outline=ink, width=thick)


def handset(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    """A receiver: a thick arc with an ear and a mouth piece."""
    draw.arc((side * 0.16, -side * 0.42, side * 1.42, side * 0.84), 95, 175, fill=ink, width=int(side * 0.17))
    for x, y in ((0.27, 0.26), (0.74, 0.73)):
        around = (side * (x - 0.15), side * (y - 0.17), side * (x + 0.15), side * (y + 0.17))
        draw.rounded_rectangle(around, side * 0.07, fill=ink)


def logo(side_px: int, colour: Colour, *, seed: int) -> Image.Image:
    """An invented mark without letters, since those would be text that no truth knows of; the seed decides which."""
    chance = random.Random(seed)
    big = side_px * 3
    picture = Image.new("RGBA", (big, big), (*colour, 0))
    draw = ImageDraw.Draw(picture)
    ink: Ink = (*colour, 255)
    chance.choice([rings, petals, bars, hexagon, peaks, leaf, blocks])(draw, big, ink)
    return picture.resize((side_px, side_px), Image.Resampling.LANCZOS)


def rings(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    thick = side // 11
    draw.ellipse((0, side * 0.2, side * 0.6, side * 0.8), outline=ink, width=thick)
    draw.ellipse((side * 0.4, side * 0.2, side, side * 0.8), outline=ink, width=thick)


def petals(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    for turn in range(6):
        angle = turn * math.pi / 3
        x, y = side / 2 + math.cos(angle) * side * 0.29, side / 2 + math.sin(angle) * side * 0.29
        draw.ellipse((x - side * 0.17, y - side * 0.17, x + side * 0.17, y + side * 0.17), fill=ink)


def bars(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    for number, high in enumerate((0.45, 0.7, 1.0, 0.6)):
        left = side * (0.04 + number * 0.245)
        draw.rounded_rectangle((left, side * (1 - high), left + side * 0.17, side), side * 0.05, fill=ink)


def polygon_of(side: float, corners: int, radius: float, turn: float) -> list[Point]:
    angles = [turn + 2 * math.pi * n / corners for n in range(corners)]
    return [(side / 2 + math.cos(a) * radius, side / 2 + math.sin(a) * radius) for a in angles]


def hexagon(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    draw.polygon(polygon_of(side, 6, side * 0.5, math.pi / 6), fill=ink)
    draw.polygon(polygon_of(side, 6, side * 0.3, math.pi / 6), fill=(*ink[:3], 0))
    draw.polygon(polygon_of(side, 6, side * 0.14, math.pi / 6), fill=ink)


def peaks(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    draw.polygon([(0, side * 0.9), (side * 0.38, side * 0.15), (side * 0.76, side * 0.9)], fill=ink)
    draw.polygon([(side * 0.5, side * 0.9), (side * 0.75, side * 0.45), (side, side * 0.9)], fill=ink)


def leaf(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    draw.pieslice((-side * 0.1, side * 0.1, side * 0.9, side * 1.1), 270, 360, fill=ink)
    draw.pieslice((side * 0.4, -side * 0.35, side * 1.35, side * 0.6), 90, 180, fill=ink)
    draw.line([(side * 0.12, side), (side * 0.75, side * 0.3)], fill=(*ink[:3], 0), width=side // 28)


def blocks(draw: ImageDraw.ImageDraw, side: int, ink: Ink) -> None:
    for x, y in ((0, 0), (0.54, 0.54), (0, 0.54)):
        draw.rounded_rectangle((side * x, side * y, side * (x + 0.46), side * (y + 0.46)), side * 0.06, fill=ink)
    draw.ellipse((side * 0.54, 0, side, side * 0.46), fill=ink)


def qr_code(payload: str, side_px: int, dark: Colour, light: Colour) -> Image.Image:
    """A code at the size asked for, on its own quiet ground."""
    rows = [list(row) for row in segno.make(payload, error="m", micro=False).matrix_iter(border=3)]
    small = Image.new("RGB", (len(rows), len(rows)), light)
    for y, row in enumerate(rows):
        for x, on in enumerate(row):
            if on:
                small.putpixel((x, y), dark)
    return small.resize((side_px, side_px), Image.Resampling.NEAREST)
