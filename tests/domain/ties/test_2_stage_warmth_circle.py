"""followup.md §2: stage, warmth, circle and load."""

from dataclasses import replace

import pytest

from service.domain.ties.act import ActType, Gift
from service.domain.ties.circle import Circle
from service.domain.ties.circles import has_room
from service.domain.ties.load import Asking, load, whom_to_widen
from service.domain.ties.policy import Policy
from service.domain.ties.stage import Stage
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind
from service.domain.ties.warmth import Warmth
from tests.domain.ties.scene import Scene, noted


def test_a_card_becomes_a_person_with_any_two_way_contact_or_an_accepted_invitation() -> None:
    scene, linked = Scene(), Scene()
    scene.met()
    assert scene.outlook(1).stage is Stage.CARD
    scene.cool(2)
    linked.act(ActType.ACCEPTED, 2)
    assert scene.outlook(2).stage is linked.outlook(2).stage is Stage.PERSON


def test_two_contacts_thirty_days_apart_make_a_tie() -> None:
    scene = Scene()
    scene.warm(0)
    scene.talked(29)
    assert scene.outlook(29).stage is Stage.PERSON
    scene.talked(30)
    assert scene.outlook(30).stage is Stage.TIE


def test_each_having_given_once_makes_a_tie() -> None:
    scene = noted()
    scene.received(1)
    scene.did(2, Kind.FAVOUR)
    assert scene.outlook(2).stage is Stage.TIE


def test_a_referral_makes_an_advocate_and_the_stage_never_falls_back() -> None:
    scene = Scene()
    scene.received(1, Gift.REFERRAL)
    assert scene.outlook(4000).stage is Stage.ADVOCATE


def test_undoing_the_referral_takes_the_stage_back() -> None:
    scene = Scene()
    scene.undoes(2, scene.received(1, Gift.REFERRAL))
    assert scene.outlook(2).stage is Stage.CARD


def test_fresh_is_who_was_met_within_a_fortnight_and_not_written_to() -> None:
    scene = Scene()
    scene.met()
    assert scene.outlook(14).warmth is Warmth.FRESH
    assert scene.outlook(15).warmth is Warmth.AWAKE
    scene.does(1)
    assert scene.outlook(2).warmth is Warmth.AWAKE


def test_cooling_shows_after_twice_the_wait_and_changes_nothing() -> None:
    scene = noted()
    scene.talked(0)
    assert scene.outlook(60).warmth is Warmth.AWAKE
    assert scene.outlook(61).warmth is Warmth.COOLING
    assert scene.plan(60) == scene.plan(61)


def test_dormant_is_who_was_not_heard_of_for_three_years() -> None:
    scene = noted()
    scene.talked(0)
    assert scene.outlook(3 * 365).warmth is Warmth.COOLING
    assert scene.outlook(3 * 365 + 1).warmth is Warmth.DORMANT
    assert scene.plan(3 * 365 + 1) == ()


def test_imports_and_old_cards_are_dormant() -> None:
    old, listed = Scene(), Scene(source=Source.IMPORT, circle=Circle.DRAWER)
    old.met()
    assert old.outlook(46).warmth is listed.outlook(0).warmth is Warmth.DORMANT


def test_the_circle_moves_by_an_act_and_back_by_its_undoing() -> None:
    scene = Scene()
    moved = scene.moves(1, Circle.CLOSE)
    assert scene.outlook(1).circle is Circle.CLOSE
    scene.undoes(2, moved)
    assert scene.outlook(2).circle is Circle.ACTIVE


def test_the_circle_tells_nothing_until_the_first_two_way_contact() -> None:
    active, inner = Scene(), Scene(circle=Circle.INNER)
    for scene in (active, inner):
        scene.met()
        scene.no(16, scene.does(1))
    assert active.next(16).day == inner.next(16).day


def test_at_most_three_are_in_the_inner_circle() -> None:
    assert has_room(Circle.INNER, 2, Policy().inner_at_most)
    assert not has_room(Circle.INNER, 3, Policy().inner_at_most)
    assert has_room(Circle.CLOSE, 5000, Policy().inner_at_most)


def test_the_load_is_the_touches_a_week_that_the_circles_ask_for() -> None:
    assert load({Circle.INNER: 3, Circle.CLOSE: 6, Circle.DRAWER: 365}, Policy()) == pytest.approx(3 + 1.4 + 7)


def test_above_the_budget_it_names_whom_to_widen_those_first_of_whom_least_came_back() -> None:
    giving = Asking("giver", Circle.INNER, received_365d=3)
    rows = [giving, *(Asking(f"t{n}", Circle.INNER) for n in range(6))]
    named = whom_to_widen(rows, Policy())
    assert 0 < len(named) < len(rows)
    assert giving not in named
    assert whom_to_widen(rows[:5], Policy()) == ()
    assert whom_to_widen([replace(row, circle=Circle.DRAWER) for row in rows], Policy()) == ()


def test_a_circle_of_five_thousand_gets_a_clear_word() -> None:
    rows = [Asking(f"t{n}", Circle.CLOSE) for n in range(5000)]
    assert 4900 < len(whom_to_widen(rows, Policy())) <= 5000
