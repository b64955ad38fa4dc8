"""followup.md §10, gatherings: one task with one seat, a give to who came, seats kept free for whom one will meet."""

from datetime import timedelta

from service.domain.ties.act import ActType, Talk
from service.domain.ties.invited import Invited
from service.domain.ties.ledger import gives
from service.domain.ties.touch import Kind, Lane
from service.domain.ties.week import fit
from tests.domain.ties.scene import OPEN, Scene, day
from tests.domain.ties.test_9_week_and_today import MONDAY, touch

PARTY = Invited("g", "wine", day(40), day(5))


def scene() -> Scene:
    return Scene(invited=(PARTY,))


def test_the_invitation_is_due_three_weeks_before_the_day_and_no_longer_after_it() -> None:
    invited = scene()
    for n in (6, 19, 39, 40):
        [due] = [one for one in invited.plan(n) if one.kind is Kind.INVITE]
        assert (due.lane, due.day, due.until) == (Lane.BY_HAND, day(19), day(40))
    assert not [one for one in invited.plan(41) if one.kind is Kind.INVITE]


def test_who_was_written_to_or_answered_is_not_invited_again() -> None:
    invited = scene()
    invited.did(20, Kind.INVITE, cause=PARTY.invite)
    assert Kind.INVITE not in [one.kind for one in invited.plan(21)]
    answered = Scene(invited=(Invited("g", "wine", day(40), day(5), answered=True),))
    assert Kind.INVITE not in [one.kind for one in answered.plan(21)]


def test_a_warm_yes_leads_to_the_evening_and_to_no_coffee() -> None:
    invited = scene()
    invited.met(0)
    invited.warm(21, on=invited.did(20, Kind.INVITE, cause=PARTY.invite))
    assert not [one for one in invited.plan(28) if one.lane is Lane.IN_MOTION]


def test_who_came_is_thanked_from_the_next_day_on_for_two_weeks() -> None:
    invited = scene()
    sent = invited.did(20, Kind.INVITE, cause=PARTY.invite)
    assert gives(invited.story(30)) == ()
    invited.act(ActType.TALKED, 40, talk=Talk.GATHERING, cause=PARTY.came, on=sent)
    [thank] = [one for one in invited.plan(41) if one.kind is Kind.THANK]
    assert (thank.lane, thank.day, thank.until) == (Lane.DEBT, day(41), day(54))
    assert [act.kind for act in gives(invited.story(41))] == [Kind.INVITE], "only who came was given to"
    assert not [one for one in invited.plan(55) if one.kind is Kind.THANK]
    invited.did(42, Kind.THANK, cause=PARTY.thank)
    assert not [one for one in invited.plan(43) if one.kind is Kind.THANK]


def test_who_stayed_away_is_owed_nothing() -> None:
    invited = scene()
    invited.did(20, Kind.INVITE, cause=PARTY.invite)
    assert not [one for one in invited.plan(41) if one.kind is Kind.THANK]


def test_twelve_invitations_take_one_seat() -> None:
    letters = [touch(f"g{n}", Lane.BY_HAND, Kind.INVITE, cause=PARTY.invite) for n in range(12)]
    ideas = [touch(f"p{n}", Lane.FRESH, Kind.FIRST) for n in range(9)]
    week = fit([*letters, *ideas], 5, MONDAY, MONDAY, (), account=OPEN)
    assert (len(week.chosen), len(week.proposals)) == (16, 4)


def test_a_gathering_in_the_calendar_keeps_seats_free_and_takes_none_away() -> None:
    ideas = [touch(f"p{n}", Lane.FRESH, Kind.FIRST) for n in range(9)]
    assert len(fit(ideas, 5, MONDAY, MONDAY, (), account=OPEN, kept=3).proposals) == 2
    assert fit(ideas, 5, MONDAY, MONDAY, (), account=OPEN, kept=9).proposals == ()
    after = fit(ideas, 5, MONDAY, MONDAY + timedelta(days=4), (), account=OPEN)
    assert len(after.proposals) == 5
