"""Colours and type of a card: palettes a print shop would offer, and families that go with them."""

import random
from dataclasses import dataclass, field

from bench.printed.fonts import EAST_ASIAN, FAMILIES, LOGO_FACES, Faces, eastern, with_letters

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a card; `on_accent` is what is legible on the accent."""

    paper: Colour
    ink: Colour
    soft: Colour
    accent: Colour
    on_accent: Colour = (255, 255, 255)

    def of(self, ink: str) -> Colour:
        return {"ink": self.ink, "soft": self.soft, "accent": self.accent, "on_accent": self.on_accent}[ink]


PALETTES: dict[str, Palette] = {
    "white and navy": Palette((253, 253, 252), (24, 32, 48), (92, 102, 118), (20, 58, 110)),
    "cream and wine": Palette((250, 245, 234), (48, 28, 30), (118, 94, 90), (122, 28, 48), (252, 244, 234)),
    "forest": Palette((250, 251, 247), (26, 42, 34), (92, 110, 98), (30, 92, 66)),
    "ochre": Palette((252, 249, 242), (50, 42, 32), (120, 106, 88), (176, 110, 22)),
    "teal": Palette((255, 255, 255), (28, 40, 44), (96, 112, 116), (0, 116, 124)),
    "plum": Palette((252, 250, 253), (40, 28, 48), (108, 96, 118), (92, 46, 120)),
    "brick": Palette((254, 252, 250), (44, 34, 32), (112, 98, 94), (172, 62, 38)),
    "black and gold": Palette((22, 22, 24), (238, 230, 210), (186, 176, 152), (196, 158, 82), (24, 22, 18)),
    "night": Palette((18, 28, 52), (236, 240, 248), (168, 182, 208), (98, 176, 226), (12, 24, 48)),
    "slate": Palette((46, 52, 58), (242, 244, 244), (186, 194, 198), (238, 156, 92), (40, 36, 32)),
    "pine dark": Palette((22, 48, 40), (240, 242, 232), (180, 196, 182), (214, 180, 110), (24, 44, 36)),
    "kraft": Palette((206, 178, 140), (48, 34, 22), (92, 72, 52), (104, 44, 24), (250, 240, 222)),
    "grey": Palette((236, 237, 238), (40, 42, 46), (104, 108, 114), (62, 68, 78)),
    "sky": Palette((246, 251, 255), (24, 44, 66), (88, 110, 134), (28, 116, 186)),
    "rose": Palette((254, 246, 244), (62, 40, 44), (126, 98, 102), (190, 82, 98)),
    "mint": Palette((240, 249, 244), (28, 50, 44), (90, 114, 106), (24, 120, 92)),
    "lemon": Palette((255, 252, 236), (40, 38, 24), (104, 100, 76), (212, 170, 0), (40, 36, 12)),
    "black on white": Palette((255, 255, 255), (10, 10, 10), (80, 80, 80), (10, 10, 10)),
    "red stripe": Palette((255, 255, 255), (32, 32, 34), (100, 100, 104), (200, 28, 40)),
}


DARK = sorted(name for name, palette in PALETTES.items() if sum(palette.paper) < 300)


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette with its type. `lang` picks the East Asian face where the letters need one.

    Where a face lacks a letter, as display faces do, the whole piece is set in another that has it, as a printer would.
    """

    palette: Palette
    faces: Faces = field(default_factory=lambda: FAMILIES["lato"])
    lang: str = ""

    def face(self, role: str, text: str) -> str:
        if eastern(text):
            return EAST_ASIAN.get(self.lang, EAST_ASIAN["ja"])
        first = self.faces.get(role) or self.faces["name" if role == "logo" else "text"]
        return with_letters(text, first, self.faces["name"], self.faces["bold"], self.faces["text"])


def theme(palette: str, family: str, *, logo: str = "", lang: str = "") -> Theme:
    faces = FAMILIES[family] | ({"logo": logo} if logo else {})
    return Theme(PALETTES[palette], faces, lang)


def any_theme(chance: random.Random, *, lang: str = "", family: str = "", dark: bool = False) -> Theme:
    """A theme by chance, or of one family; in the languages that need it, without display faces that lack their letters."""
    logo = chance.choice(LOGO_FACES) if chance.random() < 0.35 and lang not in ("pl", "ja", "ko", "zh") else ""
    palette, drawn = chance.choice(DARK if dark else sorted(PALETTES)), chance.choice(sorted(FAMILIES))
    return theme(palette, family, lang=lang) if family else theme(palette, drawn, logo=logo, lang=lang)
