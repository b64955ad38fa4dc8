"""The line simulator: cards as the lines a reader would have found, hundreds a second and no reader needed."""

import random
import re
from dataclasses import dataclass, replace

from bench.invented.cards import invented
from bench.invented.content import Content, Truth
from bench.invented.others import wordless
from bench.printed.fonts import eastern
from bench.printed.layouts import LAYOUTS, Layout
from bench.printed.placing import Measure, Piece, Plan
from bench.printed.rows import Setting
from bench.seen.misreading import ICON_LETTERS, NOISE, confidences, misread
from service.domain.reading.card import Box, Line

NARROW, WIDE = "iljtfrI.,:;'|!()1/ -", "mwMW@%"


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated card: its lines in reading order, their parts (`name`, `title`, `phone`...), and the truth."""

    width: int
    height: int
    lines: tuple[Line, ...]
    roles: tuple[str, ...]
    truth: Truth | None
    """None where the lines are of no card."""
    printed: tuple[str, ...] = ()
    """What the lines say on the card."""
    codes: tuple[str, ...] = ()


MISSED = 0.004
"""Of the lines: what no detector finds, now and then."""

WIDE_BLANK_LOST = 0.5
"""Readers of letters see no blank where a square stays empty; only the width tells of it."""

SAME_ERROR = 0.3
"""How often the other reader errs as the first did: both see the same blur."""


def simulate(seed: int | str, *, noise: float = NOISE, lang: str = "", others: float = 0.06) -> Simulated:
    """One card (or, in a share of `others`, something that is none); equal seeds give equal lines."""
    chance = random.Random(f"lines {seed}")
    width_px = chance.choice([820, 1000, 1200, 1200])
    if chance.random() < others:
        plan = wordless(chance, roughly(chance))
        return seen(plan, None, chance, scale=width_px / max(plan.width, plan.height), noise=noise)
    content = invented(seed, lang=lang)
    layout, setting = chosen(chance, content, measure=roughly(chance))
    plan = layout(content, setting)
    card = seen(plan, content.truth, chance, scale=width_px / max(plan.width, plan.height), noise=noise)
    return replace(card, codes=(content.qr,)) if content.qr and chance.random() < 0.9 else card


def chosen(chance: random.Random, content: Content, *, measure: Measure) -> tuple[Layout, Setting]:
    """A layout and its sizes; a shop's card looks like one half of the time, and a code needs its place."""
    shop = "name" not in content.truth
    names = [name for name in LAYOUTS if name != "with_code"] + ["shop"] * (6 if shop else 0)
    name = chance.choice(names)
    return LAYOUTS["with_code" if content.qr else name], any_setting(chance, measure)


def any_setting(chance: random.Random, measure: Measure) -> Setting:
    """Sizes as designers vary them; the name is not always the largest."""
    height = chance.choice([647.0, 647.0, 571.0, 600.0])
    text = chance.uniform(23, 34)
    return Setting(
        chance,
        measure,
        height=height,
        text=text,
        name=text * chance.choice([1.15, 1.4, 1.8, 2.1]),
        logo=chance.random() < 0.6,
    )


def roughly(chance: random.Random) -> Measure:
    """Widths of type without any font: good to a tenth, and different from card to card."""
    by = chance.uniform(0.88, 1.12)

    def width(text: str, face: str, size: float) -> float:
        heavy = 1.06 if face in ("bold", "name", "logo") else 1.0
        return size * sum(letter_width(letter) * (1.0 if eastern(letter) else by * heavy) for letter in text)

    return width


def letter_width(letter: str) -> float:
    if letter in NARROW:
        return 0.3
    if letter in WIDE:
        return 0.85
    if eastern(letter):
        return 1.0
    return 0.64 if letter.isupper() else 0.53


def seen(plan: Plan, truth: Truth | None, chance: random.Random, *, scale: float, noise: float) -> Simulated:
    """What the detector boxes and the recogniser reads of a plan."""
    pieces = with_icons(plan, chance) + logos_read(plan, chance)
    parts = [part for piece in together(pieces, chance) for part in apart(piece, chance)]
    parts.sort(key=lambda piece: (round(piece.top / (piece.size * 0.8)), piece.left))
    parts.sort(key=lambda piece: piece.top + (0 if piece.vertical else piece.height / 2))
    found = [piece for piece in in_rows(parts) if chance.random() >= MISSED]
    lines = tuple(line_of(piece, chance, scale=scale, noise=noise) for piece in found)
    roles, printed = tuple(piece.role for piece in found), tuple(print_of(piece) for piece in found)
    return Simulated(round(plan.width * scale), round(plan.height * scale), lines, roles, truth, printed)


