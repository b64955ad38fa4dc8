"""followup.md §3: each kind of touch, when it is planned and until when it makes sense."""

import pytest

from service.domain.ties.account import Account, Stay, Stretch
from service.domain.ties.act import ActType, Gift
from service.domain.ties.note import NoteKind
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane, Reason
from tests.domain.ties.scene import THURSDAY, Scene, day, noted


def test_a_promise_is_planned_on_its_day_until_kept() -> None:
    scene = Scene()
    scene.promises(0, 5)
    touch = scene.next(1)
    assert (touch.kind, touch.lane, touch.day, touch.until) == (Kind.PROMISE, Lane.DEBT, day(5), None)
    assert scene.next(400).day == day(5)
    scene.did(401, Kind.PROMISE, touch.cause)
    assert not [one for one in scene.plan(401) if one.kind is Kind.PROMISE]


def test_a_released_promise_is_planned_no_more() -> None:
    scene = Scene()
    promise = scene.promises(0, 5)
    scene.act(ActType.RELEASED, 6, on=promise)
    assert scene.plan(6) == ()


def test_anything_received_is_thanked_for_the_day_after_within_a_fortnight() -> None:
    scene = Scene()
    received = scene.received(0, Gift.REFERRAL)
    touch = scene.next(0)
    assert (touch.kind, touch.lane, touch.day, touch.until) == (Kind.THANK, Lane.DEBT, day(1), day(14))
    assert touch.cause == f"received:{received}"


def test_later_the_next_touch_says_the_thanks() -> None:
    scene = Scene()
    received = scene.received(0)
    assert scene.next(15).kind is not Kind.THANK
    assert scene.next(15).why.thanks_for == received


def test_the_first_message_goes_out_on_the_next_open_day_within_a_fortnight() -> None:
    scene = Scene(Account())
    scene.notes(NoteKind.LINE, "the warehouse move")
    scene.met()
    touch = scene.next(0)
    assert (touch.kind, touch.lane, touch.day) == (Kind.FIRST, Lane.FRESH, day(1))
    assert touch.until == day(14)
    assert (touch.why.reason, touch.why.day, touch.why.text) == (Reason.MET, day(0), "the warehouse move")


def test_who_was_met_on_friday_is_written_to_on_monday() -> None:
    scene = Scene(Account())
    scene.met(1)
    assert scene.next(1).day == day(4)


def test_a_promise_kept_within_its_time_is_the_first_message() -> None:
    scene = Scene()
    scene.met()
    scene.promises(0, 3)
    assert [touch.kind for touch in scene.plan(0)] == [Kind.PROMISE]
    scene.does(3)
    assert all(touch.kind not in (Kind.FIRST, Kind.LATE_HELLO) for n in range(4, 60) for touch in scene.plan(n))


def test_a_promise_for_next_month_leaves_the_first_message_where_it_is() -> None:
    scene = Scene()
    scene.met()
    scene.promises(0, 40)
    assert {touch.kind for touch in scene.plan(0)} == {Kind.PROMISE, Kind.FIRST}


def test_after_a_fortnight_the_hello_is_late_and_owns_up_to_it() -> None:
    scene = Scene()
    scene.met()
    touch = scene.next(15)
    assert (touch.kind, touch.lane, touch.until) == (Kind.LATE_HELLO, Lane.LATE, day(45))
    assert touch.why.reason is Reason.MET_LONG_AGO
    assert touch.key == scene.next(14).key


def test_after_forty_five_days_a_bare_card_is_sorted_and_never_proposed() -> None:
    scene = Scene()
    scene.met()
    assert scene.plan(46) == ()
    assert scene.outlook(46).next.standing == "to sort"


def test_a_favour_is_for_somebody_known_only() -> None:
    known, bare = noted(), Scene()
    for scene in (known, bare):
        scene.met()
        scene.no(16, scene.does(1))
    assert known.next(16).kind is Kind.FAVOUR
    assert known.next(16).why.text == "a place to train the kids"
    assert bare.next(16).kind is Kind.HELLO


def test_a_coffee_comes_a_week_after_a_warm_answer_for_three_weeks() -> None:
    scene = Scene()
    scene.met()
    answer = scene.warm(3, scene.does(1))
    touch = scene.next(3)
    assert (touch.kind, touch.lane, touch.day, touch.until) == (Kind.COFFEE, Lane.IN_MOTION, day(10), day(24))
    assert touch.cause == f"answer:{answer}"
    assert scene.next(25).lane is Lane.KEEP


def test_somebody_of_another_town_is_called_and_a_visit_comes_after_the_coffee() -> None:
    home = Account(quiet_weekdays=frozenset(), towns=frozenset({"madrid"}))
    far, near = Scene(home, town="sevilla"), Scene(home, town="madrid")
    for scene in (far, near):
        scene.met()
        scene.warm(3, scene.does(1))
    assert far.next(3).kind is Kind.CALL
    assert near.next(3).kind is Kind.COFFEE
    near.talked(12)
    near.did(42, Kind.FAVOUR)
    near.warm(43)
    near.did(75, Kind.HELLO)
    near.warm(76)
    assert near.next(76).kind is Kind.FAVOUR
    near.does(166)
    near.warm(167)
    assert near.next(167).kind is Kind.VISIT


