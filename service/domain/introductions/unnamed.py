"""Asking names nobody: what would give away the other, by name or by company, is left unsaid."""

from typing import Final

from service.domain.introductions.words import terms, words_of

_FEWEST_LETTERS: Final = 3


def unnamed(text: str, *, name: str, company: str = "") -> str:
    """The text, or nothing where a word of it is of the name, or all that tells of the company stands in it."""
    said, of_company = set(words_of(text)), set(terms(company))
    telling = {word for word in words_of(name) if len(word) >= _FEWEST_LETTERS}
    named = bool(telling & said) or (bool(of_company) and of_company <= set(terms(text)))
    return "" if named else text