def with_icons(plan: Plan, chance: random.Random) -> list[Piece]:
    """Now and then an icon is taken for a letter of its line."""
    icons = [shape for shape in plan.shapes if shape.kind == "icon"]

    def beside(piece: Piece) -> bool:
        return any(
            0 < piece.left - icon.left < 3 * piece.size and abs(icon.top - piece.top) < piece.size for icon in icons
        )

    return [
        replace(piece, text=f"{chance.choice(ICON_LETTERS)}{chance.choice(['', ' ', ' '])}{piece.text}")
        if icons and chance.random() < 0.12 and beside(piece)
        else piece
        for piece in plan.pieces
    ]


def logos_read(plan: Plan, chance: random.Random) -> list[Piece]:
    """Now and then a drawn mark is read as letters."""
    marks = [shape for shape in plan.shapes if shape.kind == "logo" and chance.random() < 0.12]
    seen_as = [chance.choice(["OO", "A", "M&", "※", "00", "V", "88", "W.", "ili", "AA", "()", "&", "K"]) for _ in marks]
    return [
        Piece(text, mark.left, mark.top, mark.width, mark.height * 0.7, "garbage", "logo", "accent")
        for mark, text in zip(marks, seen_as, strict=True)
    ]


def together(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Neighbours on one row with little room between are found as one line."""
    out: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: (each.top, each.left)):
        before = next((old for old in out if touches(old, piece)), None)
        if before is None or chance.random() < 0.3:
            out.append(piece)
            continue
        wide = piece.left + piece.width - before.left
        out[out.index(before)] = replace(before, text=f"{before.text} {piece.text}", width=wide)
    return out


def touches(one: Piece, other: Piece) -> bool:
    if one.vertical or other.vertical or abs(one.size - other.size) > 0.2 * one.size:
        return False
    level = abs(one.top - other.top) < 0.3 * one.size
    return level and 0 <= other.left - one.left - one.width < 0.9 * one.size


def apart(piece: Piece, chance: random.Random) -> list[Piece]:
    """A line with wide gaps or bars in it is found in parts."""
    mark = r"(   +|  •  |  /  | \| | · )"
    parts = re.split(mark, piece.text)
    if len(parts) == 1 or piece.vertical or ("   " not in piece.text and chance.random() < 0.6):
        return [piece]
    out, at = [], 0
    for number, part in enumerate(parts):
        share = len(part) / len(piece.text) * piece.width
        if number % 2 == 0 and part.strip():
            out.append(replace(piece, text=part.strip(), left=piece.left + at, width=share))
        at += round(share)
    return out


def in_rows(parts: list[Piece]) -> list[Piece]:
    """Reading order: rows from above, each from the left."""
    rows: list[list[Piece]] = []
    for part in parts:
        row = rows[-1] if rows else []
        if (
            row
            and not part.vertical
            and abs(row[0].top + row[0].height / 2 - part.top - part.height / 2) < 0.5 * row[0].size
        ):
            row.append(part)
        else:
            rows.append([part])
    return [part for row in rows for part in sorted(row, key=lambda piece: piece.left)]


def print_of(piece: Piece) -> str:
    return re.sub(r"[ \u3000]+", " ", piece.text)


def line_of(piece: Piece, chance: random.Random, *, scale: float, noise: float) -> Line:
    printed = print_of(piece)
    lost = "\u3000" in piece.text and chance.random() < WIDE_BLANK_LOST
    text = misread(printed.replace(" ", "") if lost else printed, chance, noise=noise)
    confidence, weakest = confidences(text, printed, chance)
    return Line(text, box_of(piece, chance, scale), confidence, weakest, vertical=piece.vertical)


def box_of(piece: Piece, chance: random.Random, scale: float) -> Box:
    """The detector's box: as much larger than the type as was measured on rendered cards, never quite in place."""
    room = 0.1 if eastern(piece.text) else 0.0
    tall, more = piece.size * (room + chance.uniform(1.15, 1.5)), piece.size * chance.uniform(0.1, 0.5)
    wide, high = (tall, piece.width + more) if piece.vertical else (piece.width + more, tall)
    up = more / 2 if piece.vertical else (tall - piece.height) / 2
    left = piece.left - (0 if piece.vertical else more / 2)
    top = piece.top - up + chance.uniform(-0.06, 0.06) * piece.size
    return Box(round(left * scale), round(top * scale), max(1, round(wide * scale)), max(1, round(high * scale)))


def read_again(line: Line, seed: int | str, *, noise: float = NOISE, printed: str = "") -> Line:
    """The other reader's text of a line that says `printed`: it errs as often, mostly at other letters."""
    chance = random.Random(f"again {seed} {line.text} {line.box.top}")
    if chance.random() < SAME_ERROR:
        return replace(line, second=line.text)
    return replace(line, second=misread(printed or line.text, chance, noise=noise))
