"""The week in both databases: seats are chosen once, kept, given back, raised; and what was let pass is skipped."""

from contextlib import closing
from datetime import date

import pytest

from service.domain.errors import BadValue
from service.domain.ties.act import Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.question import QuestionKind, Reply
from service.domain.ties.seat import SeatState
from service.domain.ties.touch import Kind, Lane
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import (
    circles,
    deeds,
    policies,
    questions,
    replies,
    seats,
    sorting,
    steps,
    ties,
    touches,
    weeks,
)
from service.storage.following.ties import Imported, Met
from service.storage.following.weeks import Settled
from tests.storage.test_ties import MONDAY, Clock, contact

TUESDAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(TUESDAY)
    monkeypatch.setattr(policies, "now", clock)
    return clock


def meet(db: Database, account: Account, count: int, *, on: date = MONDAY, note: str = "") -> list[str]:
    with db.transaction() as tx:
        return [
            ties.begin(
                tx,
                owner=account.id,
                contact_id=contact(tx, account.id, f"Persona {n}", f"Casa {n}{n}{n}"),
                met=Met(on=on, note=note),
            )
            for n in range(count)
        ]


def look(db: Database, account: Account) -> Settled:
    return weeks.settled(db, owner=account.id)


def test_first_messages_take_the_seats_and_five_more_are_offered_once(db: Database, account: Account) -> None:
    meet(db, account, 17)
    week = look(db, account)
    assert (len(week.chosen), week.week.fresh_due, week.offer, len(week.share)) == (5, 17, 5, 5)
    with db.transaction() as tx:
        seats.take_more(tx, owner=account.id, more=week.offer, today=TUESDAY)
    after = look(db, account)
    assert (len(after.chosen), after.offer) == (10, 0)
    with db.transaction() as tx, pytest.raises(BadValue):
        seats.take_more(tx, owner=account.id, more=6, today=TUESDAY)


def test_on_the_quiet_end_of_a_week_no_more_of_it_is_offered(db: Database, account: Account, clock: Clock) -> None:
    """On a Saturday no day is left on which anybody would be written to, however many seats one takes."""
    meet(db, account, 17)
    clock.day = date(2026, 3, 7)
    week = look(db, account)
    assert (week.offer, week.share) == (0, ())


def test_what_the_week_chose_stays_however_often_one_looks(db: Database, account: Account) -> None:
    meet(db, account, 9)
    first = [one.id for one in look(db, account).chosen]
    assert [one.id for one in look(db, account).chosen] == first


def test_what_was_done_uses_its_seat_and_a_skip_gives_it_to_the_next(db: Database, account: Account) -> None:
    meet(db, account, 9)
    week = look(db, account)
    with db.transaction() as tx:
        touches.done(tx, owner=account.id, id=week.chosen[0].id)
        touches.skip(tx, owner=account.id, id=week.chosen[1].id)
    after = look(db, account)
    assert len(after.chosen) == 4
    assert {week.chosen[0].id, week.chosen[1].id}.isdisjoint(one.id for one in after.chosen)


def test_undoing_gives_the_seat_back(db: Database, account: Account) -> None:
    meet(db, account, 9)
    week = look(db, account)
    with db.transaction() as tx:
        act = touches.done(tx, owner=account.id, id=week.chosen[0].id).act
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=act.id)
    assert {one.id for one in look(db, account).chosen} == {one.id for one in week.chosen}


def test_a_debt_takes_the_lowest_seat(db: Database, account: Account) -> None:
    some = meet(db, account, 9)
    week = look(db, account)
    without = next(tie for tie in some if tie not in {one.touch.tie for one in week.chosen})
    with db.transaction() as tx:
        ties.add_promise(tx, owner=account.id, id=without, text="las fotos", due_on=TUESDAY)
    after = look(db, account)
    assert len(after.chosen) == 5
    assert after.chosen[0].touch.kind is Kind.PROMISE
    assert week.chosen[4].id not in {one.id for one in after.chosen}
    with db.reading() as tx:
        states = {seat.touch.key: seat.state for seat in seats.held(tx, owner=account.id, week=MONDAY)}
    assert states[week.chosen[4].touch.key] is SeatState.GIVEN_BACK


