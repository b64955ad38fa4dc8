"""Prints a plan: type, marks and paper, as a picture of the flat card."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.printed.drawing import icon, logo, qr_code
from bench.printed.fonts import font
from bench.printed.placing import LEADING, Measure, Piece, Plan, Shape
from bench.printed.themes import Colour, Theme
from bench.seen.desks import cloud

MEASURED_AT = 100
"""Size at which widths are measured: type is taken to be linear in its size."""


def measured(theme: Theme) -> Measure:
    """How wide the theme's type runs, per unit of size."""

    def width(text: str, face: str, size: float) -> float:
        return font(theme.face(face, text), MEASURED_AT).getlength(text) * size / MEASURED_AT

    return width


def render(plan: Plan, theme: Theme, *, scale: float = 1.4, ground_seed: int = 0) -> Image.Image:
    """The card as it left the press, `scale` pixels a unit; with a seed, on a pale picture."""
    size = (round(plan.width * scale), round(plan.height * scale))
    paper = theme.palette.paper
    picture = pale_picture(size, paper, seed=ground_seed) if ground_seed else Image.new("RGB", size, paper)
    for shape in plan.shapes:
        draw_shape(picture, shape, theme, scale)
    for piece in plan.pieces:
        draw_piece(picture, piece, theme, scale)
    return picture


def pale_picture(size: tuple[int, int], paper: Colour, *, seed: int) -> Image.Image:
    """Something out of focus behind the words, faint enough to print on."""
    noise = np.random.default_rng(seed)
    depth = 0.5 + 0.5 * cloud(noise, *size, cells_x=5, cells_y=4) + 0.25 * cloud(noise, *size, cells_x=30, cells_y=22)
    share = (np.clip(depth, 0, 1) * noise.uniform(0.12, 0.3))[..., None]
    tone = noise.uniform(60, 200, 3)
    mixed = np.array(paper) * (1 - share) + tone * share
    return Image.fromarray(mixed.astype(np.uint8), "RGB")


def draw_shape(picture: Image.Image, shape: Shape, theme: Theme, scale: float) -> None:
    colour = theme.palette.of(shape.ink)
    box = [round(v * scale) for v in (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)]
    draw = ImageDraw.Draw(picture)
    side = max(8, box[2] - box[0])
    match shape.kind:
        case "rect":
            draw.rectangle(box, fill=colour)
        case "corner":
            draw.polygon([(box[0], box[1]), (box[2], box[1]), (box[2], box[3])], fill=colour)
        case "icon":
            mark = icon(shape.text, side, colour)
            picture.paste(mark, (box[0], box[1]), mark)
        case "logo":
            mark = logo(side, colour, seed=shape.detail)
            picture.paste(mark, (box[0], box[1]), mark)
        case "qr":
            picture.paste(qr_code(shape.text, side, (16, 16, 18), (255, 255, 255)), (box[0], box[1]))
        case other:
            raise ValueError(f"no such shape: {other}")


def draw_piece(picture: Image.Image, piece: Piece, theme: Theme, scale: float) -> None:
    face = font(theme.face(piece.face, piece.text), max(6, round(piece.size * scale)))
    colour = theme.palette.of(piece.ink)
    if piece.vertical:
        draw_turned(picture, piece, scale, face=face, colour=colour)
        return
    at = (piece.left * scale, (piece.top + piece.height / 2) * scale)
    ImageDraw.Draw(picture).text(at, piece.text, font=face, fill=colour, anchor="lm")


def draw_turned(
    picture: Image.Image, piece: Piece, scale: float, *, face: ImageFont.FreeTypeFont, colour: tuple[int, int, int]
) -> None:
    """Type that runs upwards along an edge."""
    wide, high = round(piece.width * scale) + 4, round(piece.size * LEADING * scale)
    layer = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(layer).text((2, high / 2), piece.text, font=face, fill=255, anchor="lm")
    mask = layer.rotate(90, expand=True)
    picture.paste(colour, (round(piece.left * scale), round(piece.top * scale)), mask)
