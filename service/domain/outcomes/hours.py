"""The hours in which an account takes calls, and the times that it offers: by its own clocks, on open days only."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from service.domain.entering.ring import moment_of
from service.domain.errors import BadValue
from service.domain.ties.account import WEEKDAYS, Account, zone_of
from service.domain.ties.days import next_open, plus

OFFERED: Final = 3
CALL_MINUTES: Final = 15
_STEP: Final = timedelta(minutes=30)
_SPANS_AT_MOST: Final = 3
_LOOKED_AHEAD_DAYS: Final = 62


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Some hours of a day, from `begins` until `ends`."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class FreeHours:
    """The weekdays (Monday is 0) and the hours in which the account is glad to talk."""

    weekdays: frozenset[int] = frozenset(range(5))
    spans: tuple[Span, ...] = (Span(time(10), time(13, 30)), Span(time(16), time(18, 30)))


def check(free: FreeHours) -> None:
    """Raise BadValue for hours in which nobody could be called."""
    if not free.weekdays or not free.weekdays <= frozenset(range(WEEKDAYS)):
        raise BadValue("free_weekdays", "Choose at least one day of the week.")
    if not free.spans or len(free.spans) > _SPANS_AT_MOST:
        raise BadValue("free_hours", "Say from when until when you take calls.")
    for span in free.spans:
        if span.ends <= span.begins:
            raise BadValue("free_hours_backwards", "The hours end after they begin.")
    if any(later.begins < sooner.ends for sooner, later in zip(free.spans, free.spans[1:], strict=False)):
        raise BadValue("free_hours_twice", "The second hours begin after the first end.")


def times(
    free: FreeHours, account: Account, *, first: date, now: datetime, taken: Collection[datetime] = ()
) -> tuple[datetime, ...]:
    """Three beginnings in UTC on three open days from `first` on, mornings and afternoons in turn, none of them taken."""
    found: list[datetime] = []
    for day in _days(free, account, first):
        start = len(found) % len(free.spans)
        slot = next(_slots(free.spans[start:] + free.spans[:start], account, day, now, taken), None)
        if slot is not None:
            found.append(slot)
        if len(found) == OFFERED:
            break
    return tuple(found)


def _days(free: FreeHours, account: Account, first: date) -> Iterator[date]:
    """Those open days on which calls are taken; where the two never meet, the open days alone."""
    open_days = [day for day in (plus(first, n) for n in range(_LOOKED_AHEAD_DAYS)) if next_open(day, account) == day]
    calling = [day for day in open_days if day.weekday() in free.weekdays]
    return iter(calling or open_days)


def _slots(
    spans: Sequence[Span], account: Account, day: date, now: datetime, taken: Collection[datetime]
) -> Iterator[datetime]:
    zone = zone_of(account.zone)
    for span in spans:
        at, last = datetime.combine(day, span.begins), datetime.combine(day, span.ends)
        while at + timedelta(minutes=CALL_MINUTES) <= last:
            moment = moment_of(day, at.time(), zone)
            if moment > now and not any(abs(moment - other) < _STEP for other in taken):
                yield moment
            at += _STEP
