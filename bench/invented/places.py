"""Invented addresses in the format of their country, as they stand on a card."""

import random

from bench.invented.world import City, World, filled

ARTICLES = frozenset({"des", "del", "da", "do", "das", "dos", "de"})
"""Words before which a street needs no "de"."""


def address(world: World, city: City, chance: random.Random) -> str:
    """A printed address; its line breaks are those of the card."""
    kind, name = world.any("street_kinds", chance), world.any("street_names", chance)
    if kind.endswith(" de") and name.split()[0] in ARTICLES:
        kind = kind.removesuffix(" de")
    street = " ".join(part for part in (kind, name) if part)
    parts = {
        "street": street,
        "n": str(chance.choice([chance.randrange(1, 60), chance.randrange(60, 400), chance.randrange(1000, 4000)])),
        "d": str(chance.randrange(1, 9)),
        "extra": world.any("extras", chance),
        "postcode": filled(city.postcode, chance),
        "city": city.name,
        "region": city.region,
        "kana": "",
    }
    text = chance.choice(world.country.address).format(**parts)
    return tidied(text, chance)


def tidied(text: str, chance: random.Random) -> str:
    """Without the marks that an empty region leaves; every third address on one line."""
    for loose, tight in ((" ()", ""), (", ,", ","), ("\n\n", "\n"), (" ,", ","), ("  ", " ")):
        text = text.replace(loose, tight)
    text = "\n".join(line.strip(" ,") for line in text.strip(" ,\n-/").split("\n") if line.strip())
    return text.replace("\n", chance.choice([", ", " · ", " - "])) if chance.random() < 0.33 else text
