"""Two readings of the same print, cut where they differ, so that the eye goes straight there."""

from difflib import SequenceMatcher

Piece = tuple[str, bool]
"""Some characters, and whether they differ from the rival reading."""


def pieces(text: str, rival: str) -> list[Piece]:
    """The text in order, in pieces that are in the rival too or are not."""
    if not rival or _unlike(text, rival):
        return [(text, False)]
    blocks = SequenceMatcher(None, text, rival, autojunk=False).get_opcodes()
    return [(text[start:end], tag != "equal") for tag, start, end, _, _ in blocks if end > start]


def _unlike(text: str, rival: str) -> bool:
    """Marking half of the letters marks nothing."""
    return SequenceMatcher(None, text, rival, autojunk=False).ratio() < 0.6
