"""The rules of a time zone as a calendar carries them (RFC 5545, 3.6.5): when its clocks change, and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP: Final = timedelta(days=7)
"""No zone changes its clocks forth and back within a week; Morocco's month of fasting is four of them apart."""

_PRECISE: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """From `offset` to another one, when clocks that still show the old one say `at`."""

    offset: timedelta
    then: timedelta
    name: str
    summer: bool
    at: datetime


def rules(zone: ZoneInfo, *, first_year: int, last_year: int) -> Timezone:
    """Describe a zone for these years, both within. icalendar 7.3 has a function for this, and is an hour late in spring."""
    made = Timezone()
    made.add("tzid", zone.key)
    changes = sorted(_changes(zone, datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)))
    for (offset, then, name, summer), alike in groupby(
        changes, lambda one: (one.offset, one.then, one.name, one.summer)
    ):
        part = TimezoneDaylight() if summer else TimezoneStandard()
        begins, *again = [one.at for one in alike]
        part.add("dtstart", begins)
        if again:
            part.add("rdate", again)
        part.add("tzoffsetfrom", offset)
        part.add("tzoffsetto", then)
        part.add("tzname", name)
        made.add_component(part)
    return made


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[Change]:
    """What holds at the beginning, then every change up to the end."""
    yield _change(begins, zone, begins)
    moment = begins
    while moment < ends:
        after = moment + _STEP
        if _offset(moment, zone) != _offset(after, zone):
            yield _change(_turn(moment, after, zone), zone, moment)
        moment = after


def _turn(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the new offset, between two with different ones."""
    while after - before > _PRECISE:
        middle = before + (after - before) // 2
        before, after = (middle, after) if _offset(middle, zone) == _offset(before, zone) else (before, middle)
    return after.replace(microsecond=0)


def _change(moment: datetime, zone: ZoneInfo, before: datetime) -> Change:
    there, offset = moment.astimezone(zone), _offset(before, zone)
    shown = (moment + offset).replace(tzinfo=None)
    return Change(offset, _offset(moment, zone), there.tzname() or zone.key, bool(there.dst()), shown)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
