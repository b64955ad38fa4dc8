"""Today: the day's share of the week, one touch a screen."""

from collections.abc import Iterable
from datetime import date

from service.domain.ties.account import Account
from service.domain.ties.days import is_open, open_days, sunday
from service.domain.ties.touch import Lane, Touch


def share(chosen: Iterable[Touch], today: date, account: Account, *, done_today: int = 0) -> tuple[Touch, ...]:
    """Of the touches that the week still has open: debts due, fresh first messages, and of the rest an equal part.

    `done_today` counts the proposals (but first messages) that were done today already. A quiet day has none at all.
    """
    if not is_open(today, account):
        return ()
    due = [touch for touch in chosen if touch.day <= today]
    owed = [touch for touch in due if not touch.lane.proposed]
    fresh = [touch for touch in due if touch.lane is Lane.FRESH]
    rest = [touch for touch in due if touch.lane.proposed and touch.lane is not Lane.FRESH]
    left = max(1, open_days(today, sunday(today), account))
    part = max(0, -(-(len(rest) + done_today) // left) - done_today)
    return (*owed, *fresh, *easy_first(rest)[:part])


def easy_first(touches: list[Touch]) -> list[Touch]:
    """An easy touch just before a dormant one: who has just had a good word back writes the harder one."""
    dormant = next((touch for touch in touches if touch.lane is Lane.DORMANT), None)
    easy = next((touch for touch in touches if touch.easy and touch.lane is not Lane.DORMANT), None)
    if dormant is None or easy is None or touches.index(easy) < touches.index(dormant):
        return touches
    others = [touch for touch in touches if touch is not easy]
    place = others.index(dormant)
    return [*others[:place], easy, *others[place:]]
