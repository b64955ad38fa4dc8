"""Dormant ties taken up again, and the calls that come of it, in both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.outcomes.hours import FreeHours, Span
from service.domain.ties.act import Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.question import Reply
from service.domain.ties.touch import Kind
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import calls, deeds, free_hours, policies, reconnecting, ties, touches
from service.storage.following.ties import Imported, Met
from service.storage.following.touches import KeptTouch
from tests.storage.test_ties import Clock, contact

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(MONDAY)
    for module in (policies, calls):
        monkeypatch.setattr(module, "now", clock)
    return clock


def dormant(db: Database, account: Account, name: str = "Íñigo Zubia", org: str = "Argiz", line: str = "") -> str:
    with db.transaction() as tx:
        id_ = contact(tx, account.id, name, org)
        ties.begin_many(tx, owner=account.id, imported=[Imported(id_, last_contact=date(2021, 3, 4))])
        known = ties.of_contact(tx, owner=account.id, contact_id=id_)
        assert known is not None
        if line:
            ties.add_note(tx, owner=account.id, id=known.tie.id, kind=NoteKind.LINE, text=line)
    return known.tie.id


def asked_for_a_call(db: Database, account: Account, tie: str) -> KeptTouch:
    with db.transaction() as tx:
        done = touches.done(tx, owner=account.id, id=reconnecting.take(tx, owner=account.id, tie_id=tie).id)
        touches.answer(tx, owner=account.id, act_id=done.act.id, outcome=Outcome.WARM)
        return touches.of_tie(tx, owner=account.id, tie_id=tie)[0]


def test_the_ranked_come_best_first_one_of_a_company_and_with_their_reasons(db: Database, account: Account) -> None:
    dormant(db, account, "Clara Pons", "Argiz")
    best = dormant(db, account, line="las partidas de mus")
    dormant(db, account, "Hugo Vela", "Luar")
    with db.reading() as tx:
        found = reconnecting.ranked(tx, owner=account.id)
        assert found[0].history.tie.id == best
        assert len(found) == 2
        assert found[0].parts.score == found[0].touch.points
        assert reconnecting.count(tx, owner=account.id) == 3


def test_nothing_remembered_no_word_and_a_no_sends_it_to_the_drawer(db: Database, account: Account) -> None:
    tie = dormant(db, account)
    with db.transaction() as tx, pytest.raises(Conflict, match="remember"):
        reconnecting.take(tx, owner=account.id, tie_id=tie)
    with db.transaction() as tx:
        reconnecting.answer(tx, owner=account.id, tie_id=tie, reply=Reply.NO)
        assert reconnecting.ranked(tx, owner=account.id) == []
        assert ties.count_in(tx, owner=account.id, circle=Circle.DRAWER) == 1


def test_a_new_job_is_noted_and_congratulated(db: Database, account: Account) -> None:
    tie = dormant(db, account)
    with db.transaction() as tx:
        reconnecting.answer(tx, owner=account.id, tie_id=tie, reply=Reply.NEW_JOB, line="Directora de compras")
        assert touches.of_tie(tx, owner=account.id, tie_id=tie)[0].touch.kind is Kind.CONGRATULATE


def test_a_warm_answer_offers_three_times_that_stay_once_they_are_offered(
    db: Database, account: Account, clock: Clock
) -> None:
    touch = asked_for_a_call(db, account, dormant(db, account, line="las partidas de mus"))
    assert (touch.touch.kind, touch.touch.day) == (Kind.CALL, MONDAY + timedelta(days=3))
    with db.transaction() as tx:
        call = calls.offer(tx, owner=account.id, touch=touch)
        assert call is not None
        assert [f"{one:%d %H:%M}" for one in call.offered] == ["05 10:00", "06 16:00", "09 10:00"]
    clock.forward(2)
    with db.transaction() as tx:
        again = calls.offer(tx, owner=account.id, touch=touch)
        assert again is not None
        assert again.offered == call.offered


def test_the_time_chosen_stands_on_its_day_once_and_can_be_moved(db: Database, account: Account) -> None:
    touch = asked_for_a_call(db, account, dormant(db, account, line="las partidas de mus"))
    with db.transaction() as tx:
        call = calls.offer(tx, owner=account.id, touch=touch)
        assert call is not None
        for at in (call.offered[1], call.offered[1], call.offered[2]):
            taken = calls.choose(tx, owner=account.id, id=call.id, at=at)
        assert (taken.chosen, taken.sequence) == (call.offered[2], 1)
        planned = [one.touch for one in touches.of_tie(tx, owner=account.id, tie_id=call.tie_id)]
        assert [(one.kind, one.day) for one in planned] == [(Kind.CALL, call.offered[2].date())]
        assert [one.id for one in calls.agreed(tx, owner=account.id, since=datetime(2026, 3, 1, tzinfo=UTC))] == [
            call.id
        ]
        with pytest.raises(BadValue):
            calls.choose(tx, owner=account.id, id=call.id, at=datetime(2020, 1, 1, tzinfo=UTC))


def test_hours_are_kept_and_a_stranger_sees_nothing(db: Database, account: Account) -> None:
    mine = FreeHours(frozenset({1}), (Span(time(9), time(10)),))
    touch = asked_for_a_call(db, account, dormant(db, account, line="las partidas de mus"))
    with db.transaction() as tx:
        free_hours.keep(tx, mine, owner=account.id)
        free_hours.keep(tx, mine, owner=account.id)
        assert free_hours.of(tx, owner=account.id) == mine
        other = accounts.create(tx, name="Otra", email="otra@example.com", password="cien tarjetas")
        assert free_hours.of(tx, owner=other.id) == FreeHours()
        call = calls.offer(tx, owner=account.id, touch=touch)
        assert call is not None
        assert {f"{one:%a %H:%M}" for one in call.offered} == {"Tue 09:00"}
        assert reconnecting.ranked(tx, owner=other.id) == []
        with pytest.raises(NotFound):
            calls.get(tx, owner=other.id, id=call.id)


def test_somebody_who_always_answers_comes_before_a_hard_one(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        easy = ties.begin(tx, owner=account.id, contact_id=contact(tx, account.id), met=Met(on=MONDAY))
        assert reconnecting.warm_up(tx, owner=account.id) is None
    for _ in range(2):
        clock.forward(40)
        with db.transaction() as tx:
            kept = deeds.plan_by_hand(tx, owner=account.id, tie_id=easy, kind=Kind.HELLO, day=clock.day)
            planned = touches.of_tie(tx, owner=account.id, tie_id=easy)
            touch = next(one for one in planned if one.touch.cause == f"hand:{kept.id}")
            done = touches.done(tx, owner=account.id, id=touch.id)
            touches.answer(tx, owner=account.id, act_id=done.act.id, outcome=Outcome.COOL)
    with db.reading() as tx:
        found = reconnecting.warm_up(tx, owner=account.id)
        assert found is not None
        assert found.tie.id == easy
