"""The ways in which the world prints how to reach somebody: cards of invented firms, line by line, with their truth."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.invented.content import Truth
from service.domain.reading.card import Box, Line

WIDTH = 1000
_KINDS = {"m": "emails", "p": "phones", "u": "urls", "a": "address"}
_TYPE = re.compile(r" (work|mobile|fax|home)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A card's lines in reading order and what it says of its contact points; `country` where the card tells it."""

    name: str
    lines: tuple[Line, ...]
    truth: Truth = field(default_factory=dict)
    country: str = ""


def blocks() -> list[Block]:
    """All of them. `==` begins a card; a row is `text` or `size| text`, ` || ` parts two columns, `>` tells the truth."""
    return [
        _block(f"{path.stem}: {head.strip()}", rows)
        for path in sorted(Path(__file__).parent.glob("*.txt"))
        for head, *rows in (part.split("\n") for part in path.read_text(encoding="utf-8").split("== ")[1:])
    ]


def _block(name: str, rows: list[str]) -> Block:
    printed = [row for row in rows if not row.startswith(">")]
    while printed and not printed[-1].strip():
        printed.pop()
    told = [row[2:].partition(" ")[::2] for row in rows if row.startswith("> ")]
    country = next((value for key, value in told if key == "c"), "")
    return Block(name, tuple(_lines(printed, name)), _truth(told), country)


def _truth(told: list[tuple[str, str]]) -> Truth:
    truth: Truth = {"emails": [], "phones": [], "urls": [], "addresses": []}
    for key, value in told:
        if key == "p":
            kind = _TYPE.search(value)
            number = value[: kind.start()] if kind else value
            whole = re.fullmatch(r"\+\d+", number)
            truth["phones"].append({"e164" if whole else "raw": number, "type": kind[1] if kind else ""})
        elif key in "mua" and value:
            truth["addresses" if key == "a" else _KINDS[key]].append(value)
    return truth


def _lines(rows: list[str], name: str) -> Iterator[Line]:
    top = 40
    for row in rows:
        size, bar, text = row.partition("| ")
        size_px, text = (int(size), text) if bar and size.isdigit() else (30, row)
        height = round(1.3 * size_px)
        columns = text.split(" || ") if " || " in text else text.split("|| ") if text.startswith("||") else [text]
        for column, piece in enumerate(columns):
            if piece.strip():
                yield _line(piece.strip(), top, size_px, height, column, columns[0], name)
        top += round(1.45 * size_px) if text.strip() else 30


def _line(text: str, top: int, size_px: int, height: int, column: int, first: str, name: str) -> Line:
    wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    width = max(8, round(0.48 * size_px * wide))
    left = 60 if not column else 110 if len(first.strip()) < 3 else 560
    if "(centre)" in name:
        left = max(10, WIDTH // 2 - width // 2)
    elif "(right)" in name:
        left = max(10, WIDTH - 60 - width)
    return Line(text, Box(left, top, width, height), 0.98, 0.95)
