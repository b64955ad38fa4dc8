"""Words set in s p a c e d letters, drawn together again."""

import re
from functools import lru_cache

from workers.extraction.fields.words import lexicon

_FEWEST_LETTERS = 5
_SHORTEST_NAME = 4


def drawn_together(text: str) -> str:
    """What was set as "J A N E  D O E" as "JANE DOE"; where the wider gaps were lost, the lists say where a word ends."""
    marks = text.split()
    single = sum(len(mark) == 1 and mark.isalpha() for mark in marks)
    if single < _FEWEST_LETTERS or single < 0.8 * len(marks):
        return text
    words = re.split(r"\s{2,}", text.strip())
    if len(words) > 1:
        return " ".join(re.sub(r"\s", "", word) for word in words)
    return _parted("".join(marks))


@lru_cache(maxsize=lexicon.MOST_WORDS)
def parted(word: str) -> str:
    """A given name and a surname in capitals that were read without the gap between them: "ANALOPEZ"."""
    if len(word) < 2 * _SHORTEST_NAME or not (word.isupper() and word.isalpha()) or lexicon.in_any_role(word):
        return word
    if lexicon.given(word) or lexicon.surname(word):
        return word
    for place in range(_SHORTEST_NAME, len(word) - _SHORTEST_NAME + 1):
        if lexicon.given(word[:place]) == 1.0 and lexicon.surname(word[place:]) >= 0.9:
            return f"{word[:place]} {word[place:]}"
    return word


def _parted(letters: str) -> str:
    """One run of letters as two words that the lists know, else as it is."""
    if lexicon.in_any_role(letters):
        return letters
    cuts = [(letters[:place], letters[place:]) for place in range(3, len(letters) - 2)]
    for known in (_name, _trade):
        for first, second in cuts:
            if known(first, second):
                return f"{first} {second}"
    return letters


def _name(first: str, second: str) -> bool:
    return lexicon.given(first) >= 0.9 and lexicon.surname(second) > 0


def _trade(first: str, second: str) -> bool:
    return lexicon.in_any_role(second) and (lexicon.in_any_role(first) or lexicon.spelled_in_lists(first))
