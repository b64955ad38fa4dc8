"""The world's towns and countries: whose a name is, and the votes that names on a card cast."""

import re
from collections.abc import Iterator
from functools import cache

from workers.extraction.fields.words.glyphs import plain
from workers.extraction.fields.words.listed import rows
from workers.extraction.fields.world.states import states_everywhere


@cache
def countries() -> dict[str, str]:
    """Country names in many languages (plain form) to ISO codes."""
    return {name: row.partition("\t")[0] for row in rows("countries") for name in row.partition("\t")[2].split(";")}


@cache
def cities() -> dict[str, str]:
    """Town names (plain form) to their countries with population in thousands: `ES325 AR2106`."""
    return dict(row.split("\t") for row in rows("cities"))


def city_countries(name: str) -> list[tuple[str, int]]:
    """The countries with a town of that name and its population there in thousands, the biggest first."""
    return [(entry[:2], int(entry[2:])) for entry in cities().get(name, "").split()]


def town_votes(text: str) -> Iterator[tuple[str, float]]:
    """Votes of towns that stand as a whole piece between commas, digits, brackets or the line's ends."""
    for piece in re.split(r"[,;|·/()\d]|\s-\s", text):
        name = plain(re.sub(r"\s+[A-Z]{2}$|\s+(?i:cedex)$", "", piece.strip()))
        if (nation := countries().get(name)) and nation not in _NAMESAKES and not _big(name):
            yield nation, 2.5
        found = city_countries(name) if len(name) > 2 else []
        total = sum(size for _, size in found)
        if (home := states_everywhere().get(name.replace(" ", ""))) and piece.strip() != text.strip():
            yield home, 1.5
        if total and (piece.strip() != text.strip() or total > 100):
            for country, size in found[:3]:
                yield country, 1.6 * size / total


_NAMESAKES = ("MF", "SX", "BL", "GE", "JE", "JO", "TD", "NE")
"""Countries named like saints, states of the US, or people."""


def _big(name: str) -> bool:
    """A town of note has the name too: Granada is no Grenada."""
    found = city_countries(name)
    return bool(found) and found[0][1] > 150 and countries()[name] != found[0][0]
