"""Han letters of another standard than the card's own, as its country writes them: 課 for 课 on a Japanese card."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from service.domain.reading.card import Line
from workers.extraction.fields.words.listed import rows
from workers.extraction.fields.words.scripts import HAN

_STANDARDS = {"JP": ("shift_jis", 2), "CN": ("gb2312", 0)}
"""The letters that a country writes, and the place of its form in the rows of the list."""
_MOST_FOREIGN = 0.25
"""A card with more foreign letters than this is another country's."""


def at_home(lines: Sequence[Line], country: str) -> Sequence[Line]:
    """The lines with the letters that their country does not write in the form it does, one for one."""
    if country not in _STANDARDS:
        return lines
    letters = [letter for line in lines for letter in HAN.findall(line.text)]
    foreign = [letter for letter in letters if letter in _forms(country)]
    if not foreign or len(foreign) > _MOST_FOREIGN * len(letters):
        return lines
    return [replace(line, text=line.text.translate(_table(country))) for line in lines]


@cache
def _forms(country: str) -> dict[str, str]:
    codec, place = _STANDARDS[country]
    known: dict[str, str] = {}
    for row in rows("han-variants"):
        for ways in row.split():
            if _writes(codec, ways[place]):
                known |= {way: ways[place] for way in ways if not _writes(codec, way)}
    return known


@cache
def _table(country: str) -> dict[int, str]:
    return str.maketrans(_forms(country))


def _writes(codec: str, letter: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
