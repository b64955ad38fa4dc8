"""Whoever guesses is slowed down; whoever is right, or elsewhere, is not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier

import pytest
from redis import Redis

from service.config import Config
from service.domain.errors import TooMany
from service.throttle import AT_ONE_NAME, AT_ONE_NAME_FROM_ONE_PLACE, FROM_ONE_PLACE, Throttle


@pytest.fixture
def throttle(config: Config) -> Throttle:
    return Throttle(config)


def guess(throttle: Throttle, times: int, *, place: str, name: str = "") -> None:
    for _ in range(times):
        throttle.demand("password", place=place, name=name)


def test_ten_wrong_ones_about_a_name_from_a_place_are_enough(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    with pytest.raises(TooMany) as refused:
        throttle.demand("password", place="192.0.2.1", name="ana")
    assert 0 < refused.value.seconds <= AT_ONE_NAME_FROM_ONE_PLACE.get_expiry()


def at_once(throttle: Throttle, tries: int) -> int:
    """Try at the same time, before anybody was told whether it was right; give how many were let through."""
    together = Barrier(tries)

    def one(_number: int) -> bool:
        together.wait()
        try:
            throttle.demand("password", place="192.0.2.1", name="ana")
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(tries) as threads:
        return sum(threads.map(one, range(tries)))


def test_of_many_at_once_no_more_are_let_through_than_one_by_one(config: Config, throttle: Throttle) -> None:
    assert at_once(throttle, 24) == AT_ONE_NAME_FROM_ONE_PLACE.amount
    alone = Throttle(replace(config, redis_url="unix:///nowhere/redis.sock"))
    assert at_once(alone, 24) <= AT_ONE_NAME_FROM_ONE_PLACE.amount


def test_who_is_refused_counts_for_nobody_else(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    for _ in range(AT_ONE_NAME.amount):
        with pytest.raises(TooMany):
            throttle.demand("password", place="192.0.2.1", name="ana")
    throttle.demand("password", place="192.0.2.1", name="blas")
    throttle.demand("password", place="192.0.2.2", name="ana")


def test_what_was_right_counts_for_nothing(throttle: Throttle) -> None:
    for _ in range(FROM_ONE_PLACE.amount + 1):
        throttle.demand("join", place="192.0.2.1")
        throttle.give_back("join", place="192.0.2.1")
    for _ in range(AT_ONE_NAME.amount + 1):
        throttle.demand("second", place="192.0.2.1", name="ana")
        throttle.right("second", place="192.0.2.1", name="ana")
    throttle.give_back("knock", place="192.0.2.1")
    for _ in range(FROM_ONE_PLACE.amount):
        throttle.demand("knock", place="192.0.2.1")
    with pytest.raises(TooMany):
        throttle.demand("knock", place="192.0.2.1")


def test_the_same_person_gets_in_from_elsewhere_and_others_from_there(throttle: Throttle) -> None:
    guess(throttle, AT_ONE_NAME_FROM_ONE_PLACE.amount, place="192.0.2.1", name="ana")
    throttle.demand("password", place="192.0.2.2", name="ana")
    throttle.demand("password", place="192.0.2.1", name="blas")
    throttle.demand("link", place="192.0.2.1", name="ana")


def test_a_place_that_tries_many_names_is_stopped(throttle: Throttle) -> None:
    for at in range(FROM_ONE_PLACE.amount):
        throttle.demand("password", place="192.0.2.1", name=f"name-{at}")
    with pytest.raises(TooMany):
        throttle.demand("password", place="192.0.2.1", name="another")


def test_many_places_that_try_one_name_are_stopped(throttle: Throttle) -> None:
    for at in range(AT_ONE_NAME.amount):
        throttle.demand("password", place=f"192.0.2.{at}", name="ana")
    with pytest.raises(TooMany):
        throttle.demand("password", place="198.51.100.7", name="ana")


def test_a_household_has_one_network_of_the_sixth_version(throttle: Throttle) -> None:
    for at in range(FROM_ONE_PLACE.amount):
        throttle.demand("link", place=f"2001:db8:0:1::{at:x}")
    with pytest.raises(TooMany):
        throttle.demand("link", place="2001:db8:0:1:ffff::1")
    throttle.demand("link", place="2001:db8:0:2::1")


def test_an_address_of_the_fourth_version_is_one_place_however_it_is_written(throttle: Throttle) -> None:
    for _ in range(FROM_ONE_PLACE.amount // 2):
        throttle.demand("link", place="::ffff:192.0.2.1")
        throttle.demand("link", place="192.0.2.1")
    with pytest.raises(TooMany):
        throttle.demand("link", place="::ffff:192.0.2.1")
    throttle.demand("link", place="::ffff:192.0.2.2")


def test_redis_keeps_neither_names_nor_addresses(throttle: Throttle, redis_server: str) -> None:
    throttle.demand("second", place="192.0.2.1", name="ana@example.com")
    with closing(Redis.from_url(redis_server)) as client:
        kept = str(client.keys())
    assert kept.count("undrawer:wrong") == 4
    assert "ana" not in kept
    assert "192.0.2" not in kept


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