def test_where_the_user_says_he_will_be_a_visit_takes_the_place_of_the_coffee() -> None:
    thursday = Stay(day(20), day(20), "bilbao")
    there = Account(quiet_weekdays=frozenset(), towns=frozenset({"madrid"}), stays=(thursday,))
    bilbao, sevilla = Scene(there, town="bilbao"), Scene(there, town="sevilla")
    for scene in (bilbao, sevilla):
        scene.met()
        scene.warm(3, scene.does(1))
    assert bilbao.next(3).kind is Kind.VISIT
    assert bilbao.next(20).kind is Kind.VISIT
    assert bilbao.next(21).kind is Kind.CALL
    assert sevilla.next(3).kind is Kind.CALL


def test_whom_somebody_sent_gets_a_first_word_the_next_open_day_without_having_met() -> None:
    scene = Scene(source=Source.HAND, introduced_by="a friend")
    touch = scene.next(0)
    assert (touch.kind, touch.lane, touch.why.reason, touch.day) == (Kind.FIRST, Lane.FRESH, Reason.SENT, day(1))
    assert scene.next(20).why.reason is Reason.SENT
    assert scene.plan(46) == ()
    assert Scene(source=Source.HAND).plan(0) == ()
    scene.warm(3, scene.does(1))
    assert (scene.next(3).kind, scene.next(3).lane) == (Kind.COFFEE, Lane.IN_MOTION)


def test_a_stay_too_far_ahead_changes_nothing_yet() -> None:
    later = Stay(day(25), day(26), "bilbao")
    scene = Scene(Account(quiet_weekdays=frozenset(), stays=(later,)), town="bilbao")
    scene.met()
    scene.warm(3, scene.does(1))
    assert scene.next(3).kind is Kind.COFFEE
    wakes_on = scene.outlook(3).wakes_on
    assert wakes_on is not None
    assert wakes_on <= day(11)
    assert scene.next(11).kind is Kind.VISIT


@pytest.mark.parametrize(("n", "planned"), [(0, True), (30, True), (31, False)])
def test_a_new_title_is_congratulated_on_for_a_month(n: int, planned: bool) -> None:  # noqa: FBT001 # a case
    scene = Scene()
    scene.talked(-10)
    scene.notes(NoteKind.NEW_TITLE, "head of purchasing")
    assert any(touch.kind is Kind.CONGRATULATE for touch in scene.plan(n)) == planned


def test_a_noted_date_is_congratulated_on_for_three_days_every_year() -> None:
    scene = Scene()
    scene.talked(-20)
    scene.notes(NoteKind.DATE, "birthday", on=THURSDAY.replace(year=1980))
    assert [touch.kind for touch in scene.plan(0)] == [Kind.CONGRATULATE]
    assert scene.next(3).until == day(3)
    assert scene.next(4).kind is not Kind.CONGRATULATE
    scene.does(2)
    scene.warm(2)
    assert any(touch.kind is Kind.CONGRATULATE for touch in scene.plan(365))


def test_the_29th_of_february_is_kept_every_year() -> None:
    scene = Scene()
    scene.talked(20)
    scene.notes(NoteKind.DATE, "birthday", on=THURSDAY.replace(year=2024, month=2, day=29))
    assert scene.next(30).day == THURSDAY.replace(month=2, day=28)


def test_by_hand_is_planned_on_the_day_the_user_chose() -> None:
    scene = noted()
    scene.talked(0)
    scene.act(ActType.PLANNED, 1, kind=Kind.INTRODUCE, until=day(4), text="to Eva")
    touch = next(one for one in scene.plan(1) if one.lane is Lane.BY_HAND)
    assert (touch.kind, touch.day, touch.why.text) == (Kind.INTRODUCE, day(4), "to Eva")


def test_one_open_proposal_a_tie_and_what_is_in_motion_comes_first() -> None:
    scene = noted()
    scene.met()
    scene.warm(3, scene.does(1))
    scene.notes(NoteKind.NEW_TITLE, "partner", n=10)
    assert scene.next(10).kind is Kind.COFFEE
    scene.skips(10)
    assert [touch.kind for touch in scene.plan(41)] == [Kind.FAVOUR]


def test_a_proposal_waits_and_is_never_overdue() -> None:
    scene = noted()
    scene.talked(0)
    assert scene.next(31) == scene.next(600)
    assert scene.next(600).until is None


def test_nothing_else_is_proposed_while_something_is_owed() -> None:
    scene = noted()
    scene.talked(-100)
    scene.promises(0, 5)
    assert [touch.kind for touch in scene.plan(0)] == [Kind.PROMISE]


def test_a_quiet_august_leaves_the_warm_answer_its_coffee_in_september() -> None:
    august = Stretch(THURSDAY.replace(month=8, day=1), THURSDAY.replace(month=8, day=31))
    scene = Scene(Account(stretches=(august,)))
    scene.met(186)
    scene.warm(193, scene.does(187))
    assert scene.acts[-1].day == THURSDAY.replace(month=8, day=3)
    touch = scene.next(200)
    assert (touch.kind, touch.day) == (Kind.COFFEE, THURSDAY.replace(month=9, day=1))


def test_a_guest_of_a_guest_gets_a_first_message() -> None:
    scene = Scene(source=Source.GUEST, introduced_by="x")
    scene.met()
    assert scene.next(0).kind is Kind.FIRST


def test_who_was_written_to_before_is_not_told_how_nice_it_was_to_meet() -> None:
    scene = noted()
    scene.met()
    scene.no(16, scene.does(1))
    scene.met(60)
    touch = scene.next(60)
    assert (touch.kind, touch.lane, touch.day) == (Kind.HELLO, Lane.FRESH, day(61))