def test_a_quiet_day_asks_for_nothing(db: Database, account: Account, clock: Clock) -> None:
    meet(db, account, 3)
    clock.day = date(2026, 3, 7)
    assert look(db, account).share == ()


def test_two_devices_see_one_week(db: Database, account: Account, request: pytest.FixtureRequest) -> None:
    meet(db, account, 9)
    url = request.getfixturevalue("sqlite_url" if db._engine.dialect.name == "sqlite" else "postgres_url")  # noqa: SLF001  # which of both
    with closing(Database(url)) as other:
        assert [one.id for one in look(other, account).chosen] == [one.id for one in look(db, account).chosen]


def test_imports_bring_a_dormant_or_two_the_question_first(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        some = [
            Imported(contact(tx, account.id, f"Viejo {n}", f"Firma {n}{n}{n}"), date(2018, 1, 1 + n)) for n in range(20)
        ]
        ties.begin_many(tx, owner=account.id, imported=some)
    week = look(db, account)
    assert 1 <= len(week.chosen) <= 2
    assert {one.touch.lane for one in week.chosen} == {Lane.DORMANT}
    assert [one.id for one in look(db, account).chosen] == [one.id for one in week.chosen]


def test_nothing_remembered_gives_the_seat_to_the_next(db: Database, account: Account) -> None:
    test_imports_bring_a_dormant_or_two_the_question_first(db, account)
    before = look(db, account)
    asked = before.chosen[0].touch
    with db.transaction() as tx:
        kind = QuestionKind.RELEVANT.value
        replies.reply(tx, owner=account.id, tie_id=asked.tie, kind=kind, on=asked.cause, reply="no")
        known = ties.get(tx, owner=account.id, id=asked.tie)
        assert [one.reply for one in known.tie.questions] == [Reply.NO]
    after = look(db, account)
    assert asked.key not in {one.touch.key for one in after.chosen}
    assert after.chosen


def test_the_answer_is_asked_for_when_its_window_closes(db: Database, account: Account, clock: Clock) -> None:
    [tie] = meet(db, account, 1)
    with db.transaction() as tx:
        [first] = touches.of_tie(tx, owner=account.id, tie_id=tie)
        act = touches.done(tx, owner=account.id, id=first.id).act
    clock.forward(15)
    look(db, account)
    with db.transaction() as tx:
        waiting = questions.next_on_today(tx, owner=account.id, today=clock.day)
        assert waiting
        assert (waiting.asked.kind, waiting.asked.on) == (QuestionKind.ANSWERED, act.id)
        replies.reply(tx, owner=account.id, tie_id=tie, kind="answered?", on=act.id, reply="no")
        assert questions.next_on_today(tx, owner=account.id, today=clock.day) is None


def test_after_a_talk_one_line_is_asked_and_noted(db: Database, account: Account) -> None:
    [tie] = meet(db, account, 1)
    with db.transaction() as tx:
        talk = deeds.talked(tx, owner=account.id, tie_id=tie, talk="coffee")
        waiting = questions.next_on_today(tx, owner=account.id, today=TUESDAY)
        assert waiting
        assert waiting.asked.kind is QuestionKind.BUSY
        kind = QuestionKind.BUSY.value
        line = "busca un almacén"
        replies.reply(tx, owner=account.id, tie_id=tie, kind=kind, on=talk.id, reply="need", line=line)
        assert questions.next_on_today(tx, owner=account.id, today=TUESDAY) is None
        [note] = ties.get(tx, owner=account.id, id=tie).tie.notes
    assert (note.kind, note.text) == (NoteKind.NEED, line)


def test_did_you_meet_logs_the_talk_and_asks_what_they_need(db: Database, account: Account, clock: Clock) -> None:
    [tie] = meet(db, account, 1)
    with db.transaction() as tx:
        deeds.plan_by_hand(tx, owner=account.id, tie_id=tie, kind=Kind.COFFEE, day=TUESDAY)
        coffee = next(one for one in touches.of_tie(tx, owner=account.id, tie_id=tie) if one.touch.kind is Kind.COFFEE)
        done = touches.done(tx, owner=account.id, id=coffee.id).act
        touches.answer(tx, owner=account.id, act_id=done.id, outcome=Outcome.WARM)
    clock.forward(16)
    for word in ("not yet", "yes"):
        look(db, account)
        with db.transaction() as tx:
            waiting = questions.next_on_today(tx, owner=account.id, today=clock.day)
            assert waiting
            assert waiting.asked.kind is QuestionKind.MET
            asked = waiting.asked
            act = replies.reply(
                tx, owner=account.id, tie_id=tie, kind=asked.kind, on=asked.on, reply=word, day=clock.day
            )
            after = questions.next_on_today(tx, owner=account.id, today=clock.day)
        if word == "not yet":
            assert (act, after) == (None, None)
            clock.forward(8)
    assert act
    assert (act.talk, act.day) == (Talk.COFFEE, clock.day)
    assert after
    assert after.asked.kind is QuestionKind.BUSY
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=act.id)
        again = questions.next_on_today(tx, owner=account.id, today=clock.day)
        assert again
        assert again.asked == asked
        with pytest.raises(BadValue):
            replies.reply(tx, owner=account.id, tie_id=tie, kind=asked.kind, on=asked.on, reply="perhaps")


