"""Setting lines of type in a box: sizes shrink together until all of them fit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

Measure = Callable[[str, str, float], float]
"""Text, face and size give its width, in the same units as the size."""

LEADING = 1.32
"""Height of a line in its size: common in print, and what leaves room for accents."""

ICON_ROOM = 1.75
"""Width kept for an icon before a line, in sizes of that line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of type to be set. `gap` is the room above it, in units."""

    text: str
    size: float
    role: str
    face: str = "text"
    ink: str = "ink"
    gap: float = 0.0
    icon: str = ""
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of type that has its place. A vertical one runs upwards: its box is `height` wide and `width` high."""

    text: str
    left: float
    top: float
    width: float
    size: float
    role: str
    face: str
    ink: str
    vertical: bool = False

    @property
    def height(self) -> float:
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Shape:
    """Anything drawn that is not type: rect, ellipse, corner, logo, icon, qr, picture."""

    kind: str
    left: float
    top: float
    width: float
    height: float
    ink: str
    text: str = ""
    detail: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A box that rows are set in."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything on a card stands, in units; a card in landscape is 1000 units wide."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...] = ()


def width_of(row: Row, measure: Measure) -> float:
    room = ICON_ROOM * row.size if row.icon or row.indent else 0.0
    return measure(row.text, row.face, row.size) + room


def shrunk(rows: Sequence[Row], area: Area, measure: Measure) -> list[Row]:
    """Each row at most as wide as the area, then all of them at most as high."""
    fitted = [
        replace(row, size=row.size * min(1.0, area.width / max(1.0, width_of(row, measure))))
        for row in rows
        if row.text
    ]
    high = sum(row.size * LEADING + row.gap for row in fitted)
    by = min(1.0, area.height / max(1.0, high))
    return [replace(row, size=row.size * by, gap=row.gap * by) for row in fitted]


def stack(
    rows: Sequence[Row],
    area: Area,
    measure: Measure,
    *,
    align: str = "left",
    anchor: str = "top",
) -> tuple[list[Piece], list[Shape]]:
    """Sets rows one below the other; `align` is left, centre or right, `anchor` top, middle or bottom."""
    fitted = shrunk(rows, area, measure)
    high = sum(row.size * LEADING + row.gap for row in fitted) - (fitted[0].gap if fitted else 0.0)
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[anchor]
    top = area.top + (area.height - high) * share
    pieces: list[Piece] = []
    icons: list[Shape] = []
    for number, row in enumerate(fitted):
        top += row.gap if number else 0.0
        wide = width_of(row, measure)
        left = area.left + (area.width - wide) * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        pieces.append(placed(row, left, top, measure))
        icons += [icon_of(row, left, top)] if row.icon else []
        top += row.size * LEADING
    return pieces, icons


def placed(row: Row, left: float, top: float, measure: Measure) -> Piece:
    room = ICON_ROOM * row.size if row.icon or row.indent else 0.0
    wide = measure(row.text, row.face, row.size)
    return Piece(row.text, left + room, top, wide, row.size, row.role, row.face, row.ink)


def icon_of(row: Row, left: float, top: float) -> Shape:
    side = row.size * 1.12
    ink = "on_accent" if row.ink == "on_accent" else "accent"
    return Shape("icon", left, top + (row.size * LEADING - side) / 2, side, side, ink, row.icon)


def lines_of(text: str, row: Row) -> list[Row]:
    """One row for each printed line of a text; the icon stands before the first, the others are set in."""
    first, *rest = text.split("\n")
    inset = bool(row.icon) or row.indent
    return [
        replace(row, text=first),
        *(replace(row, text=more, gap=0.0, icon="", indent=inset) for more in rest),
    ]


def flat(groups: Iterable[Sequence[Row]]) -> list[Row]:
    return [row for group in groups for row in group]
