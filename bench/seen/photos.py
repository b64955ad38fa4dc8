"""Photos of invented cards by seed: scans, easy and hard shots, tables, and things that are no cards."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from bench.invented.cards import invented
from bench.invented.content import Truth
from bench.invented.others import unwritten, wordless
from bench.printed.render import measured, render
from bench.printed.themes import any_theme, theme
from bench.seen.camera import Shot, Taken, photograph, quad_of
from bench.seen.lines import chosen
from bench.seen.shots import shot_of

SINGLES = {"scan": 0.12, "easy": 0.3, "hard": 0.28, "held": 0.08, "alike": 0.08, "edge": 0.07, "stack": 0.07}
"""Kinds of photo of one card, and their share among these."""

KINDS = {**{kind: 0.82 * share for kind, share in SINGLES.items()}, "table": 0.1, "other": 0.08}
"""What kinds of photo there are, and their share."""


MORE_KINDS = ("large", "turned", "dark", "shaded", "crowd", "thing")
"""Kinds that only come when they are asked for: twelve megapixels, on its side or head, dark on dark, under the shadow of a hand, up to twelve cards
on a table, things without a word on them."""

ON_A_TABLE = {"table": (3, 9), "crowd": (9, 13)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a print is held to: a language, a family of type, a least size of type, a dark paper."""

    lang: str = ""
    family: str = ""
    least_px: float = 0.0
    dark: bool = False


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


def photo(seed: int, *, lang: str = "", kind: str = "", family: str = "") -> Photo:
    """One photo; the same seed gives the same on the same fonts. `kind` may be `single`, too, and one of MORE_KINDS.

    With a `family`, nothing but its fonts is needed, for languages that it has the letters of.
    """
    chance = random.Random(f"photo {seed}")
    kinds = SINGLES if kind == "single" else KINDS
    drawn_kind = chance.choices(list(kinds), list(kinds.values()))[0]
    kind = drawn_kind if kind in ("", "single") else kind
    count = chance.randrange(*ON_A_TABLE[kind]) if kind in ON_A_TABLE else 1
    wanted = Wanted(lang, family, SMALLEST_ON_TABLES_PX if kind in ON_A_TABLE else 0.0, dark=kind == "dark")
    prints = [
        NO_CARDS[kind](chance) if kind in NO_CARDS else legible_print(f"{seed}/{n}", chance, wanted)
        for n in range(count)
    ]
    sheets = [each.sheet for each in prints]
    smallest_px = min(each.smallest_px for each in prints)
    under = below(sheets[0], seed, chance) if kind == "stack" else []
    taken = photograph(sheets, legible(shot_of(kind, sheets, chance), sheets, smallest_px), seed=seed, under=under)
    truths = tuple(each.truth for each in prints if each.truth is not None)
    return Photo(f"{seed:07}-{kind}.jpg", kind, taken.jpeg(chance.choice([72, 80, 85, 90])), truths, taken)


def below(top: Image.Image, seed: int, chance: random.Random) -> list[Image.Image]:
    """The cards that lie under another one, those that are as long and as wide."""
    sheets = [printed(f"{seed}/under {n}", chance, Wanted()).sheet for n in range(chance.randrange(1, 5))]
    return [sheet for sheet in sheets if (sheet.width > sheet.height) == (top.width > top.height)]


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


SMALLEST_ON_TABLES_PX = 24.0
"""Size of type on the flat card: nine cards fill a photo that no camera could make larger."""


def legible_print(key: str, chance: random.Random, wanted: Wanted) -> Print:
    """A card whose smallest type is not smaller; after eight that were, the last."""
    tries = (printed(f"{key}/{n}" if n else key, chance, wanted) for n in range(8))
    made = next(tries)
    while made.smallest_px < wanted.least_px and (again := next(tries, None)):
        made = again
    return made


def printed(key: str, chance: random.Random, wanted: Wanted) -> Print:
    content = invented(key, lang=wanted.lang)
    look = any_theme(chance, lang=content.truth["lang"], family=wanted.family, dark=wanted.dark)
    layout, setting = chosen(chance, content, measure=measured(look))
    truth = {field: value for field, value in content.truth.items() if value}
    plan = layout(content, setting)
    smallest = min(piece.size for piece in plan.pieces) * 1.7
    return Print(render(plan, look, scale=1.7, ground_seed=ground_of(chance)), smallest, truth)


def ground_of(chance: random.Random) -> int:
    """Every ninth card has a pale picture behind its words; 0 for none."""
    return chance.randrange(1, 1 << 30) if chance.random() < 0.11 else 0


def thing(chance: random.Random) -> Print:
    """Something that nobody wrote on, as large as a card and no smaller in the frame."""
    return Print(unwritten(chance), LEGIBLE_PX)


def other(chance: random.Random) -> Print:
    look = theme("black on white", chance.choice(["mono", "times", "liberation", "garamond"]), lang="ja")
    plan = wordless(chance, measured(look))
    return Print(render(plan, look, scale=1.5), plan.pieces[0].size * 1.5)


NO_CARDS: dict[str, Callable[[random.Random], Print]] = {"other": other, "thing": thing}