def test_the_old_cards_of_a_fair_are_sorted_on_one_screen(db: Database, account: Account, clock: Clock) -> None:
    some = meet(db, account, 4)
    clock.forward(60)
    look(db, account)
    with db.transaction() as tx:
        assert sorting.count(tx, owner=account.id) == 4
        assert {one.tie_id for one in sorting.waiting(tx, owner=account.id)} == set(some)
        assert sorting.sort(tx, owner=account.id, answers={some[0]: "star", some[1]: "let go"}) == 2
        assert sorting.count(tx, owner=account.id) == 2
        with pytest.raises(BadValue):
            sorting.sort(tx, owner=account.id, answers={some[2]: "burn"})


def test_every_contact_has_a_next_step_or_a_reason(db: Database, account: Account) -> None:
    [tie] = meet(db, account, 1)
    with db.transaction() as tx:
        known = ties.get(tx, owner=account.id, id=tie)
        alone = contact(tx, account.id, "Sin Vínculo")
        found = steps.steps(tx, owner=account.id, contact_ids=[known.contact_id, alone])
    assert (found[known.contact_id].state, found[known.contact_id].kind) == ("next", Kind.FIRST)
    assert found[alone].state == steps.UNDECIDED


def test_a_touch_let_pass_for_three_busy_weeks_counts_as_a_skip(db: Database, account: Account, clock: Clock) -> None:
    policies_changed = {"budget": 2, "late_hello_days": 45}
    with db.transaction() as tx:
        policies.set_numbers(tx, owner=account.id, numbers=policies_changed)
    meet(db, account, 8, note="algo")
    passed = look(db, account).chosen[0]
    for _ in range(3):
        week = look(db, account)
        with db.transaction() as tx:
            touches.done(tx, owner=account.id, id=next(one.id for one in week.chosen if one.id != passed.id))
        clock.forward(7)
    look(db, account)
    with db.reading() as tx:
        kept = touches.get(tx, owner=account.id, id=passed.id)
    assert kept.state in ("skipped", "withdrawn")


def test_the_circles_ask_for_what_their_awake_ties_ask_for_and_name_whom_to_widen(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = meet(db, account, 3)
    with db.transaction() as tx:
        deeds.move(tx, owner=account.id, tie_id=some[0], circle=Circle.INNER)
        deeds.let_go(tx, owner=account.id, tie_id=some[1])
        rules = policies.of(tx, owner=account.id).account
        asked = circles.ask_for(tx, owner=account.id, account=rules)
        assert (round(asked.touches, 2), asked.more, asked.widen) == (1.08, False, ())
        policies.set_numbers(tx, owner=account.id, numbers={"budget": 1})
        rules = policies.of(tx, owner=account.id).account
        [first, *_] = circles.ask_for(tx, owner=account.id, account=rules).widen
        assert first.tie in some
        monkeypatch.setattr(circles, "COUNTED", 1)
        assert circles.ask_for(tx, owner=account.id, account=rules).more
