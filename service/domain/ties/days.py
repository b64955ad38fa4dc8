"""The account's days: open and quiet, weeks, and windows that quiet stretches lengthen."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from service.domain.ties.account import WEEKDAYS, Account, Stretch

_DAY: Final = timedelta(days=1)


def plus(day: date, days: int) -> date:
    """So many days later, never beyond the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def monday(day: date) -> date:
    return plus(day, -day.weekday())


def sunday(day: date) -> date:
    return plus(monday(day), WEEKDAYS - 1)


def is_open(day: date, account: Account) -> bool:
    return _weekday_open(day, account) and not any(day in stretch for stretch in account.stretches)


def next_open(day: date, account: Account) -> date:
    """The day itself if it is open, else the next that is."""
    while day < date.max and not is_open(day, account):
        ends = [stretch.last for stretch in account.stretches if day in stretch]
        day = plus(max(ends, default=day), 1)
    return day


def last_open(day: date, account: Account) -> date:
    """The day itself if it is open, else the last before it that is."""
    while day > date.min and not is_open(day, account):
        begins = [stretch.first for stretch in account.stretches if day in stretch]
        day = plus(min(begins, default=day), -1)
    return day


def open_days(first: date, last: date, account: Account) -> int:
    """How many days from `first` to `last`, both within, are open."""
    return sum(is_open(plus(first, n), account) for n in range((last - first).days + 1))


def window_end(start: date, days: int, account: Account) -> date:
    """The last day of a window that began on `start`: each quiet stretch within lengthens it by its days."""
    end = plus(start, days)
    for stretch in _merged(account.stretches):
        first = max(stretch.first, plus(start, 1))
        if first <= min(end, stretch.last):
            end = plus(end, (stretch.last - first).days + 1)
    return end


def _weekday_open(day: date, account: Account) -> bool:
    """With all seven quiet there would be no day left: then none is."""
    return day.weekday() not in account.quiet_weekdays or len(account.quiet_weekdays) >= WEEKDAYS


@lru_cache(maxsize=256)
def _merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for stretch in sorted(stretches):
        if merged and stretch.first <= plus(merged[-1].last, 1):
            merged[-1] = Stretch(merged[-1].first, max(merged[-1].last, stretch.last))
        else:
            merged.append(stretch)
    return tuple(merged)
