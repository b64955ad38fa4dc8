"""Things that are no cards, which a reader must refuse: receipts, book pages, boxes, signs."""

import random
import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bench.invented.companies import SYLLABLES, company
from bench.invented.phones import number_of
from bench.invented.places import address
from bench.invented.world import World, any_world, filled
from bench.printed.fonts import font
from bench.printed.placing import Measure, Piece, Plan


def slip(lines: Sequence[str], *, size_px: int = 30) -> Image.Image:
    """A till receipt: the head centred, the rest in one fixed pitch."""
    wide, step = round(size_px * 0.602 * (max(map(len, lines)) + 3)), round(size_px * 1.45)
    picture = Image.new("RGB", (wide, step * (len(lines) + 3)), (250, 249, 245))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        face = font("LiberationMono-Bold.ttf" if number == 0 else "LiberationMono-Regular.ttf", size_px)
        draw.text((wide / 2, step * (number + 1.5)), line, font=face, fill=(44, 44, 52), anchor="mm")
    return picture


def unwritten(chance: random.Random) -> Image.Image:
    """A cat's face, a cup from above or a folded cloth: things with edges, and no letter on them."""
    wide, high = 1000, chance.choice([640, 800, 1000])
    fur = tuple(chance.randrange(60, 230) for _ in range(3))
    dark = tuple(part // 3 for part in fur)
    picture = Image.new("RGB", (wide, high), tuple(min(255, part + 20) for part in fur))
    draw = ImageDraw.Draw(picture)
    kind = chance.choice(["cat", "cup", "cloth"])
    middle = high / 2
    if kind == "cat":
        for side in (-1, 1):
            eye, ear = wide / 2 + side * 150, wide / 2 + side * 230
            draw.polygon([(ear, 20), (ear - 110, middle - 60), (ear + 110, middle - 60)], fill=dark)
            draw.ellipse((eye - 60, middle - 60, eye + 60, middle + 60), fill=(226, 214, 120))
            draw.ellipse((eye - 16, middle - 54, eye + 16, middle + 54), fill=(16, 16, 16))
        draw.polygon([(460, middle + 90), (540, middle + 90), (500, middle + 130)], fill=dark)
    elif kind == "cup":
        for ring, shade in ((0.46, dark), (0.42, fur), (0.38, dark)):
            reach = ring * high
            draw.ellipse((wide / 2 - reach, middle - reach, wide / 2 + reach, middle + reach), fill=shade)
    else:
        for stripe in range(0, wide, 120):
            draw.polygon([(stripe, 0), (stripe + 50, 0), (stripe + 10, high), (stripe - 40, high)], fill=dark)
    return picture


def wordless(chance: random.Random, measure: Measure) -> Plan:
    """Lines of something that is no card: a receipt, a page, a box, a sign."""
    world = any_world(chance)
    kind = chance.choice([receipt_lines, page_lines, box_lines, sign_lines])
    texts, size = kind(world, chance)
    high = 1.5 * size * (len(texts) + 2)
    wide = max(measure(text, "text", size) for text in texts) + 4 * size
    pieces = tuple(
        Piece(text, 2 * size, 1.5 * size * (row + 1), measure(text, "text", size), size, "other", "text", "ink")
        for row, text in enumerate(texts)
    )
    return Plan(wide, high, pieces)


Lines = tuple[list[str], float]


def receipt_lines(world: World, chance: random.Random) -> Lines:
    country, city = world.country, chance.choice(world.country.cities)
    money = [f"{chance.randrange(1, 40)},{chance.randrange(100):02d}" for _ in range(chance.randrange(3, 9))]
    head = [company(world, world.any("surnames", chance).split("|")[0], chance, shop=True).name.upper()]
    head += [place.replace("\n", " ") for place in [address(world, city, chance)]]
    head += [filled(chance.choice(country.registration), chance)]
    head += [number_of(country, city.number, "phone", chance).raw] if chance.random() < 0.6 else []
    bought = [f"{chance.randrange(1, 4)} x {world.any('services', chance)[:16]} {price}" for price in money]
    total = chance.choice(["TOTAL", "Total EUR", "Summe", "SUBTOTAL", "合計", "Totaal", "SUMA"])
    foot = [f"{total} {chance.randrange(20, 90)},{chance.randrange(100):02d}", filled("1#/0#/2025 1#:##", chance)]
    return head + bought + foot + [world.any("closed_words", chance)], 26.0


def page_lines(world: World, chance: random.Random) -> Lines:
    words = (world.prose + " ") * 4
    width = chance.randrange(38, 60)
    text = textwrap.wrap(words, width)[: chance.randrange(14, 30)]
    return [str(chance.randrange(3, 400)), *text], 24.0


def box_lines(world: World, chance: random.Random) -> Lines:
    """A medicine or grocery box: a name, a dose, small print."""
    name = "".join(chance.sample(SYLLABLES, 3)).capitalize()
    dose = chance.choice(["500 mg", "200 ml", "20 mg/ml", "1 kg e", "30 comp.", "12 x 50 g"])
    small = [world.any("closed_words", chance) for _ in range(3)]
    return [name, dose, *small, filled("LOT A####  EXP 0#/2027", chance), filled("84########## #", chance)], 40.0


def sign_lines(world: World, chance: random.Random) -> Lines:
    arrow = chance.choice(["→", "←", ""])
    return [
        part for part in (world.any("closed_words", chance).upper(), arrow, world.any("street_names", chance)) if part
    ], 70.0
