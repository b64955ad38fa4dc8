"""Departments: pieces that say where in a company a person works."""

from collections.abc import Sequence

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import divisions, titles
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts


def propose(pieces: Sequence[Piece], around: Surroundings) -> list[Candidate[Piece]]:
    """Pieces that name a department, best first."""
    found = [candidate for piece in pieces if (candidate := weigh(piece, around))]
    return sorted(found, key=lambda c: -c.score)


def weigh(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    score = _by_script(piece)
    if score is None:
        return None
    score -= 0.8 * max(0.0, around.size(piece) - 0.5)
    return Candidate(piece, frozenset(), score, piece.claims, ("department word",))


def _by_script(piece: Piece) -> float | None:
    if scripts.is_cjk(piece.text):
        return 1.5 if scripts.is_department(piece.text) and not scripts.title_in(piece.text) else None
    if lexicon.legal_form(piece.text) or len(piece.words) > 8 or not piece.keys:
        return None
    if not divisions.opens_department(piece):
        return None
    return 1.5 - 1.2 * any(titles.strength(word) == 1.0 for word in piece.keys)
