"""How likely a value is wrong, from its signs: weights learnt by `python -m bench.calibrate` from cards of known truth."""

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from service.domain.reading.card import Doubt
from workers.extraction.fields.surety.signs.card import Signs
from workers.extraction.fields.words.listed import LISTS

WEIGHTS = LISTS / "sureness.txt"
"""A line a sign: its weight in log-odds of being wrong, how large it is on the mean, and its name; `kind name` is where a
name without any begins."""

REASONS = {
    Doubt.READERS_DIFFER: ("print differ", "print differ a little", "rule readers_differ"),
    Doubt.WEAK_LETTERS: (
        "print ", "rule weak_letters", "name lost", "org lost", "title lost", "emails odd", "emails alike", "emails digits", "emails misspelt host", "emails begins large", "emails odd host", "urls odd host", "name odd",
        "org odd", "title odd", "urls nearly", "name lower case", "name bare",
    ),
    Doubt.CLOSE_CALL: (
        "name hardly", "name won", "org hardly", "org won", "title hardly", "title won", "rule close_call", "org title word",
        "name role word", "org person's", "title apart", "name of the company",
    ),
    Doubt.INCOMPLETE: (
        "name goes on", "org goes on", "name scattered", "org scattered", "title scattered", "title goes on", "addresses goes on", "org union", "name one word", "org one word",
        "name many", "org many", "title many", "addresses", "org lower case", "name eastern blank",
        "name continues", "org continues", "org more in the domain", "title eastern blank", "title continues", "org ends open", "title ends open",
    ),
    Doubt.NAME_AND_MAIL_DISAGREE: (
        "name another's mailbox", "name mailbox nearly", "emails unlike the name", "emails nearly the name",
        "card another's mailbox", "rule name_and_mail_disagree",
    ),
    Doubt.NUMBER_SHORT: ("phones few digits", "phones shorter"),
    Doubt.NUMBER_INVALID: ("phones unproved", "phones many digits", "phones other signs", "phones brackets", "phones extension", "phones after"),
    Doubt.COUNTRY_GUESSED: ("phones no full form", "phones another country", "phones many countries", "phones lent country"),
}  # fmt: skip
"""What the beginning of a sign's name tells a person; whatever is not named here is simply not confirmed."""


@cache
def _rows() -> tuple[tuple[str, float, float], ...]:
    rows = WEIGHTS.read_text(encoding="utf-8").splitlines()
    parts = (row.split(" ", 2) for row in rows if row and not row.startswith("#"))
    return tuple((name, float(weight), float(usual)) for weight, usual, name in parts)


@cache
def weights() -> Mapping[str, float]:
    return {name: weight for name, weight, _ in _rows()}


@cache
def _usual() -> Mapping[str, float]:
    """What each sign adds to the risk of a value on the mean."""
    return {name: weight * usual for name, weight, usual in _rows()}


def wrong(kind: str, signs: Signs) -> float:
    """The log-odds of a value being wrong; without any sign a code has said it."""
    if not signs:
        return -math.inf
    learnt = weights()
    return learnt[f"kind {kind}"] + sum(learnt.get(name, 0.0) * sign for name, sign in signs.items())


def in_doubt(kind: str, signs: Signs) -> bool:
    """A letter that was seen and not known is one in three times wrong, and a value that ends at a small word nearly always.

    Both are too seldom for a weight to be learnt.
    """
    sure = not signs.get(f"{kind} lost") and not signs.get(f"{kind} ends open")
    return not sure or wrong(kind, signs) > weights()["threshold"]


def reason(signs: Signs) -> Doubt:
    """What speaks loudest against a value, all signs of one kind together, beyond what speaks against any.

    That two readers differ is said first: a person sees at a glance which of them is right; and then letters
    that no reader can tell: `6o`, and those that were seen and not known.
    """
    if "print differ" in signs:
        return Doubt.READERS_DIFFER
    if "print twins" in signs or "print lost" in signs:
        return Doubt.WEAK_LETTERS
    learnt, usual = weights(), _usual()
    loudness: defaultdict[Doubt, float] = defaultdict(float)
    for name, sign in signs.items():
        loudness[said_by(name)] += learnt.get(name, 0.0) * sign - usual.get(name, 0.0)
    return max(loudness, key=lambda doubt: loudness[doubt])


@cache
def said_by(sign: str) -> Doubt:
    return next((doubt for doubt, begins in REASONS.items() if sign.startswith(begins)), Doubt.UNCONFIRMED)
