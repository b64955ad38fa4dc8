"""Accuracy over CPU time as an SVG of a few lines: shapes and words tell the readers apart, no colour is needed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 48, 56
SECONDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
SHAPES = ("disc", "ring", "square", "cross")


@dataclass(frozen=True, slots=True)
class Dot:
    """One reader on one set of photos."""

    reader: str
    label: str
    seconds: float
    accuracy: float


def across(seconds: float) -> float:
    """Doubling the time is a step of equal length anywhere."""
    share = math.log(max(SECONDS[0], seconds) / SECONDS[0]) / math.log(SECONDS[-1] / SECONDS[0])
    return LEFT + min(1.0, share) * (WIDTH - LEFT - RIGHT)


def down(accuracy: float) -> float:
    return HEIGHT - BOTTOM - accuracy * (HEIGHT - TOP - BOTTOM)


def drawn(dots: Sequence[Dot], *, title: str, across_title: str, down_title: str) -> str:
    parts = [*frame(), *words(title, across_title, down_title), *marks(dots)]
    style = (
        "<style>text{font:13px system-ui,sans-serif;fill:#1c1c1c}.small{font-size:12px}.title{font-size:15px;font-weight:600}"
        "line{stroke:#c8c8c8}.mark{fill:none;stroke:#1c1c1c;stroke-width:2}.full{fill:#1c1c1c}</style>"
    )
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box}><title>{escaped(title)}</title>'
    return "\n".join([head, style, ground, *parts, "</svg>", ""])


def frame() -> Iterable[str]:
    for seconds in SECONDS:
        x = across(seconds)
        yield f'<line x1="{x:.0f}" y1="{TOP}" x2="{x:.0f}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text class="small" x="{x:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{seconds:g}</text>'
    for fifth in range(6):
        y = down(fifth / 5)
        yield f'<line x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - RIGHT}" y2="{y:.0f}"/>'
        yield f'<text class="small" x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{fifth / 5:.1f}</text>'


def words(title: str, across_title: str, down_title: str) -> Iterable[str]:
    middle = (TOP + HEIGHT - BOTTOM) / 2
    yield f'<text class="title" x="{LEFT}" y="24">{escaped(title)}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escaped(across_title)}</text>'
    yield f'<text x="18" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 18 {middle:.0f})">{escaped(down_title)}</text>'


def marks(dots: Sequence[Dot]) -> Iterable[str]:
    """A shape for the reader, explained below on the left, and the set of photos beside it."""
    shapes = dict(zip(dict.fromkeys(dot.reader for dot in dots), SHAPES, strict=False))
    lowest = 0.0
    for dot in sorted(dots, key=lambda dot: -dot.accuracy):
        x, y = across(dot.seconds), down(dot.accuracy)
        lowest = max(y + 4, lowest + 14)  # no word stands on another
        yield shape(shapes[dot.reader], x, y)
        yield f'<text class="small" x="{x + 11:.0f}" y="{lowest:.0f}">{escaped(dot.label)}</text>'
    for row, (reader, kind) in enumerate(shapes.items()):
        y = HEIGHT - BOTTOM - 20 * (len(shapes) - row) + 6
        yield f'<rect x="{LEFT + 10}" y="{y - 10}" width="{15 + 7 * len(reader)}" height="20" fill="#ffffff"/>'
        yield shape(kind, LEFT + 18, y)
        yield f'<text class="small" x="{LEFT + 30}" y="{y + 4}">{escaped(reader)}</text>'


def shape(kind: str, x: float, y: float) -> str:
    match kind:
        case "disc":
            return f'<circle class="full" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        case "ring":
            return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        case "square":
            return f'<rect class="mark" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
        case _:
            return f'<path class="mark" d="M{x - 6:.1f} {y - 6:.1f}l12 12m0 -12l-12 12"/>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def write(path: Path, dots: Sequence[Dot], *, title: str, across_title: str, down_title: str) -> None:
    path.write_text(drawn(dots, title=title, across_title=across_title, down_title=down_title), encoding="utf-8")
