"""Drawn initials beside the name they stand for."""

from collections.abc import Sequence
from dataclasses import replace

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import logos
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon


def monogram(piece: Piece, union: Piece, around: Surroundings) -> bool:
    """Whether a piece is the drawn initials of the name beside it: "DV" at "Domaine Verrière"."""
    drawn = lexicon.letters(piece.text)
    leads = union.words[0] == piece.words[0] and not lexicon.leading_form(union.text)  # a form that leads is none: AC
    if lexicon.ends_form(piece.text):
        return False
    if len(drawn) > 3 or len(piece.words) > 1 or (logos.is_form(piece) and not leads) or drawn in logos.CONNECTORS:
        return False
    rest = tuple(word for word in union.words if lexicon.letters(word) != drawn)
    named = any(label.startswith(drawn) for label in around.spellings) and around.company(rest) < 1.0
    if named or (drawn.isdigit() and len(drawn) > 2):
        return False
    if piece.text.islower():
        return True
    initials = [lexicon.letters(word)[:1] for word in rest]
    return len(drawn) <= 2 or all(letter in initials for letter in drawn)


def initials(candidates: Sequence[Candidate[Piece]]) -> frozenset[int]:
    """The pieces that are nothing but the initials of a company with its trade or form near them, told by their bits."""
    named = [c.value for c in candidates if {"trade word", "legal form", "domain"} & set(c.passed)]
    named = [piece for piece in named if len(piece.words) > 1 and logos.capitals(piece)]
    short = [c.value for c in candidates if len(c.value.words) == 1 and 2 <= len(c.value.text) <= 4]
    return frozenset(
        drawn.bits for drawn in short for whole in named if drawn.text.isupper() and drawn.text == _initials(whole)
    )


def _initials(piece: Piece) -> str:
    weighty = [word for word in piece.words if word.lower() not in logos.CONNECTORS]
    form = len(lexicon.legal_form(piece.text).split())
    return "".join(word[0] for word in weighty[: len(weighty) - form]).upper()


def less_if_drawn(candidate: Candidate[Piece], drawn: frozenset[int]) -> Candidate[Piece]:
    """Less for initials that are drawn over the name they stand for, alone or with a part of it."""
    held = any(bits & candidate.value.bits for bits in drawn)
    return replace(candidate, score=candidate.score - 2.0) if held else candidate
