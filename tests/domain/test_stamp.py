"""What is said when a photo is taken is kept in a form that means one thing."""

from datetime import date

import pytest

from service.domain.errors import BadValue
from service.domain.reading.card import Side
from service.domain.reading.stamp import Stamp, checked

TODAY = date(2026, 3, 4)


def test_a_promise_without_a_day_is_due_the_day_after() -> None:
    assert checked(Stamp(promise="the paper"), today=TODAY).promise_on == date(2026, 3, 5)
    assert checked(Stamp(promise="the paper", met_on=date(2026, 3, 1)), today=TODAY).promise_on == date(2026, 3, 2)
    assert checked(Stamp(promise="it", promise_on=date(2026, 4, 1)), today=TODAY).promise_on == date(2026, 4, 1)


def test_a_day_without_a_promise_means_nothing() -> None:
    assert checked(Stamp(promise=" ", promise_on=TODAY), today=TODAY) == Stamp()


def test_only_a_back_has_a_front() -> None:
    assert checked(Stamp(side=Side.BACK, pair="a"), today=TODAY).pair == "a"
    assert checked(Stamp(side=Side.FRONT, pair="a"), today=TODAY).pair is None


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(BadValue):
        checked(Stamp(promise="x" * 501), today=TODAY)
