"""Shops of the east, whose name stands beside their trade on a card that names nobody."""

from collections.abc import Sequence
from dataclasses import replace

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles.piece import Piece, stacked
from workers.extraction.fields.words import scripts


def named_beside_their_trade(found: Sequence[Candidate[Piece]], pieces: Sequence[Piece]) -> list[Candidate[Piece]]:
    """A shop's name beside its trade, on a card that names nobody: とり源 under 炭火焼鳥."""
    if any(scripts.title_in(piece.text) for piece in pieces):
        return []
    trades = [
        c for c in found if "trade word" in c.passed and "legal form" not in c.passed and scripts.is_cjk(c.value.text)
    ]
    return [
        replace(name, score=trade.score + 0.5)
        for trade in trades
        for name in found
        if name.score < trade.score and _bears_a_name(name.value) and name.value.size_px > 1.05 * trade.value.size_px
        if stacked(trade.value, name.value, gap=0.8) or stacked(name.value, trade.value, gap=0.8)
    ]


def _bears_a_name(piece: Piece) -> bool:
    """Few letters of the east that name neither a person nor a trade nor a service."""
    bare = "".join(piece.text.split())
    if not 2 <= len(bare) <= 6 or not scripts.only_cjk(bare):
        return False
    person = scripts.family_of(bare) or scripts.built_family(bare) or scripts.parted_name(piece.text)
    return not (person or scripts.trade_in(bare) or scripts.service_in(bare) or scripts.is_department(bare))
