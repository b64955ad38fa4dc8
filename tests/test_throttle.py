"""Whoever guesses is slowed down; whoever is right, or elsewhere, is not."""

from dataclasses import replace

import pytest

from service.config import Config
from service.domain.errors import TooMany
from service.throttle import AT_ONE_NAME, AT_ONE_NAME_FROM_ONE_PLACE, FROM_ONE_PLACE, Throttle


@pytest.fixture
def throttle(config: Config) -> Throttle:
    return Throttle(config)


def guess(throttle: Throttle, times: int, *, place: str, name: str = "") -> None:
    for _ in range(times):
        throttle.wrong("password", place=place, name=name)


def test_ten_wrong_ones_about_a_name_from_a_place_are_enough(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount - 1, place="192.0.2.1", name="ana")
    throttle.demand("password", place="192.0.2.1", name="ana")
    guess(throttle, 1, place="192.0.2.1", name="ana")
    with pytest.raises(TooMany) as refused:
        throttle.demand("password", place="192.0.2.1", name="ana")
    assert 0 < refused.value.seconds <= AT_ONE_NAME_FROM_ONE_PLACE.get_expiry()


def test_the_same_person_gets_in_from_elsewhere_and_others_from_there(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    throttle.demand("password", place="192.0.2.2", name="ana")
    throttle.demand("password", place="192.0.2.1", name="blas")
    throttle.demand("link", place="192.0.2.1", name="ana")


def test_a_place_that_tries_many_names_is_stopped(throttle: Throttle) -> None:
    for at in range(FROM_ONE_PLACE.amount):
        throttle.wrong("password", place="192.0.2.1", name=f"name-{at}")
    with pytest.raises(TooMany):
        throttle.demand("password", place="192.0.2.1", name="another")


def test_many_places_that_try_one_name_are_stopped(throttle: Throttle) -> None:
    for at in range(AT_ONE_NAME.amount):
        throttle.wrong("password", place=f"192.0.2.{at}", name="ana")
    with pytest.raises(TooMany):
        throttle.demand("password", place="198.51.100.7", name="ana")


def test_a_household_has_one_network_of_the_sixth_version(throttle: Throttle) -> None:
    for at in range(FROM_ONE_PLACE.amount):
        throttle.wrong("link", place=f"2001:db8:0:1::{at:x}")
    with pytest.raises(TooMany):
        throttle.demand("link", place="2001:db8:0:1:ffff::1")
    throttle.demand("link", place="2001:db8:0:2::1")


def test_the_right_one_wipes_out_what_was_wrong(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount - 1, place="192.0.2.1", name="ana")
    throttle.right("password", place="192.0.2.1", name="ana")
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount - 1, place="192.0.2.1", name="ana")
    throttle.demand("password", place="192.0.2.1", name="ana")


def test_two_processes_count_together(config: Config, throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    with pytest.raises(TooMany):
        Throttle(config).demand("password", place="192.0.2.1", name="ana")


def test_without_redis_each_process_counts_for_itself(config: Config) -> None:
    alone = Throttle(replace(config, redis_url="unix:///nowhere/redis.sock"))
    guess(alone, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    with pytest.raises(TooMany):
        alone.demand("password", place="192.0.2.1", name="ana")
