"""Which value is in doubt, and why; and which lines another reader should look at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from service.domain.reading.card import Doubt, Found, Line, Reading
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.surety import signs, sureness
from workers.extraction.fields.surety.signs import printed
from workers.extraction.fields.surety.signs.card import Card, holds

WEAK = 0.5
"""Below this the lowest character of a line is weak: on clear print it is seldom under 0.7."""

CLOSE = 1.0
"""A choice that wins by less is a close call: e to the one, under three to one."""

CLOSE_FOR = {"name": 2.0, "org": 1.5}
"""Where more is asked: on cards made for the purpose, every tenth organisation that won by less was wrong."""

CHECKS = frozenset(
    {
        Doubt.NUMBER_SHORT,
        Doubt.NUMBER_INVALID,
        Doubt.COUNTRY_GUESSED,
        Doubt.DOMAIN_UNKNOWN,
        Doubt.INCOMPLETE,
    }
)
"""What a check found wanting is in doubt whatever else speaks for it. A number without its area code is not: it is as the
card prints it."""

_REASONS = {doubt.value: doubt for doubt in Doubt}
_BY_READING = frozenset(
    {
        Doubt.READERS_DIFFER,
        Doubt.WEAK_LETTERS,
        Doubt.DOMAIN_UNKNOWN,
        Doubt.NUMBER_SHORT,
        Doubt.NUMBER_INVALID,
    }
)


def settled(reading: Reading, lines: Sequence[Line]) -> Reading:
    """The reading with its doubts weighed: what failed a check stays in doubt, all else by what its signs together say."""
    card = Card(reading, lines)
    changed: dict[str, Any] = {}
    for kind in signs.KINDS:
        found = getattr(reading, kind)
        if isinstance(found, tuple):
            changed[kind] = tuple(weighed(kind, each, card) for each in found)
        elif found is not None:
            changed[kind] = weighed(kind, found, card)
    return replace(reading, **changed)


def weighed(kind: str, found: Found[Any], card: Card) -> Found[Any]:
    if found.doubt in CHECKS:
        return found
    told = signs.of_value(kind, found, card)
    known = found.doubt if found.doubt is Doubt.NUMBER_LOCAL else None  # it says more than a sign does
    doubt = (known or sureness.reason(told)) if sureness.in_doubt(kind, told) else None
    return found if doubt is found.doubt else replace(found, doubt=doubt)


def of_contact(candidate: Candidate[object], lines: Sequence[Line], *, spelled: str) -> Doubt | None:
    """What the rules say of a mail, number, site or address that `spelled` writes as printed."""
    for reason in candidate.failed:
        if reason in _REASONS:
            return _REASONS[reason]
    own = [lines[index] for index in sorted(candidate.touches())]
    twins = "@" in spelled and printed.TWINS.search(
        spelled.partition("@")[0]
    )  # though the readers agree: both see shapes
    return Doubt.WEAK_LETTERS if twins else of_print(own, spelled=spelled)


def of_choice(
    lines: Sequence[Line], *, spelled: str, margin: float, passed: Sequence[str] = (), field: str = ""
) -> Doubt | None:
    """What the rules say of a name, a title or a company."""
    if "mailbox nearly" in passed:
        return Doubt.NAME_AND_MAIL_DISAGREE if margin < 3 * CLOSE else of_print(lines, spelled=spelled)
    if margin < CLOSE_FOR.get(field, CLOSE):
        return Doubt.CLOSE_CALL
    return of_print(lines, spelled=spelled, sure="mailbox" in passed or "domain" in passed)


def of_print(lines: Sequence[Line], *, spelled: str, sure: bool = False) -> Doubt | None:
    """What the rules say of letters: the readers differ, or one letter is weak and nobody else has looked."""
    asked = [line for line in lines if line.second is not None]
    if asked and not printed.agree(spelled, asked, all_asked=len(asked) == len(lines)):
        return Doubt.READERS_DIFFER
    weakest = min((line.weakest for line in lines if line.second is None), default=1.0)
    return Doubt.WEAK_LETTERS if weakest <= printed.LOST or (weakest < WEAK and not sure) else None


def doubtful_lines(reading: Reading, lines: Sequence[Line]) -> list[int]:
    """The lines that hold a value whose letters are in doubt or weak, for the second reader."""
    found: list[int] = []
    for value in _values(reading):
        box = value.evidence.box
        if box is None:
            continue
        own = [index for index, line in enumerate(lines) if holds(box, line) and re.search(r"\w", line.text)]
        weak = of_print([lines[index] for index in own], spelled=printed.spelled(value.value), sure=_proved(value))
        unlike = value.doubt is Doubt.NAME_AND_MAIL_DISAGREE and "mailbox nearly" in value.evidence.passed
        if value.doubt in _BY_READING or weak or unlike:
            found.extend(own)
    return sorted(set(found))


def _proved(value: Found[Any]) -> bool:
    return "mailbox" in value.evidence.passed or "domain" in value.evidence.passed


def _values(reading: Reading) -> Iterable[Found[Any]]:
    for one in (reading.name, reading.org, reading.title, reading.department):
        if one is not None:
            yield one
    for many in (reading.emails, reading.phones, reading.urls, reading.profiles, reading.addresses):
        yield from many
