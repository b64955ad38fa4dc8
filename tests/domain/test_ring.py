from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from service.domain.entering.ring import moment_of, next_ring

MADRID = ZoneInfo("Europe/Madrid")
EVERY_DAY = frozenset(range(7))


def local(moment: datetime, zone: ZoneInfo = MADRID) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes")


def test_an_hour_of_a_day_is_that_hour_there() -> None:
    assert moment_of(date(2026, 1, 5), time(8), MADRID) == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert moment_of(date(2026, 7, 6), time(8), MADRID) == datetime(2026, 7, 6, 6, tzinfo=UTC)


def test_a_time_that_is_left_out_moves_to_the_next_there_is() -> None:
    assert local(moment_of(date(2026, 3, 29), time(2), MADRID)) == "2026-03-29T03:00+02:00"
    assert local(moment_of(date(2026, 3, 29), time(2, 30), MADRID)) == "2026-03-29T03:00+02:00"
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    assert local(moment_of(date(2026, 10, 4), time(2), lord_howe), lord_howe) == "2026-10-04T02:30+11:00"


def test_a_day_that_is_left_out_is_rung_for_when_the_next_begins() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert local(moment_of(date(2011, 12, 30), time(8), apia), apia) == "2011-12-31T00:00+14:00"


def test_a_time_that_comes_twice_rings_the_first_time_only() -> None:
    first = moment_of(date(2026, 10, 25), time(2), MADRID)
    assert local(first) == "2026-10-25T02:00+02:00"
    assert local(next_ring(first, time(2), MADRID, weekdays=EVERY_DAY)) == "2026-10-26T02:00+01:00"


def test_the_next_ring_is_on_its_weekday() -> None:
    monday_at_nine = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert local(next_ring(monday_at_nine, time(8), MADRID, weekdays=frozenset({0}))) == "2026-03-09T08:00+01:00"
    assert local(next_ring(monday_at_nine, time(10), MADRID, weekdays=frozenset({0}))) == "2026-03-02T10:00+01:00"


ZONES = (
    "Europe/Madrid",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kolkata",
)


@given(st.integers(0, 4 * 365 * 24), st.integers(0, 23), st.sampled_from(ZONES))
def test_rings_go_on_one_a_day_in_every_zone(hours: int, hour: int, zone: str) -> None:
    where, ring = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    first = next_ring(ring, time(hour), where, weekdays=EVERY_DAY)
    second = next_ring(first, time(hour), where, weekdays=EVERY_DAY)
    assert first > ring
    assert timedelta(hours=20) < second - first < timedelta(hours=28)
    assert second.astimezone(where).date() - first.astimezone(where).date() == timedelta(days=1)
