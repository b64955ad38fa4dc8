"""The words of the world: names, trades and streets by language, formats by country, from world/*.toml."""

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "world"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """A town with the pattern of its postcode and of a number there, both without what the country adds."""

    name: str
    postcode: str
    number: str
    region: str


@dataclass(frozen=True, slots=True)
class Country:
    """How a country writes numbers, companies and addresses. `#` in a pattern is any digit."""

    code: str
    cities: tuple[City, ...]
    mobile: Words
    forms: Words
    tlds: Words
    registration: Words
    address: Words


@dataclass(frozen=True, slots=True)
class World:
    """A language's words, and one country that speaks it."""

    lang: str
    words: dict[str, Words]
    prose: str
    two_surnames: float
    country: Country

    def any(self, key: str, chance: random.Random) -> str:
        """One of the words, or "" where the language has none of that kind."""
        words = self.words.get(key)
        return chance.choice(words) if words else ""


def split(text: str) -> Words:
    return tuple(part.strip() for part in text.split(", "))


def country_of(code: str, raw: dict[str, Any]) -> Country:
    cities = tuple(City(*(part.strip() for part in row.split("|"))) for row in raw["cities"])
    lists = (
        tuple(raw["mobile"]),
        split(raw["forms"]),
        split(raw["tlds"]),
        tuple(raw["registration"]),
        tuple(raw["address"]),
    )
    return Country(code, cities, *lists)


@cache
def worlds() -> tuple[World, ...]:
    """Every language with every country of its own, in a fixed order."""
    return tuple(world for path in sorted(FOLDER.glob("*.toml")) for world in worlds_of(path))


def worlds_of(path: Path) -> list[World]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    countries, prose = raw.pop("country"), raw.pop("prose")
    two = float(raw.pop("two_surnames"))
    words = {key: split(value) for key, value in raw.items() if value}
    return [World(path.stem, words, prose, two, country_of(code, each)) for code, each in countries.items()]


SHARE = {"es": 3.0, "pt": 2.0, "en": 4.0, "fr": 2.0, "de": 2.0, "it": 1.5, "ja": 1.2}
"""How often a language comes up; 1 where it is not named. Weighted to whom the reader is for."""


def any_world(chance: random.Random) -> World:
    every = worlds()
    siblings = {lang: sum(world.lang == lang for world in every) for lang in {world.lang for world in every}}
    weights = [SHARE.get(world.lang, 1.0) / siblings[world.lang] for world in every]
    return chance.choices(every, weights)[0]


def filled(pattern: str, chance: random.Random) -> str:
    """A pattern with a digit for every `#`, and one of the digits in brackets: `7[3-8]#`."""
    return re.sub(r"#|\[(\d)-(\d)\]", lambda match: str(chance.randint(*span(match))), pattern)


def span(match: re.Match[str]) -> tuple[int, int]:
    return (int(match[1]), int(match[2])) if match[1] else (0, 9)
