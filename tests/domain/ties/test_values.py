"""The values of the engine: what an account may choose, and where every number comes from."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.errors import BadValue
from service.domain.ties.account import Account, Stretch, check, day_of
from service.domain.ties.circle import Circle
from service.domain.ties.policy import NUMBERS, Policy, policy
from service.domain.ties.tie import Source, begins_in
from service.domain.ties.touch import Kind, Sort


def test_every_number_has_its_source_and_lies_within_its_bounds() -> None:
    for number in NUMBERS.values():
        assert number.source
        assert number.low <= number.default <= number.high, number.name


def test_an_account_changes_a_number_of_the_policy() -> None:
    assert policy({"budget": 7}).budget == 7
    assert policy({}) == Policy()


@pytest.mark.parametrize("changes", [{"budgets": 7}, {"budget": 0}, {"budget": "7"}, {"budget": True}, {"budget": 1e9}])
def test_a_number_that_is_none_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        policy(changes)


def test_new_cards_begin_in_active_and_imports_in_the_drawer() -> None:
    assert begins_in(Source.CARD) is Circle.ACTIVE
    assert begins_in(Source.IMPORT) is Circle.DRAWER


def test_the_circles_ask_for_a_week_a_month_a_quarter_half_a_year_and_a_year() -> None:
    assert [Policy().interval(circle) for circle in Circle] == [7, 30, 90, 180, 365]


def test_congratulating_and_thanking_are_courtesy_and_no_gives() -> None:
    assert Kind.THANK.sort is Kind.CONGRATULATE.sort is Sort.COURTESY
    assert {kind for kind in Kind if kind.sort is Sort.GIVE} == {
        Kind.PROMISE,
        Kind.INTRODUCE,
        Kind.REFER,
        Kind.FAVOUR,
        Kind.INVITE,
    }


def test_one_weekday_stays_open() -> None:
    check(Account(quiet_weekdays=frozenset(range(6))))
    with pytest.raises(BadValue, match="open"):
        check(Account(quiet_weekdays=frozenset(range(7))))


@pytest.mark.parametrize("days", [-1, 365, 4000])
def test_a_quiet_stretch_has_a_year_at_most_and_ends_after_it_begins(days: int) -> None:
    first = date(2026, 8, 1)
    with pytest.raises(BadValue):
        check(Account(stretches=(Stretch(first, first + timedelta(days=days)),)))


def test_the_day_is_the_accounts() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert day_of(late, "Europe/Madrid") == date(2026, 3, 2)
    assert day_of(late, "America/Lima") == date(2026, 3, 1)


@pytest.mark.parametrize("name", ["", "Nowhere/Town", "../etc", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(BadValue):
        check(Account(zone=name))
