"""How photos are taken, by kind: flat on a scanner, on a desk, in bad light, in a hand, on its own colour, cut, stacked."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from bench.seen.camera import Shot
from bench.seen.desks import DESKS

SIZES = ((1600, 1200), (2000, 1500), (2400, 1800), (3264, 2448))
LARGE = (4000, 3000)
"""Pixels of a photo of twelve megapixels."""

Taking = Callable[[Shot, Image.Image, random.Random], Shot]


def shot_of(kind: str, sheets: Sequence[Image.Image], chance: random.Random) -> Shot:
    """A shot of that kind; three in twenty of some are turned."""
    tall = sheets[0].height > sheets[0].width
    size = LARGE if kind in ("large", "table", "crowd") else chance.choice(SIZES)
    turn = chance.choice([90, 180, 270]) if chance.random() < 0.15 and kind in ("easy", "hard") else 0
    wide, high = size if tall == (turn in (90, 270)) or kind in ("table", "crowd") else size[::-1]
    desk, by, warmth = chance.choice(sorted(DESKS)), turn + chance.uniform(-5, 5), chance.uniform(-0.4, 0.8)
    base = Shot(wide, high, desk=desk, turn_deg=by, warmth=warmth)
    return TAKINGS.get(kind, easy)(base, sheets[0], chance)


def easy(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    del sheet
    return replace(base, fill=chance.uniform(0.6, 0.92))


def scan(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    flat = replace(base, desk="plain", turn_deg=0.0, fill=chance.choice([0.99, 1.02, 0.93]))
    sized = replace(flat, width_px=sheet.width, height_px=sheet.height)
    return replace(sized, tilt=0.0, shadow=0.0, blur=0.05, noise=0.05)


def hard(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """Bad light, a poor lens, and from the side."""
    del sheet
    light = replace(base, shadow=chance.uniform(0.15, 0.9), glare=chance.choice([0.0, 0.0, 0.5, 0.8]))
    lens = replace(light, blur=chance.uniform(0.1, 0.45), noise=chance.uniform(0.2, 0.9))
    turn_deg = base.turn_deg + chance.uniform(-18, 18)
    return replace(lens, tilt=chance.uniform(0.15, 0.9), turn_deg=turn_deg, fill=chance.uniform(0.45, 0.97))


def table(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """Several cards from above, or from a chair."""
    del sheet
    return replace(base, turn_deg=0.0, tilt=chance.choice([0.25, 0.25, 0.5, 0.9]), fill=0.86, blur=0.1)


def turned(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """On its side or on its head."""
    turn = chance.choice([90, 180, 270])
    wide, high = (base.height_px, base.width_px) if turn != 180 else (base.width_px, base.height_px)
    return replace(easy(base, sheet, chance), width_px=wide, height_px=high, turn_deg=base.turn_deg + turn)


def shaded(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """Under the shadow of a hand or a phone, which leaves a twentieth to a quarter of the light on a part of the card."""
    return replace(easy(base, sheet, chance), shadow=chance.uniform(1.5, 1.88), noise=chance.uniform(0.1, 0.4))


def held(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    del sheet
    far = replace(base, held=True, fill=chance.uniform(0.5, 0.75), tilt=chance.uniform(0.2, 0.8))
    return replace(far, shadow=0.1, blur=chance.uniform(0.1, 0.3), turn_deg=chance.uniform(-15, 15))


def alike(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """White on white, dark on dark: the desk has about the colour of the paper."""
    red, green, blue = np.median(np.asarray(sheet)[::9, ::9].reshape(-1, 3), axis=0) + chance.uniform(-14, 6)
    tone = (int(red), int(green), int(blue))
    return replace(base, tone=tone, fill=chance.uniform(0.5, 0.85), shadow=chance.uniform(0.1, 0.6))


def edge(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """Against an edge of the frame, or a little beyond it."""
    del sheet
    return replace(base, touches=chance.uniform(-0.005, 0.03), fill=chance.uniform(0.55, 0.85), tilt=0.2)


def stack(base: Shot, sheet: Image.Image, chance: random.Random) -> Shot:
    """On top of others, seen from the side."""
    del sheet
    return replace(base, fill=chance.uniform(0.5, 0.8), tilt=chance.uniform(0.2, 0.9))


TAKINGS: dict[str, Taking] = {
    "scan": scan,
    "hard": hard,
    "table": table,
    "crowd": table,
    "dark": alike,
    "turned": turned,
    "shaded": shaded,
    "held": held,
    "alike": alike,
    "edge": edge,
    "stack": stack,
}
