"""Cards of invented people, written down line by line as the world prints them, with what a careful person would file."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from service.domain.reading.card import Box, Line
from workers.extraction.fields.words import scripts

WIDTH = 1000
_SQUARE, _NARROW = 0.74, 0.48
"""The width of a letter against the height of its box, which a detector draws a third too high."""
_ROW = re.compile(r"^(?P<size>\d+)(?:@(?P<left>\d+|c))?(?:\^(?P<top>\d+))? (?P<text>.*)$")
_KEYS = {"n": "name", "o": "org", "t": "title", "a": "address"}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A card's lines and its truth; each field may be told in several ways. `card` is False for what is none."""

    name: str
    lines: tuple[Line, ...]
    height: int
    card: bool = True
    truth: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    """All its phone numbers, where they are told."""


def specimens() -> list[Specimen]:
    """All of them.

    A row is `size[@left][^top] text`, `@c` in the middle of the card; a dot is a gap; `n:`, `t:`, `o:`, `a:` tell the truth,
    each in the ways that `//` parts; `p:` tells all numbers with `;` between them; `x` says no card.
    """
    return [
        _specimen(path.stem, block)
        for path in sorted(Path(__file__).parent.glob("*.txt"))
        for block in path.read_text(encoding="utf-8").split("\n\n")
        if block.strip()
    ]


def _specimen(group: str, block: str) -> Specimen:
    head, *rows = block.strip().split("\n")
    truth: dict[str, tuple[str, ...]] = {}
    lines: list[Line] = []
    numbers: tuple[str, ...] = ()
    left, top, card = "60", 40, True
    for row in rows:
        if row == ".":
            top += 40
        elif row == "x":
            card = False
        elif row[1:3] == ": " and row[0] in _KEYS:
            truth[_KEYS[row[0]]] = tuple(row[3:].split(" // "))
        elif row.startswith("p: "):
            numbers = tuple(row[3:].split(" ; "))
        else:
            line, left, top = _line(row, left, top)
            lines.append(line)
    return Specimen(f"{group}/{head[2:]}", tuple(lines), max(560, top + 40), card, truth, numbers)


def _line(row: str, left: str, top: int) -> tuple[Line, str, int]:
    """The row as a line, where the next one starts, and how far down."""
    parts = _ROW.match(row)
    if parts is None:
        raise ValueError(row)
    size, text = int(parts["size"]), parts["text"]
    left, top = parts["left"] or left, int(parts["top"] or top)
    ems = sum(_SQUARE if scripts.CJK.match(sign) else _NARROW for sign in text)
    width = max(1, int(ems * size))
    box = Box((WIDTH - width) // 2 if left == "c" else int(left), top, width, size)
    return Line(text, box, 0.98, 0.95), left, top + int(size * 1.4)
