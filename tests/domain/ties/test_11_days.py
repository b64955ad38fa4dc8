"""followup.md §11: days of the account's zone, quiet weekdays and stretches."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from service.domain.ties.account import Account, Stretch, day_of
from service.domain.ties.days import is_open, last_open, monday, next_open, open_days, plus, sunday, window_end
from service.domain.ties.touch import Kind
from tests.domain.ties.scene import Scene, day

AUGUST = Stretch(date(2026, 8, 1), date(2026, 8, 31))
SUMMER = Account(stretches=(AUGUST,))

dates = st.dates(date(2020, 1, 1), date(2030, 1, 1))
accounts = st.builds(
    Account,
    quiet_weekdays=st.frozensets(st.integers(0, 6), max_size=7),
    stretches=st.lists(
        st.builds(lambda first, days: Stretch(first, plus(first, days)), dates, st.integers(0, 364)), max_size=5
    ).map(tuple),
)


def test_a_week_is_monday_to_sunday_of_the_accounts_days() -> None:
    assert (monday(date(2026, 3, 8)), sunday(date(2026, 3, 2))) == (date(2026, 3, 2), date(2026, 3, 8))


def test_a_day_is_fixed_when_recorded_whatever_zone_the_account_has_later() -> None:
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert day_of(moment, "Europe/Madrid") == date(2026, 3, 29)
    assert day_of(moment, "Pacific/Kiritimati") == date(2026, 3, 29)
    assert day_of(moment, "America/New_York") == date(2026, 3, 28)


def test_rows_dated_after_today_count_as_today() -> None:
    scene = Scene()
    scene.talked(9)
    assert scene.outlook(5).last_two_way == day(5)
    assert scene.outlook(20).last_two_way == day(9)


def test_a_touch_moves_to_the_next_open_day() -> None:
    assert next_open(date(2026, 8, 3), SUMMER) == date(2026, 9, 1)
    assert next_open(date(2026, 7, 4), SUMMER) == date(2026, 7, 6)


def test_a_promise_moves_to_the_last_open_day_before_if_that_is_not_past() -> None:
    scene = Scene(SUMMER)
    scene.promises(100, 200)
    assert scene.tie.promises[0].due_on == date(2026, 8, 10)
    assert scene.next(150).day == date(2026, 7, 31)
    assert scene.next(195).day == date(2026, 9, 1)


def test_a_quiet_stretch_lengthens_every_window_by_its_length() -> None:
    assert window_end(date(2026, 7, 25), 14, SUMMER) == date(2026, 9, 8)
    assert window_end(date(2026, 7, 1), 14, SUMMER) == date(2026, 7, 15)
    assert window_end(date(2026, 8, 3), 21, SUMMER) == date(2026, 9, 21)


def test_stretches_that_overlap_count_once() -> None:
    twice = Account(stretches=(AUGUST, Stretch(date(2026, 8, 10), date(2026, 8, 20)), AUGUST))
    assert window_end(date(2026, 7, 25), 14, twice) == window_end(date(2026, 7, 25), 14, SUMMER)


def test_with_every_weekday_quiet_none_is() -> None:
    assert is_open(date(2026, 3, 1), Account(quiet_weekdays=frozenset(range(7))))


def test_an_answer_over_the_holidays_is_asked_about_after_them() -> None:
    scene = Scene(SUMMER)
    scene.met(185)
    scene.did(187, Kind.FIRST)
    assert all(touch.day > date(2026, 9, 8) for touch in scene.plan(190))


@given(dates, accounts)
def test_the_next_open_day_is_open_and_none_before_it_is(today: date, account: Account) -> None:
    found = next_open(today, account)
    assert found >= today
    assert is_open(found, account)
    assert open_days(today, found, account) == 1


@given(dates, accounts)
def test_the_last_open_day_is_open_and_none_after_it_is(today: date, account: Account) -> None:
    found = last_open(today, account)
    assert found <= today
    assert is_open(found, account)
    assert open_days(found, today, account) == 1


@given(dates, st.integers(0, 60), accounts)
def test_a_window_holds_as_many_days_outside_stretches_as_it_is_long(start: date, days: int, account: Account) -> None:
    end = window_end(start, days, account)
    within = [plus(start, n) for n in range(1, (end - start).days + 1)]
    assert sum(not any(one in stretch for stretch in account.stretches) for one in within) == days


@given(st.integers(-4_000_000, 4_000_000))
def test_the_ends_of_the_calendar_are_no_error(days: int) -> None:
    assert date.min <= plus(date(2026, 1, 1), days) <= date.max
    assert next_open(plus(date(2026, 1, 1), days), SUMMER)
    assert last_open(plus(date(2026, 1, 1), days), SUMMER)
