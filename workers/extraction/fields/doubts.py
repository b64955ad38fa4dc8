"""Which value is in doubt, and why; and which lines another reader should look at."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import fuzz

from service.domain.card import Doubt, Found, Line, Reading
from workers.extraction.fields import lexicon
from workers.extraction.fields.candidate import Candidate

WEAK = 0.5
"""Below this the lowest character of a line is weak: on clear print it is seldom under 0.7."""

LOST = 0.3
"""The weakest a line can be for a letter that was seen and not known: its accent is no mailbox's to prove."""

CLOSE = 1.0
"""A choice that wins by less is a close call: e to the one, under three to one."""

CLOSE_FOR = {"name": 2.0, "org": 1.5}
"""Where more is asked: on cards made for the purpose, every tenth organisation that won by less was wrong."""

_TWINS = re.compile(r"\d[oOlI]|[oOlI]\d")
"""A letter that looks like a digit beside one: which of the two was printed, the eye tells by the other letters only."""

_REASONS = {doubt.value: doubt for doubt in Doubt}
_BY_READING = frozenset(
    {
        Doubt.READERS_DIFFER,
        Doubt.WEAK_LETTERS,
        Doubt.DOMAIN_UNKNOWN,
        Doubt.NUMBER_SHORT,
        Doubt.NUMBER_INVALID,
        Doubt.NAME_AND_MAIL_DISAGREE,
    }
)


def of_contact(candidate: Candidate[object], lines: Sequence[Line], *, spelled: str) -> Doubt | None:
    """The doubt about a mail, number, site or address that `spelled` writes as printed."""
    for reason in candidate.failed:
        if reason in _REASONS:
            return _REASONS[reason]
    own = [lines[index] for index in sorted(candidate.touches())]
    twins = "@" in spelled and _TWINS.search(spelled.partition("@")[0])  # though the readers agree: both see shapes
    return Doubt.WEAK_LETTERS if twins else of_print(own, spelled=spelled)


def of_choice(
    lines: Sequence[Line], *, spelled: str, margin: float, passed: Sequence[str] = (), field: str = ""
) -> Doubt | None:
    """The doubt about a name, a title or a company."""
    if "mailbox nearly" in passed:
        return Doubt.NAME_AND_MAIL_DISAGREE if margin < 3 * CLOSE else of_print(lines, spelled=spelled)
    if margin < CLOSE_FOR.get(field, CLOSE):
        return Doubt.CLOSE_CALL
    return of_print(lines, spelled=spelled, sure="mailbox" in passed or "domain" in passed)


def of_print(lines: Sequence[Line], *, spelled: str, sure: bool = False) -> Doubt | None:
    """The doubt about letters: the readers differ, or one letter is weak and nobody else has looked."""
    asked = [line for line in lines if line.second is not None]
    if asked and not agree(spelled, asked, all_asked=len(asked) == len(lines)):
        return Doubt.READERS_DIFFER
    weakest = min((line.weakest for line in lines if line.second is None), default=1.0)
    return Doubt.WEAK_LETTERS if weakest <= LOST or (weakest < WEAK and not sure) else None


def agree(spelled: str, asked: Sequence[Line], *, all_asked: bool) -> bool:
    """Whether the second reader saw the same letters and digits."""
    wanted = lexicon.letters(spelled)
    second = "".join(lexicon.letters(line.second or "") for line in asked)
    if wanted in second:
        return True
    if not all_asked:
        return all(fuzz.ratio(lexicon.letters(line.text), lexicon.letters(line.second or "")) >= 97 for line in asked)
    return False


def doubtful_lines(reading: Reading, lines: Sequence[Line]) -> list[int]:
    """The lines that hold a value whose letters are in doubt, for the second reader."""
    found: list[int] = []
    for value in _values(reading):
        if value.doubt in _BY_READING and value.evidence.box is not None:
            found.extend(index for index, line in enumerate(lines) if _inside(line, value))
    return sorted(set(found))


def _values(reading: Reading) -> Iterable[Found[Any]]:
    for one in (reading.name, reading.org, reading.title, reading.department):
        if one is not None:
            yield one
    for many in (reading.emails, reading.phones, reading.urls, reading.profiles, reading.addresses):
        yield from many


def _inside(line: Line, value: Found[Any]) -> bool:
    box = value.evidence.box
    if box is None or not re.search(r"\w", line.text):
        return False
    x, y = line.box.left + line.box.width / 2, line.box.top + line.box.height / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom
