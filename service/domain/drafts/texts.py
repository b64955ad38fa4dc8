"""The texts of the drafts, one file a language, read once and checked as they are read."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("es", "en", "pt", "fr", "de", "it")
LOWER_AFTER_GREETING: Final = ("de", "it")
"""Where the greeting ends in a comma and the first sentence goes on with a small letter."""

Piece = tuple[str, ...]
"""Texts of which the first stands whose gaps are all known; of none, the last, and its gaps are asked for."""


@dataclass(frozen=True, slots=True)
class Days:
    """How a language says days; each comes with its preposition. Weeks begin on Monday."""

    today: str
    yesterday: str
    tomorrow: str
    weekdays: tuple[str, ...]
    last_week: str
    weeks_ago: str
    months: tuple[str, ...]
    month_last_year: str
    year: str
    date: str
    date_far: str
    month_names: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One letter: its subject, its greeting if it has one of its own, and its sentences."""

    subject: Piece
    body: tuple[Piece, ...]
    greeting: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How one begins and ends in a tone; `bye_near` is for those one has spoken with since the first meeting."""

    greeting: str
    bye: str
    bye_near: str


@dataclass(frozen=True, slots=True)
class Texts:
    """A language: its days, its two manners, and every letter in both, by name and manner."""

    days: Days
    manners: Mapping[str, Manner]
    letters: Mapping[tuple[str, str], Text]
    begins_small: bool
    joins: Mapping[str, str]
    """What two words become where a gap begins: `de el ` is `del `."""


@cache
def texts_of(lang: str) -> Texts:
    """Give the texts of a language tag; `pt-BR` has its own, what we do not speak is written to in English."""
    base, _, region = lang.lower().partition("-")
    base = base if base in LANGUAGES else "en"
    kept = _file(base)
    if (base, region) == ("pt", "br"):
        kept = {**kept, **_file("pt-br")}
    return Texts(
        days=_days(kept["days"]),
        manners={name: Manner(**manner) for name, manner in kept["manner"].items()},
        letters={
            (name, how): _text(kept[name][how])
            for name in kept.keys() - {"days", "manner", "joins", "articles"}
            for how in kept[name]
        },
        begins_small=base in LOWER_AFTER_GREETING,
        joins={**kept.get("joins", {}), **dict(_with_articles(kept.get("articles", {})))},
    )


def _with_articles(kept: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """By preposition and article, what the words become that want it: `en Feria ` is `en la Feria `."""
    for preposition, nouns in kept.items():
        for article, words in nouns.items():
            for word in (form for noun in words for form in (noun, noun.capitalize())):
                yield f"{preposition} {word} ", f"{preposition} {article} {word} "


def _days(kept: Mapping[str, Any]) -> Days:
    words: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return Days(**words)


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("texts", f"{name}.toml").read_text(encoding="utf-8"))


def _text(kept: Mapping[str, Any]) -> Text:
    return Text(
        subject=piece_of(kept["subject"]),
        body=tuple(piece_of(piece) for piece in kept["body"]),
        greeting=kept.get("greeting", ""),
    )


def piece_of(kept: str | list[str]) -> Piece:
    return (kept,) if isinstance(kept, str) else tuple(kept)
