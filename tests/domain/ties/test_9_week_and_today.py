"""followup.md §9: the week, its caps, its left out, and Today's share of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.domain.errors import BadValue
from service.domain.ties.account import Account, Stretch
from service.domain.ties.act import ActType
from service.domain.ties.another_day import check_day, check_recorded
from service.domain.ties.circle import Circle
from service.domain.ties.passing import let_pass
from service.domain.ties.points import lateness
from service.domain.ties.policy import Policy
from service.domain.ties.question import QuestionKind
from service.domain.ties.questions import questions
from service.domain.ties.seat import LeftOutReason, Seat, SeatState, Week
from service.domain.ties.today import easy_first, share
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why
from service.domain.ties.week import fit
from tests.domain.ties.scene import Scene, day, noted

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY + timedelta(days=6)
A = Account()
WHY = Why(Reason.TIME, MONDAY)


def touch(name: str, lane: Lane = Lane.KEEP, kind: Kind = Kind.HELLO, **values: object) -> Touch:
    made = Touch(name, f"c:{name}", kind, lane, MONDAY, None, None, WHY, begun_on=MONDAY)
    return replace(made, **values)  # type: ignore[arg-type]


def hellos(count: int, **values: object) -> list[Touch]:
    return [touch(f"h{n}", **values) for n in range(count)]  # type: ignore[arg-type]


def chosen(touches: list[Touch], held: tuple[Seat, ...] = (), today: date = MONDAY, **values: object) -> list[str]:
    return [one.tie for one in week(touches, held, today, **values).chosen]


def week(touches: list[Touch], held: tuple[Seat, ...] = (), today: date = MONDAY, **values: object) -> Week:
    return fit(touches, 5, MONDAY, today, held, **{"account": A, **values})  # type: ignore[arg-type]


def seats(touches: list[Touch], state: SeatState = SeatState.OPEN) -> tuple[Seat, ...]:
    return tuple(Seat(MONDAY, one, MONDAY, n, state) for n, one in enumerate(touches))


def test_all_debts_due_by_sunday_and_all_by_hand_are_in_above_the_budget_if_need_be() -> None:
    owed = [touch(f"d{n}", Lane.DEBT, Kind.PROMISE, day=SUNDAY) for n in range(4)]
    owed += [touch(f"b{n}", Lane.BY_HAND) for n in range(3)]
    later = touch("later", Lane.DEBT, Kind.PROMISE, day=SUNDAY + timedelta(days=1))
    assert sorted(chosen([*owed, *hellos(3), later])) == sorted(one.tie for one in owed)


def test_proposals_have_what_debts_and_what_was_done_leave() -> None:
    owed, done = touch("d", Lane.DEBT, Kind.THANK), seats([touch("x"), touch("y")], SeatState.DONE)
    assert len(week([owed, *hellos(9)], done).proposals) == 2
    assert len(week([owed, *hellos(9)], done, raised=3).proposals) == 5


def test_what_the_week_holds_stays_though_others_have_more_points() -> None:
    held = hellos(5)
    better = [touch(f"z{n}", points=9) for n in range(5)]
    assert chosen([*better, *held], seats(held)) == [one.tie for one in held]


def test_a_new_debt_takes_the_seat_of_the_lowest_which_goes_back() -> None:
    held = hellos(5)
    found = week([*held, touch("d", Lane.DEBT, Kind.THANK)], seats(held))
    assert [one.tie for one in found.chosen] == ["d", "h0", "h1", "h2", "h3"]
    assert found.given_back == (held[4],)


def test_a_skipped_seat_goes_to_the_next_at_most_budget_times_a_week() -> None:
    skipped = seats([touch(f"s{n}") for n in range(7)], SeatState.SKIPPED)
    assert len(chosen(hellos(9), skipped[:5])) == 5
    assert len(chosen(hellos(9), skipped)) == 3


def test_what_is_in_motion_comes_first_the_oldest_answer_before_the_others() -> None:
    early = touch("early", Lane.IN_MOTION, Kind.COFFEE, why=Why(Reason.ANSWERED_WARMLY, MONDAY - timedelta(days=9)))
    late = touch("late", Lane.IN_MOTION, Kind.COFFEE, points=9)
    assert chosen([*hellos(9, points=20), late, early])[:2] == ["early", "late"]


def test_one_dormant_has_a_seat_when_no_first_message_waits() -> None:
    asleep = [touch(f"s{n}", Lane.DORMANT, Kind.RECONNECT, points=50 + n) for n in range(3)]
    assert "s2" in chosen([*asleep, *hellos(9, points=9)])
    assert len([tie for tie in chosen([*asleep, *hellos(9)]) if tie.startswith("s")]) == 1


def test_when_one_waits_the_best_of_inner_or_close_has_it_instead() -> None:
    first = touch("f", Lane.FRESH, Kind.FIRST)
    near = touch("n", circle=Circle.CLOSE)
    asleep = touch("s", Lane.DORMANT, Kind.RECONNECT, points=99)
    found = chosen([first, near, asleep, *(replace(first, tie=f"f{n}", cause=f"f{n}", points=9) for n in range(6))])
    assert "n" in found
    assert "s" not in found


def test_a_week_does_not_go_by_without_giving() -> None:
    give = touch("g", kind=Kind.FAVOUR, points=-3)
    assert "g" in chosen([give, *hellos(9, points=9)])


def test_fresh_first_messages_come_before_all_else() -> None:
    fresh = [touch(f"f{n}", Lane.FRESH, Kind.FIRST) for n in range(4)]
    assert set(chosen([*hellos(9, points=9), *fresh])) >= {one.tie for one in fresh}


def test_a_second_dormant_comes_only_when_seats_are_empty() -> None:
    asleep = [touch(f"s{n}", Lane.DORMANT, Kind.RECONNECT, points=50 + n) for n in range(4)]
    assert sorted(chosen(asleep)) == ["s2", "s3"]


def test_not_two_dormants_of_one_company_in_ninety_days() -> None:
    asleep = [touch(f"s{n}", Lane.DORMANT, Kind.RECONNECT, company="acme", points=50 + n) for n in range(4)]
    assert chosen(asleep) == ["s3"]
    assert chosen(asleep, companies_tried={"acme"}) == []


@pytest.mark.parametrize("kind", [Kind.COFFEE, Kind.CALL, Kind.VISIT, Kind.FAVOUR])
def test_two_meetings_and_two_favours_a_week(kind: Kind) -> None:
    assert len(chosen(hellos(9, kind=kind))) == 2


def test_inner_and_close_get_sixty_per_cent_of_the_seats() -> None:
    assert len(chosen(hellos(9, circle=Circle.INNER))) == 3


def test_one_proposal_a_company_but_for_first_messages() -> None:
    assert len(chosen(hellos(4, company="acme"))) == 1
    assert len(chosen([touch(f"f{n}", Lane.FRESH, Kind.FIRST, company="acme") for n in range(4)])) == 4


def test_an_empty_week_is_a_good_week() -> None:
    assert week([]).chosen == ()
    assert week([]).left_out_count == 0


def test_a_quiet_week_proposes_nothing_but_owes_what_it_owes() -> None:
    quiet = replace(A, stretches=(Stretch(MONDAY, SUNDAY),))
    assert chosen([*hellos(4), touch("d", Lane.DEBT, Kind.PROMISE)], account=quiet) == ["d"]


def test_left_out_is_a_number_and_the_next_five_with_the_reason() -> None:
    found = week([*hellos(30), *(touch(f"c{n}", kind=Kind.COFFEE, points=9) for n in range(3))], waiting=["w"])
    assert found.left_out_count == 33 - 5 + 1
    assert len(found.left_out) == 5
    assert {one.reason for one in found.left_out} == {LeftOutReason.NO_SEAT}
    spare = week([touch(f"c{n}", kind=Kind.COFFEE) for n in range(3)], waiting=["w"])
    assert [one.reason for one in spare.left_out] == [LeftOutReason.CAP, LeftOutReason.WAITS_FOR_WORD]


def test_today_offers_a_raise_when_first_messages_have_no_seat() -> None:
    found = week([touch(f"f{n}", Lane.FRESH, Kind.FIRST) for n in range(17)])
    assert (found.fresh_chosen, found.fresh_due, found.fresh_without_seat) == (5, 17, 12)
    raised = week([touch(f"f{n}", Lane.FRESH, Kind.FIRST) for n in range(17)], raised=5)
    assert raised.fresh_chosen == 10


def test_points() -> None:
    plain, star, given, met = Scene(), Scene(starred=True), noted(circle=Circle.INNER), Scene()
    for scene in (plain, star, given):
        scene.talked(-40)
        scene.talked(0)
    met.met()
    given.received(1)
    given.warm(3, given.does(2))
    assert plain.next(1).points == 3
    assert star.next(1).points == 5
    assert given.next(3).points == 5 + 2 + 1 + 1
    assert met.next(20).points == 3 + 2
    met.no(40, met.does(20))
    assert met.next(40).points == 3 - 3


def test_lateness_grows_with_the_share_of_the_interval_that_it_waits() -> None:
    keep = touch("t", interval_days=90)
    days = (-9, 0, 22, 23, 45, 90, 900)
    assert [lateness(keep, MONDAY + timedelta(days=n), 4) for n in days] == [0, 0, 0, 1, 2, 4, 4]


def test_of_equal_points_the_earlier_day_then_the_older_row() -> None:
    young, old = touch("young"), touch("old", begun_on=MONDAY - timedelta(days=9))
    early = touch("early", day=MONDAY - timedelta(days=1))
    assert chosen([young, old, early]) == ["early", "old", "young"]


def test_today_shows_debts_first_messages_and_an_equal_part_of_the_rest() -> None:
    fresh, owed = touch("f", Lane.FRESH, Kind.FIRST), touch("d", Lane.DEBT, Kind.PROMISE)
    rest = hellos(6)
    assert [one.tie for one in share([*rest, fresh, owed], MONDAY, A)] == ["d", "f", "h0", "h1"]
    assert len(share(rest, MONDAY + timedelta(days=4), A)) == 6


def test_done_today_takes_from_the_days_part() -> None:
    assert len(share(hellos(5), MONDAY, A)) == 1
    assert share(hellos(4), MONDAY, A, done_today=1) == ()


def test_a_quiet_day_has_nothing_and_what_falls_due_later_waits() -> None:
    assert share(hellos(5), SUNDAY, A) == ()
    assert share(hellos(1, day=SUNDAY), MONDAY, A) == ()


def test_an_easy_touch_is_listed_just_before_the_dormant_one() -> None:
    asleep, easy, other = touch("s", Lane.DORMANT), touch("e", easy=True), touch("o")
    assert [one.tie for one in easy_first([asleep, other, easy])] == ["e", "s", "o"]
    assert [one.tie for one in easy_first([easy, other, asleep])] == ["e", "o", "s"]


def test_another_day_is_at_most_sixty_days_ahead_and_by_hand() -> None:
    check_day(MONDAY + timedelta(days=60), MONDAY, Policy())
    for n in (-1, 0, 61):
        with pytest.raises(BadValue):
            check_day(MONDAY + timedelta(days=n), MONDAY, Policy())
    scene = noted()
    scene.talked(0)
    scene.act(ActType.POSTPONED, 30, cause=scene.next(30).cause, until=day(41))
    assert (scene.next(30).lane, scene.next(30).day) == (Lane.BY_HAND, day(41))


def test_the_third_time_it_asks_skip_or_let_go() -> None:
    scene = noted()
    scene.talked(0)
    for n in (30, 35, 40):
        assert questions(scene.story(n))[:1] == () or questions(scene.story(n))[0].kind is QuestionKind.BUSY
        scene.act(ActType.POSTPONED, n, cause=scene.next(n).cause, until=day(n + 5))
    assert questions(scene.story(41))[-1].kind is QuestionKind.SKIP_OR_LET_GO


def test_let_pass_in_three_weeks_in_which_others_were_done_counts_as_a_skip() -> None:
    one, other = touch("t"), touch("o")
    weeks = [MONDAY - timedelta(weeks=n) for n in range(1, 5)]
    open_seats = [Seat(monday, one, monday) for monday in weeks]
    done = [Seat(monday, other, monday, 1, SeatState.DONE) for monday in weeks]
    assert let_pass(one.key, [*open_seats, *done[:3]], MONDAY, Policy())
    assert not let_pass(one.key, [*open_seats, *done[:2]], MONDAY, Policy())
    assert not let_pass(one.key, open_seats, MONDAY, Policy())


def test_what_is_written_down_is_not_after_tomorrow() -> None:
    check_recorded(MONDAY + timedelta(days=1), MONDAY)
    with pytest.raises(BadValue):
        check_recorded(MONDAY + timedelta(days=2), MONDAY)


def test_ten_thousand_imports_ask_for_two_proposals_a_week_at_most() -> None:
    asleep = [touch(f"s{n}", Lane.DORMANT, Kind.RECONNECT, points=50) for n in range(10_000)]
    assert len(chosen(asleep)) == 2
