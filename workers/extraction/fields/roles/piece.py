"""Pieces of print that may each be a name, a title or a company, and how they stand to one another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from service.domain.reading.card import Box, Line
from workers.extraction.fields.candidate import Claim
from workers.extraction.fields.words import lexicon, scripts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of print that belongs together: part of a line, a line, or several lines.

    `bits` has one bit for each smallest part of the card, so that two pieces overlap when their bits do; `size_px` is the
    height of its letters; `words` are as printed, `keys` the same words folded.
    """

    text: str
    claims: tuple[Claim, ...]
    bits: int
    box: Box
    size_px: float
    words: tuple[str, ...]
    keys: tuple[str, ...]
    breaks: tuple[int, ...] = ()
    """The words that begin a further line or part."""
    whole: bool = True
    """Whether it is all that its line has left; a part stands between signs."""
    listed: bool = False
    """Whether it is one of three things and more that a line names: "Weddings · Portraits · Events"."""

    @property
    def rows(self) -> int:
        return len(self.breaks) + 1

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(line for line, _, _ in self.claims))


def worded(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text, as printed and folded."""
    words = tuple(word for word in text.split() if any(sign.isalnum() for sign in word) or word in "&+")
    return words, tuple(lexicon.fold(word).strip(".,;:()\"'") for word in words)


def letter_px(line: Line) -> float:
    """The height of letters: the box's, unless a tilt made it taller than the letters' width allows."""
    across, along = (line.box.width, line.box.height) if line.vertical else (line.box.height, line.box.width)
    wide = along / max(1, sum(2 if scripts.CJK.match(sign) else 1 for sign in line.text.strip()))
    return max(4.0, min(float(across), 3.0 * wide))


def retold(piece: Piece, text: str) -> Piece:
    """The same print with its letters put right."""
    words, keys = worded(text)
    return replace(piece, text=text, words=words, keys=keys, breaks=())


def join(upper: Piece, lower: Piece) -> Piece:
    """Two pieces as one, in the given order."""
    box = _around(upper.box, lower.box)
    sign = "" if upper.text.endswith("-") else " "
    text = upper.text.rstrip("-") + sign + lower.text if sign else upper.text + lower.text
    size = max(upper.size_px, lower.size_px)
    words = worded(text)
    count = len(words[0]) - len(lower.words)
    breaks = (*upper.breaks, max(1, count), *(count + each for each in lower.breaks))
    whole, listed = upper.whole and lower.whole, upper.listed or lower.listed
    return Piece(text, upper.claims + lower.claims, upper.bits | lower.bits, box, size, *words, breaks, whole, listed)


def _around(one: Box, two: Box) -> Box:
    left, top = min(one.left, two.left), min(one.top, two.top)
    return Box(left, top, max(one.right, two.right) - left, max(one.bottom, two.bottom) - top)


def stacked(upper: Piece, lower: Piece, *, gap: float = 0.9) -> bool:
    """Whether `lower` is the next print below: a gap of less than `gap` letters, and over or under each other."""
    step = lower.box.top - upper.box.bottom
    tallest = max(upper.size_px, lower.size_px)
    middle = lower.box.top + lower.box.height / 2 > upper.box.bottom - 0.15 * tallest
    return middle and -0.7 * tallest < step < gap * tallest and _shared(upper.box, lower.box) > 0.3


def beside(left: Piece, right: Piece) -> bool:
    """Whether `right` goes on where `left` ends, on the same row."""
    tall = max(left.box.height, right.box.height)
    level = abs((left.box.top + left.box.bottom) - (right.box.top + right.box.bottom)) / 2 < 0.45 * tall
    return level and -0.6 * tall < right.box.left - left.box.right < 1.2 * max(left.size_px, right.size_px)


def diagonal(upper: Piece, lower: Piece) -> bool:
    """Whether two pieces touch or nearly touch as the parts of a drawn name do."""
    tall = max(upper.size_px, lower.size_px)
    down = lower.box.top - upper.box.bottom
    aside = max(upper.box.left, lower.box.left) - min(upper.box.right, lower.box.right)
    return upper.box.top <= lower.box.top and down < 0.5 * tall and aside < 0.5 * tall


def _shared(one: Box, two: Box) -> float:
    """The share of the narrower box's width that both span."""
    both = min(one.right, two.right) - max(one.left, two.left)
    return both / max(1, min(one.width, two.width))


def like_size(one: Piece, two: Piece, *, times: float = 1.35) -> bool:
    return abs(math.log(one.size_px / two.size_px)) < math.log(times)


def pairs(pieces: Sequence[Piece], *, logo: bool = False) -> list[Piece]:
    """Unions of two pieces that stand on or beside each other; for a drawn name also those that just touch."""
    found = []
    for one, two in combinations(pieces, 2):
        if one.bits & two.bits or (one.claims[-1][0] == two.claims[0][0]):
            continue
        first, second = (one, two) if (one.box.top, one.box.left) <= (two.box.top, two.box.left) else (two, one)
        if stacked(first, second) or (logo and diagonal(first, second)):
            found.append(join(first, second))
        elif beside(one, two):
            found.append(join(one, two))
        elif beside(two, one):
            found.append(join(two, one))
    return found
