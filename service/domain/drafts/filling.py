"""A piece of text and its gaps: which of its wordings stands, and what is missing for it."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

from service.domain.drafts.texts import Piece

GAP: Final = "…"
"""What stands where something is still to be said; a draft with one in it is not ready."""


def filled(piece: Piece, known: Mapping[str, str], joins: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Give the first wording whose gaps are all known; of none, the last with open gaps, and the names of those.

    A gap `{?where}` is a condition: it has to be known and shows nothing.
    """
    for wording in piece:
        if all(gap.removeprefix("?") in known for gap in gaps(wording)):
            return _put_in(wording, known, joins), ()
    missing = tuple(gap.removeprefix("?") for gap in gaps(piece[-1]) if gap.removeprefix("?") not in known)
    return _put_in(piece[-1], known, joins), missing


def gaps(wording: str) -> tuple[str, ...]:
    """The names of the gaps of a wording, in order."""
    return tuple(name for _, name, _, _ in Formatter().parse(wording) if name is not None)


def _put_in(wording: str, known: Mapping[str, str], joins: Mapping[str, str]) -> str:
    said = ""
    for text, name, _, _ in Formatter().parse(wording):
        said = f"{said.removesuffix('.')}{text}" if text.startswith(".") else said + text
        if name and not name.startswith("?"):
            said = _joined(said, known.get(name, GAP), joins)
    return said


def _joined(before: str, value: str, joins: Mapping[str, str]) -> str:
    """Run the two together as the language does where a preposition meets an article: de + el taller = del taller."""
    for apart, together in joins.items():
        preposition, article = apart.split(" ", 1)
        if f" {before}".endswith(f" {preposition} ") and value.startswith(article):
            return before[: -len(preposition) - 1] + together + value[len(article) :]
    return before + value
