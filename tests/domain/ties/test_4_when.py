"""followup.md §4: when the next touch is due."""

from dataclasses import replace

import pytest

from service.domain.ties.account import Account
from service.domain.ties.act import ActType, Gift, Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.policy import Policy
from service.domain.ties.touch import Kind, Lane
from service.domain.ties.tries import next_try
from tests.domain.ties.scene import OPEN, Scene, day, noted

EXACT = replace(OPEN, policy=Policy(try_spread_days=0))


def test_a_card_gets_a_second_try_after_thirty_days_and_a_third_after_sixty_more() -> None:
    scene = noted(account=EXACT)
    scene.met()
    scene.no(16, scene.does(1))
    second = scene.next(16)
    assert (second.lane, second.day, second.kind) == (Lane.TRY, day(31), Kind.FAVOUR)
    scene.no(46, scene.does(31))
    third = scene.next(46)
    assert (third.day, third.kind) == (day(91), Kind.HELLO)
    scene.no(106, scene.does(91))
    assert scene.plan(106) == ()
    assert scene.outlook(106).next.standing == "resting"


def test_each_try_goes_another_way() -> None:
    scene = noted(account=EXACT)
    scene.met()
    first = scene.next(1).channel
    told = scene.does(1)
    assert scene.next(16).channel is not first
    scene.no(16, told)
    assert scene.next(16).channel is not first


def test_tries_of_one_evening_are_spread_over_some_days_each_tie_by_its_own_key() -> None:
    days = set()
    for n in range(40):
        scene = noted(id=f"t{n}")
        scene.met()
        scene.no(16, scene.does(1))
        days.add(scene.next(16).day)
    assert min(days) >= day(31 - Policy().try_spread_days // 2)
    assert max(days) <= day(31 + Policy().try_spread_days // 2)
    assert len(days) > 10


def test_if_the_outcome_is_unknown_the_circle_gives_the_time() -> None:
    scene = noted(account=EXACT)
    scene.met()
    scene.does(1)
    assert scene.next(16).day == day(91)


def test_after_three_unknown_nothing_comes_until_the_user_says_whether_they_answered() -> None:
    scene = noted(account=EXACT)
    scene.met()
    for n in (1, 91, 181):
        scene.does(n)
    assert scene.plan(300) == ()
    assert scene.outlook(190).next.standing == "listening"
    assert scene.outlook(300).next.standing == "waits for word"
    scene.warm(300, scene.acts[-1].id)
    assert scene.plan(300)


@pytest.mark.parametrize("kind", [Kind.FIRST, Kind.LATE_HELLO, Kind.PROMISE, Kind.FAVOUR])
def test_a_warm_answer_to_a_first_word_a_try_or_a_kept_promise_asks_for_a_coffee(kind: Kind) -> None:
    scene = noted()
    scene.met()
    scene.warm(5, scene.did(1, kind))
    assert (scene.next(5).lane, scene.next(5).day) == (Lane.IN_MOTION, day(12))


def test_who_has_talked_already_is_not_asked_for_a_coffee_out_of_turn() -> None:
    scene = noted()
    scene.met()
    scene.warm(5, scene.did(1, Kind.FIRST))
    scene.talked(6)
    assert scene.next(6).lane is Lane.KEEP


def test_a_declined_coffee_goes_on_as_with_anybody_awake() -> None:
    scene = noted()
    scene.met()
    scene.warm(5, scene.does(1))
    scene.skips(12)
    touch = scene.next(12)
    assert (touch.lane, touch.day) == (Lane.KEEP, day(102))


@pytest.mark.parametrize(("circle", "wait"), [(Circle.INNER, 7), (Circle.CLOSE, 30), (Circle.ACTIVE, 30)])
def test_somebody_new_is_written_to_every_month_at_least(circle: Circle, wait: int) -> None:
    scene = noted(circle=circle)
    scene.talked(0)
    assert scene.next(1).day == day(wait)


@pytest.mark.parametrize(("circle", "wait"), [(Circle.CLOSE, 30), (Circle.ACTIVE, 90), (Circle.WIDER, 180)])
def test_a_tie_is_written_to_in_its_circles_time(circle: Circle, wait: int) -> None:
    scene = noted(circle=circle)
    scene.talked(-40)
    scene.talked(0)
    assert scene.next(1).day == day(wait)


@pytest.mark.parametrize("circle", [Circle.ACTIVE, Circle.DRAWER])
def test_who_gave_last_is_given_something_within_a_month_whatever_the_circle(circle: Circle) -> None:
    scene = noted(circle=circle)
    scene.talked(-40)
    scene.received(0, Gift.REFERRAL)
    scene.does(1)
    assert (scene.next(1).kind, scene.next(1).day) == (Kind.FAVOUR, day(30))
    scene.warm(31, scene.does(30))
    assert scene.next(31).day == day(31 + Policy().interval(circle))


def test_after_a_cool_answer_twice_the_interval_and_no_coffee() -> None:
    scene = Scene()
    scene.met()
    scene.cool(3, scene.does(1))
    touch = scene.next(3)
    assert (touch.kind, touch.day) == (Kind.HELLO, day(183))


def test_a_logged_contact_restarts_the_clock() -> None:
    scene = noted()
    scene.talked(0)
    scene.talked(20)
    assert scene.next(20).day == day(50)


def test_after_silence_the_wait_doubles_and_counts_from_the_touch() -> None:
    scene = noted(circle=Circle.CLOSE, account=EXACT)
    scene.talked(-40)
    scene.talked(0)
    scene.no(45, scene.does(30))
    assert scene.next(45).day == day(60)
    scene.no(75, scene.does(60))
    assert scene.next(75).day == day(120)


def test_a_silent_person_is_never_due_every_day() -> None:
    scene = noted(circle=Circle.INNER)
    scene.talked(0)
    done = 0
    for n in range(7, 400):
        for touch in scene.plan(n):
            if touch.day <= day(n):
                scene.no(n, scene.did(n, touch.kind, touch.cause, touch.channel or scene.tie.channels[0]))
                done += 1
    assert done <= 4


@pytest.mark.parametrize(("circle", "wait"), [(Circle.INNER, 30), (Circle.ACTIVE, 90)])
def test_after_a_skip_the_engine_is_quiet_for_the_interval_and_a_month_at_least(circle: Circle, wait: int) -> None:
    scene = noted(circle=circle)
    scene.talked(-60)
    scene.skips(0)
    assert scene.next(0).day == day(wait)


def test_a_thank_you_that_nobody_answers_is_not_silence() -> None:
    scene = noted()
    scene.received(0)
    scene.no(16, scene.does(1))
    assert scene.outlook(16).unanswered == 0
    assert scene.next(16).day == day(30)


def test_a_revived_card_is_tried_again_from_nought() -> None:
    scene = noted(account=EXACT)
    scene.met()
    for n in (1, 31, 91):
        scene.no(n + 15, scene.does(n))
    assert scene.outlook(120).warmth == "resting"
    scene.act(ActType.REVIVED, 120)
    touch = scene.next(120)
    assert (touch.lane, touch.day) == (Lane.TRY, day(121))


def test_no_first_word_no_try() -> None:
    scene = Scene()
    scene.act(ActType.ANSWERED, 0, outcome=Outcome.UNKNOWN)
    assert next_try(scene.story(1)) is None


def test_days_far_outside_the_calendar_do_no_harm() -> None:
    scene = noted(account=Account())
    scene.met(900_000)
    assert scene.plan(0) == scene.plan(0)
    scene.talked(2_900_000)
    assert scene.plan(2_910_000) is not None
