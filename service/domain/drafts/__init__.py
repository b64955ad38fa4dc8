"""Drafts: a touch as the words of a message, in the language and the tone of who gets it. Never sent by itself."""

from dataclasses import dataclass
from datetime import date

from service.domain.drafts.facts import Facts, gaps_of
from service.domain.drafts.filling import filled
from service.domain.drafts.texts import Texts, texts_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be looked at. `missing` names the facts to ask the user for; until then `text` has gaps in it."""

    subject: str
    text: str
    missing: tuple[str, ...] = ()


def draft(letter: str, facts: Facts, *, lang: str, formal: bool, sender: str, on: date, chat: bool = False) -> Draft:
    """Write a letter (a name of `drafts.letters`) as it reads on the day `on`.

    `lang` is a language tag (`es`, `pt-BR`); `chat` is for programs without subject and paragraphs. Raises KeyError
    for a letter that there is not.
    """
    texts = texts_of(lang)
    how = "formal" if formal else "informal"
    known = gaps_of(facts, texts.days, on)
    text, manner = texts.letters[letter, how], texts.manners[how]
    pieces = [filled(piece, known, texts.joins) for piece in text.body]
    greeting, _ = filled((text.greeting or manner.greeting,), known, texts.joins)
    body = _sentences([said for said, _ in pieces if said], begins_small=texts.begins_small)
    bye = manner.bye_near if facts.near else manner.bye
    missing = tuple(dict.fromkeys(gap for _, open_gaps in pieces for gap in open_gaps))
    return Draft(
        subject=_subject(texts, (letter, how), facts, on),
        text=_laid_out(greeting, body, bye, sender, chat=chat),
        missing=missing,
    )


def _subject(texts: Texts, letter: tuple[str, str], facts: Facts, on: date) -> str:
    """A subject that would have a gap is none: nobody is asked for the sake of a subject."""
    subject, missing = filled(texts.letters[letter].subject, gaps_of(facts, texts.days, on), texts.joins)
    return "" if missing else _capital(subject)


def _sentences(pieces: list[str], *, begins_small: bool) -> str:
    """Each begins with a capital, but the first where the language goes on after the greeting's comma."""
    return " ".join(piece if at == 0 and begins_small else _capital(piece) for at, piece in enumerate(pieces))


def _capital(text: str) -> str:
    """With a capital at the start, also behind an opening sign: `¿quieres?` becomes `¿Quieres?`."""
    at = next((at for at, sign in enumerate(text) if sign.isalpha()), None)
    return text if at is None else text[:at] + text[at].upper() + text[at + 1 :]


def _laid_out(greeting: str, body: str, bye: str, sender: str, *, chat: bool) -> str:
    if chat:
        return f"{greeting}\n{body}\n{bye} {sender}".strip()
    return f"{greeting}\n\n{body}\n\n{bye}\n{sender}".strip()
