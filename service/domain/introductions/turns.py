"""Whose turn it is to be asked: the engine asks nobody about introductions twice in a quarter, nor while one is open."""

from collections.abc import Iterable
from datetime import date

from service.domain.introductions.proposal import Proposal
from service.domain.ties.days import plus


def first_in_turn(
    found: Iterable[Proposal], lately: Iterable[tuple[str, str, date]], *, today: date, again_days: int
) -> Proposal | None:
    """The best of those whose two people were in no introduction begun in the last `again_days`.

    `lately` are introductions as their two ties and the day on which they were begun, under way or over.
    """
    since = plus(today, -again_days)
    asked = {tie for one, other, day in lately if day > since for tie in (one, other)}
    return next((one for one in found if not asked & {one.needs, one.helps}), None)
