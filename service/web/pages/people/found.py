"""Why a contact was found, where its row does not say: the place in its note, with the word that was looked for."""

from dataclasses import dataclass

from service.domain.people.search import asked, plain
from service.domain.people.vcard import note_of
from service.storage.people.contacts import KeptContact

BEFORE, AFTER = 4, 7
"""So many words stand around the one that was found."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few words of the note."""

    before: str
    word: str
    after: str


def excerpt(contact: KeptContact, query: str) -> Excerpt | None:
    """None where the row itself shows all that was asked for, or the note holds nothing of it."""
    shown = _words(contact.name, contact.org, contact.title, contact.town)
    missing = [piece for piece in asked(query) if not any(_holds(word, piece) for word in shown)]
    lines = (line.split() for line in note_of(contact.vcard).splitlines()) if missing else ()
    for words in lines:
        for at, word in enumerate(words):
            if any(_holds(part, piece) for part in _words(word) for piece in missing):
                return _around(words, at)
    return None


def _around(words: list[str], at: int) -> Excerpt:
    first, last = max(at - BEFORE, 0), at + 1 + AFTER
    before = ("…" if first else "") + " ".join(words[first:at])
    after = " ".join(words[at + 1 : last]) + ("…" if len(words) > last else "")
    return Excerpt(before, words[at], after)


def _words(*texts: str) -> list[str]:
    return plain(" ".join(texts)).split()


def _holds(word: str, piece: str) -> bool:
    """As the search does: short pieces, which blanks lead, only where a word begins."""
    letters = piece.strip()
    return word.startswith(letters) if piece != letters else letters in word
