"""Photos of invented cards by seed: scans, easy and hard shots, tables, and things that are no cards."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from bench.camera import Shot, Taken, photograph, quad_of
from bench.cards import invented
from bench.content import Truth
from bench.desks import DESKS
from bench.lines import chosen
from bench.others import wordless
from bench.render import measured, render
from bench.themes import any_theme, theme

SINGLES = {"scan": 0.17, "easy": 0.42, "hard": 0.41}
"""Kinds of photo of one card, and their share among these."""

KINDS = {**{kind: 0.82 * share for kind, share in SINGLES.items()}, "table": 0.1, "other": 0.08}
"""What kinds of photo there are, and their share."""

LARGE = (4000, 3000)
"""Pixels of a photo of twelve megapixels."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it would be uploaded, and the truth about it."""

    name: str
    kind: str
    jpeg: bytes
    cards: tuple[Truth, ...]
    taken: Taken

    @property
    def truth(self) -> Truth:
        """A row of a truth file."""
        quads = [quad.round(1).tolist() for quad in self.taken.quads] if self.cards else []
        return {"file": self.name, "kind": self.kind, "quads": quads, "cards": list(self.cards)}


def photo(seed: int, *, lang: str = "", kind: str = "") -> Photo:
    """One photo; the same seed gives the same on the same fonts. `kind` may be `single`, too, and `large`."""
    chance = random.Random(f"photo {seed}")
    kinds = SINGLES if kind == "single" else KINDS
    drawn_kind = chance.choices(list(kinds), list(kinds.values()))[0]
    kind = drawn_kind if kind in ("", "single") else kind
    count = chance.randrange(3, 9) if kind == "table" else 1
    prints = [other(chance) if kind == "other" else printed(f"{seed}/{n}", chance, lang=lang) for n in range(count)]
    sheets = [each.sheet for each in prints]
    smallest_px = min(each.smallest_px for each in prints)
    taken = photograph(sheets, legible(shot_of(kind, sheets, chance), sheets, smallest_px), seed=seed)
    truths = tuple(each.truth for each in prints if each.truth is not None)
    return Photo(f"{seed:07}-{kind}.jpg", kind, taken.jpeg(chance.choice([72, 80, 85, 90])), truths, taken)


LEGIBLE_PX = 13.0
"""Size of type in the photo under which nobody could say what is printed."""


def legible(shot: Shot, sheets: Sequence[Image.Image], smallest_px: float) -> Shot:
    """The same shot with a better camera, if the smallest type would be lost: a truth must be there to be read."""
    spread = 1.0 if len(sheets) == 1 else 1 / len(sheets) ** 0.5
    quad = quad_of(sheets[0], (0, 0), (shot.width_px * spread, shot.height_px * spread), shot.turn_deg, shot.fill)
    across = float(np.linalg.norm(quad[1] - quad[0])) / sheets[0].width
    by = min(4032 / max(shot.width_px, shot.height_px), max(1.0, LEGIBLE_PX / (smallest_px * across)))
    return replace(shot, width_px=round(shot.width_px * by), height_px=round(shot.height_px * by))


@dataclass(frozen=True, slots=True)
class Print:
    """A flat card or other thing, the size of its smallest type in pixels, and its truth if it is a card."""

    sheet: Image.Image
    smallest_px: float
    truth: Truth | None = None


def printed(key: str, chance: random.Random, *, lang: str) -> Print:
    content = invented(key, lang=lang)
    look = any_theme(chance, lang=content.truth["lang"])
    layout, setting = chosen(chance, content, measure=measured(look))
    truth = {field: value for field, value in content.truth.items() if value}
    plan = layout(content, setting)
    smallest = min(piece.size for piece in plan.pieces) * 1.7
    return Print(render(plan, look, scale=1.7, ground_seed=ground_of(chance)), smallest, truth)


def ground_of(chance: random.Random) -> int:
    """Every ninth card has a pale picture behind its words; 0 for none."""
    return chance.randrange(1, 1 << 30) if chance.random() < 0.11 else 0


def other(chance: random.Random) -> Print:
    look = theme("black on white", chance.choice(["mono", "times", "liberation", "garamond"]), lang="ja")
    plan = wordless(chance, measured(look))
    return Print(render(plan, look, scale=1.5), plan.pieces[0].size * 1.5)


def shot_of(kind: str, sheets: Sequence[Image.Image], chance: random.Random) -> Shot:
    """How a photo of that kind is taken; three in twenty singles are turned."""
    tall = sheets[0].height > sheets[0].width
    size = chance.choice([(1600, 1200), (2000, 1500), (2400, 1800), (3264, 2448)])
    turn = chance.choice([90, 180, 270]) if chance.random() < 0.15 and kind in ("easy", "hard") else 0
    size = LARGE if kind == "large" else size
    wide, high = size if tall == (turn in (90, 270)) or kind == "table" else size[::-1]
    base = Shot(
        wide,
        high,
        desk=chance.choice(sorted(DESKS)),
        turn_deg=turn + chance.uniform(-5, 5),
        warmth=chance.uniform(-0.4, 0.8),
    )
    match kind:
        case "scan":
            flat = replace(base, desk="plain", turn_deg=0.0, fill=chance.choice([0.99, 1.02, 0.93]))
            sized = replace(flat, width_px=sheets[0].width, height_px=sheets[0].height)
            return replace(sized, tilt=0.0, shadow=0.0, blur=0.05, noise=0.05)
        case "hard":
            light = replace(base, shadow=chance.uniform(0.15, 0.9), glare=chance.choice([0.0, 0.0, 0.5, 0.8]))
            lens = replace(light, blur=chance.uniform(0.1, 0.45), noise=chance.uniform(0.2, 0.9))
            turn_deg = base.turn_deg + chance.uniform(-18, 18)
            return replace(lens, tilt=chance.uniform(0.15, 0.9), turn_deg=turn_deg, fill=chance.uniform(0.45, 0.97))
        case "table":
            return replace(base, width_px=4032, height_px=3024, turn_deg=0.0, tilt=0.25, fill=0.86, blur=0.1)
        case _:
            return replace(base, fill=chance.uniform(0.6, 0.92))
