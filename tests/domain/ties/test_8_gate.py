"""followup.md §8: give before you ask."""

import pytest

from service.domain.ties.act import ActType
from service.domain.ties.gate import Lack
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane
from tests.domain.ties.scene import Scene, day, noted


def generous() -> Scene:
    """Met at day 0, two gives, and an answer: the door opens on day 60."""
    scene = noted()
    scene.met()
    scene.did(5, Kind.FAVOUR)
    scene.warm(20, scene.did(10, Kind.PROMISE))
    return scene


def lacks(scene: Scene, n: int) -> set[Lack]:
    return {missing.lack for missing in scene.outlook(n).gate}


def test_two_gives_an_answer_and_sixty_days_open_the_door() -> None:
    assert lacks(generous(), 59) == {Lack.KNOWN_LONGER}
    assert lacks(generous(), 60) == set()


def test_it_says_that_one_more_give_is_missing() -> None:
    scene = noted()
    scene.met()
    scene.warm(6, scene.did(5, Kind.FAVOUR))
    (missing,) = scene.outlook(100).gate
    assert (missing.lack, missing.count) == (Lack.GIVES, 1)


def test_two_thank_yous_do_not_open_it() -> None:
    scene = noted()
    scene.met()
    scene.warm(8, scene.did(5, Kind.THANK))
    scene.did(20, Kind.CONGRATULATE)
    assert Lack.GIVES in lacks(scene, 100)


def test_gives_and_contact_of_more_than_two_years_ago_do_not_count() -> None:
    assert lacks(generous(), 800) == {Lack.GIVES, Lack.CONTACT}


def test_after_an_ask_ninety_days_and_a_give_are_missing() -> None:
    scene = generous()
    scene.did(70, Kind.ASK)
    assert lacks(scene, 71) == {Lack.ASKED_LATELY, Lack.GIVE_SINCE_ASK}
    scene.warm(101, scene.did(100, Kind.FAVOUR))
    assert lacks(scene, 159) == {Lack.ASKED_LATELY}
    assert lacks(scene, 160) == set()


def test_somebody_dormant_counts_from_the_day_they_answered_again() -> None:
    scene = Scene(source=Source.IMPORT)
    scene.talked(-2000)
    scene.warm(0)
    for n in (5, 40):
        scene.warm(n + 1, scene.did(n, Kind.FAVOUR))
    assert lacks(scene, 59) == {Lack.KNOWN_LONGER}
    assert lacks(scene, 60) == set()


def test_nobody_who_rests_or_was_let_go_is_asked() -> None:
    scene = generous()
    scene.act(ActType.LET_GO, 80)
    assert lacks(scene, 90) == {Lack.LET_GO}


def test_nothing_is_planned_when_the_door_opens() -> None:
    scene = generous()
    assert all(touch.kind is not Kind.ASK for n in range(60, 400) for touch in scene.plan(n))


def test_an_override_is_by_hand_and_keeps_its_reason() -> None:
    scene = noted()
    scene.talked(0)
    scene.act(ActType.PLANNED, 1, kind=Kind.ASK, until=day(3), reason="he offered")
    assert next(touch for touch in scene.plan(1) if touch.kind is Kind.ASK).lane is Lane.BY_HAND


def test_the_silence_after_an_ask_counts() -> None:
    scene = generous()
    scene.no(90, scene.did(70, Kind.ASK))
    assert scene.outlook(90).unanswered == 1


def test_a_yes_is_received_and_thanked_for_tomorrow() -> None:
    scene = generous()
    ask = scene.did(70, Kind.ASK)
    scene.received(72, on=ask)
    touch = next(touch for touch in scene.plan(72) if touch.lane is Lane.DEBT)
    assert (touch.kind, touch.day) == (Kind.THANK, day(73))


@pytest.mark.parametrize("answer", ["cool", "warm", None])
def test_a_no_or_nothing_is_followed_by_ninety_quiet_days_and_a_give_first(answer: str | None) -> None:
    scene = generous()
    ask = scene.did(70, Kind.ASK)
    if answer:
        getattr(scene, answer)(72, ask)
    touch = scene.next(90)
    assert touch.kind is Kind.FAVOUR
    assert touch.day >= day(160)
