"""Blanks between a family and a given name that the reader did not see: the width of the print tells of them."""

from collections.abc import Sequence

from service.domain.reading.card import Box, Line
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.words import scripts

_USUAL = 0.7
"""The width of a letter against the height of its box, which the detector draws higher than the letter."""
_ROOM = 0.3
"""Letters by which a box is wider than its print."""
_OF_A_BLANK = 0.5
_WEIGHT = 2
"""So many lines the usual width counts for beside what this card's own lines show."""
_SHORTEST = 3


def lost(piece: Piece, lines: Sequence[Line]) -> bool:
    """Whether a name without a blank is wider by half a letter and more than its letters need."""
    return room(len(piece.text), piece.box, lines, without=piece.lines) >= _OF_A_BLANK


def room(letters: int, box: Box, lines: Sequence[Line], *, without: Sequence[int]) -> float:
    """By how many letters a print is wider than so many letters of its height need; `without` are its own lines."""
    return box.width / (_letter_width(lines, without=without) * max(1, box.height)) - letters - _ROOM


def _letter_width(lines: Sequence[Line], *, without: Sequence[int]) -> float:
    """How wide a letter is against its box's height, by the lines of this card that are nothing but such letters."""
    seen = [
        line.box.width / max(1, line.box.height) / (len(line.text) + _ROOM)
        for at, line in enumerate(lines)
        if at not in without and not line.vertical and len(line.text) >= _SHORTEST and _solid(line.text)
    ]
    return (_USUAL * _WEIGHT + sum(seen)) / (_WEIGHT + len(seen))


def _solid(text: str) -> bool:
    return all(map(scripts.CJK.match, text))
