"""Asking names nobody: what would give away the other, by name or by company, is left unsaid."""

from collections.abc import Iterable
from typing import Final

from service.domain.introductions.words import words_of

_FEWEST_LETTERS: Final = 3


def unnamed(text: str, names: Iterable[str]) -> str:
    """The text, or nothing where a word of it is one of the names."""
    telling = {word for name in names for word in words_of(name) if len(word) >= _FEWEST_LETTERS}
    return "" if telling & set(words_of(text)) else text
