"""Times offered for a call: three open days, by the account's own clocks, in hours that are free."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import BadValue
from service.domain.outcomes.hours import FreeHours, Span, check, times
from service.domain.ties.account import Account, Stretch
from service.domain.ties.days import is_open

THURSDAY = date(2030, 3, 7)
NOW = datetime(2030, 3, 4, 12, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


def local(found: tuple[datetime, ...], zone: ZoneInfo = MADRID) -> list[str]:
    return [f"{one.astimezone(zone):%a %d %H:%M}" for one in found]


def test_three_open_days_mornings_and_afternoons_in_turn() -> None:
    found = times(FreeHours(), Account(), first=THURSDAY, now=NOW)
    assert local(found) == ["Thu 07 10:00", "Fri 08 16:00", "Mon 11 10:00"]


def test_quiet_days_and_times_taken_are_passed_over() -> None:
    account = Account(stretches=(Stretch(date(2030, 3, 8), date(2030, 3, 12)),))
    taken = [datetime(2030, 3, 7, 9, tzinfo=UTC)]
    found = times(FreeHours(), account, first=THURSDAY, now=NOW, taken=taken)
    assert local(found) == ["Thu 07 10:30", "Wed 13 16:00", "Thu 14 10:00"]


def test_an_hour_that_the_clocks_leave_out_moves_to_the_next_there_is() -> None:
    free = FreeHours(frozenset(range(7)), (Span(time(2, 30), time(4)),))
    account = Account(quiet_weekdays=frozenset())
    found = times(free, account, first=date(2030, 3, 30), now=NOW)
    assert local(found) == ["Sat 30 02:30", "Sun 31 03:00", "Mon 01 02:30"]


def test_a_full_day_gives_way_to_the_next() -> None:
    free = FreeHours(frozenset({3}), (Span(time(10), time(10, 20)),))
    taken = [datetime(2030, 3, 7, 9, tzinfo=UTC)]
    assert local(times(free, Account(), first=THURSDAY, now=NOW, taken=taken))[0] == "Thu 14 10:00"


@pytest.mark.parametrize(
    "free",
    [
        FreeHours(frozenset()),
        FreeHours(frozenset({7})),
        FreeHours(spans=()),
        FreeHours(spans=(Span(time(12), time(10)),)),
        FreeHours(spans=(Span(time(10), time(12)), Span(time(11), time(13)))),
    ],
)
def test_hours_nobody_can_be_called_in_are_refused(free: FreeHours) -> None:
    with pytest.raises(BadValue):
        check(free)


ZONES = ("Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    zone=st.sampled_from(ZONES),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    quiet=st.frozensets(st.integers(0, 6), max_size=6),
    begins=st.integers(0, 46),
    length=st.integers(1, 8),
)
def test_what_is_offered_is_in_order_on_open_days_and_ahead(
    first: date, zone: str, weekdays: frozenset[int], quiet: frozenset[int], begins: int, length: int
) -> None:
    at = datetime.combine(first, time()) + timedelta(minutes=30 * begins)
    until = min(at + timedelta(minutes=30 * length), datetime.combine(first, time(23, 59)))
    free = FreeHours(weekdays, (Span(at.time(), until.time()),))
    account = Account(zone=zone, quiet_weekdays=quiet)
    now = datetime.combine(first, time(), tzinfo=UTC) - timedelta(days=1)
    found = times(free, account, first=first, now=now)
    days = [one.astimezone(ZoneInfo(zone)).date() for one in found]
    assert len(found) <= 3
    assert days == sorted(set(days))
    assert all(one > now for one in found)
    assert all(is_open(day, account) and day >= first for day in days)
