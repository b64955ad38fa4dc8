"""When something rings for a person: an hour of a day in a zone, also where the clocks are changed that night."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_LONGEST_GAP_MINUTES: Final = 25 * 60
"""Samoa left out a whole day when it changed sides of the date line."""


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, of a local time: one that is left out moves to the next there is, of two the first counts."""
    wanted = datetime.combine(day, at)
    for minutes in range(_LONGEST_GAP_MINUTES):
        local = wanted + minutes * _MINUTE
        moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            return moment
    return wanted.replace(tzinfo=zone).astimezone(UTC)


def next_ring(after: datetime, at: time, zone: ZoneInfo, *, weekdays: frozenset[int]) -> datetime:
    """The first ring later than `after`, on one of the weekdays (Monday is 0, at least one)."""
    day = after.astimezone(zone).date() - _DAY
    while True:
        if day.weekday() in weekdays:
            ring = moment_of(day, at, zone)
            if ring > after:
                return ring
        day += _DAY
