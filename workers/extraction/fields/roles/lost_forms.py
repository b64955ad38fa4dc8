"""The Korean ㈜ at either end of a company, read as a syllable that looks like it."""

import re

from workers.extraction.fields.roles.piece import Piece, retold
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import scripts
from workers.extraction.fields.words.romanised import romanised

_HANGUL_ONLY = re.compile("[가-힣 ]{3,}")
_ALIKE = frozenset("쥐줘뿌때뚜저주취휘제")
"""What the sign was read as; each begins or ends names as well, so that something else has to prove it."""
_SELDOM = frozenset("쥐줘뿌때뚜")
"""Those that hardly any company begins with: a trade at the end is proof enough."""
_FEWEST_LETTERS = 4


def with_form(piece: Piece, around: Surroundings) -> Piece:
    """The piece with its ㈜, where a domain spells the rest and not the syllable, or the rest is plainly a company."""
    text = piece.text.strip()
    if not _HANGUL_ONLY.fullmatch(text) or scripts.form_in(text):
        return piece
    first, last = text[0], text[-1]
    if first in _ALIKE and (_spelled(text[1:], text, around) or (first in _SELDOM and _trades(text[1:]))):
        return retold(piece, "㈜" + text[1:].lstrip())
    if last in _ALIKE and _spelled(text[:-1], text, around):
        return retold(piece, text[:-1].rstrip() + "㈜")
    return piece


def _spelled(rest: str, whole: str, around: Surroundings) -> bool:
    """Whether a domain begins with the first two syllables of the rest, and holds no more of the whole print."""
    begins = romanised(rest.replace(" ", "")[:2])
    if len(begins) < _FEWEST_LETTERS:
        return False
    said = romanised(whole.replace(" ", ""))
    return any(label.startswith(begins) and not label.startswith(said[: len(begins) + 2]) for label in around.spellings)


def _trades(rest: str) -> bool:
    bare = rest.replace(" ", "")
    trade = scripts.trade_in(bare)
    return bool(trade) and bare.endswith(trade) and len(bare) >= len(trade) + 2
