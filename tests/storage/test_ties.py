"""Ties in both databases: begun once, planned again after every act, done once, and undone without a trace."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.ties.act import ActType, Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.touch import Channel, Kind
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import deeds, policies, ties, touches
from service.storage.following.planning import plan_again
from service.storage.following.steps import steps
from service.storage.following.ties import Imported, Met
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    clock = Clock(MONDAY)
    monkeypatch.setattr(policies, "now", clock)
    return clock


class Clock:
    """A day that the test turns."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


def contact(
    tx: Transaction, owner: str, name: str = "Nuria Prat", org: str = "Faro Norte", *, address: str = ";;;;"
) -> str:
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uuid4()}",
        f"FN:{name}",
        f"N:{name.partition(' ')[2]};{name.partition(' ')[0]};;;",
        f"ORG:{org}",
        "TEL;TYPE=CELL:+34600123123",
        "EMAIL;TYPE=INTERNET:nuria@faronorte.example",
        f"ADR;TYPE=WORK:;;{address}",
        "END:VCARD",
    )
    return contacts.write(tx, owner=owner, vcard="".join(line + "\r\n" for line in lines)).id


def begun(db: Database, account: Account, *, met: Met | None = None) -> str:
    with db.transaction() as tx:
        return ties.begin(tx, owner=account.id, contact_id=contact(tx, account.id), met=met or Met(on=MONDAY))


def planned(db: Database, account: Account, tie: str) -> list[KeptTouch]:
    with db.reading() as tx:
        return touches.of_tie(tx, owner=account.id, tie_id=tie)


def test_a_card_begins_a_tie_and_its_first_message_waits_for_the_next_open_day(db: Database, account: Account) -> None:
    tie = begun(db, account)
    [first] = planned(db, account, tie)
    assert (first.touch.kind, first.touch.day, first.touch.channel) == (Kind.FIRST, date(2026, 3, 3), Channel.MAIL)


def test_a_tie_is_begun_once_however_often_it_is_asked(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        id_ = contact(tx, account.id)
        first = ties.begin(tx, owner=account.id, contact_id=id_, met=Met(on=MONDAY))
        assert ties.begin(tx, owner=account.id, contact_id=id_, met=Met(on=MONDAY)) == first


def test_what_was_said_and_promised_at_the_meeting_is_kept(db: Database, account: Account) -> None:
    met = Met(on=MONDAY, gathering="La Cámara", note="busca local", promise="el contacto de Carmen")
    tie = begun(db, account, met=met)
    with db.reading() as tx:
        known = ties.get(tx, owner=account.id, id=tie).tie
    assert [(note.kind, note.text) for note in known.notes] == [(NoteKind.LINE, "busca local")]
    assert [(one.text, one.due_on) for one in known.promises] == [("el contacto de Carmen", date(2026, 3, 3))]
    assert Kind.PROMISE in {one.touch.kind for one in planned(db, account, tie)}


def test_taking_the_beginning_back_leaves_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        id_ = contact(tx, account.id)
        ties.begin(tx, owner=account.id, contact_id=id_, met=Met(on=MONDAY))
        ties.end(tx, owner=account.id, contact_id=id_)
        assert ties.of_contact(tx, owner=account.id, contact_id=id_) is None


def test_done_twice_is_done_once_and_the_second_is_shown_the_first(db: Database, account: Account) -> None:
    tie = begun(db, account)
    [first] = planned(db, account, tie)
    with db.transaction() as tx:
        one = touches.done(tx, owner=account.id, id=first.id, channel=Channel.WHATSAPP, text="Hola, Nuria")
    with db.transaction() as tx:
        two = touches.done(tx, owner=account.id, id=first.id, channel=Channel.MAIL)
    assert (one.first, two.first) == (True, False)
    assert one.act == two.act
    assert (one.act.channel, one.act.text) == (Channel.WHATSAPP, "Hola, Nuria")


def test_undoing_a_touch_takes_its_answer_along_and_plans_it_again(
    db: Database, account: Account, clock: Clock
) -> None:
    tie = begun(db, account)
    [before] = planned(db, account, tie)
    with db.transaction() as tx:
        act = touches.done(tx, owner=account.id, id=before.id).act
        touches.answer(tx, owner=account.id, act_id=act.id, outcome=Outcome.WARM)
    with db.transaction() as tx:
        fallen = touches.undo(tx, owner=account.id, act_id=act.id)
        assert {one.type for one in fallen} == {ActType.DID, ActType.ANSWERED}
        assert touches.undo(tx, owner=account.id, act_id=act.id) == ()
    [after] = planned(db, account, tie)
    assert (after.id, after.touch) == (before.id, before.touch)
    with db.transaction() as tx:
        assert touches.done(tx, owner=account.id, id=after.id).first


def test_a_warm_answer_plans_a_coffee(db: Database, account: Account, clock: Clock) -> None:
    tie = begun(db, account)
    clock.forward(1)
    with db.transaction() as tx:
        act = touches.done(tx, owner=account.id, id=planned(db, account, tie)[0].id).act
    clock.forward(1)
    with db.transaction() as tx:
        touches.answer(tx, owner=account.id, act_id=act.id, outcome=Outcome.WARM)
    [coffee] = planned(db, account, tie)
    assert (coffee.touch.kind, coffee.touch.day) == (Kind.COFFEE, date(2026, 3, 11))


def test_another_day_is_by_hand_and_within_bounds(db: Database, account: Account) -> None:
    tie = begun(db, account)
    [first] = planned(db, account, tie)
    with db.transaction() as tx:
        for day in (MONDAY, MONDAY + timedelta(days=61)):
            with pytest.raises(BadValue):
                touches.postpone(tx, owner=account.id, id=first.id, day=day)
        touches.postpone(tx, owner=account.id, id=first.id, day=date(2026, 3, 12))
    [put_off] = planned(db, account, tie)
    assert (put_off.id, put_off.touch.day, put_off.touch.lane.proposed) == (first.id, date(2026, 3, 12), False)


def test_a_skip_gives_peace_and_can_be_undone(db: Database, account: Account) -> None:
    tie = begun(db, account)
    [first] = planned(db, account, tie)
    with db.transaction() as tx:
        act = touches.skip(tx, owner=account.id, id=first.id)
        with pytest.raises(Conflict):
            touches.done(tx, owner=account.id, id=first.id)
    assert all(one.id != first.id for one in planned(db, account, tie))
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=act.id)
    assert [one.id for one in planned(db, account, tie)] == [first.id]


def test_a_promise_is_kept_or_dropped_never_skipped(db: Database, account: Account) -> None:
    tie = begun(db, account)
    with db.transaction() as tx:
        ties.add_promise(tx, owner=account.id, id=tie, text="el presupuesto", due_on=date(2026, 3, 4))
    promise = next(one for one in planned(db, account, tie) if one.touch.kind is Kind.PROMISE)
    with db.transaction() as tx:
        with pytest.raises(Conflict):
            touches.skip(tx, owner=account.id, id=promise.id)
        assert deeds.let_go(tx, owner=account.id, tie_id=tie) is None
        touches.release(tx, owner=account.id, promise_id=promise.touch.cause.partition(":")[2])
        assert deeds.let_go(tx, owner=account.id, tie_id=tie) is not None
    assert planned(db, account, tie) == []


def test_a_talk_logged_twice_in_a_hurry_is_one(db: Database, account: Account) -> None:
    tie = begun(db, account)
    with db.transaction() as tx:
        one = deeds.talked(tx, owner=account.id, tie_id=tie, talk="call")
        assert deeds.talked(tx, owner=account.id, tie_id=tie, talk="call") == one
        with pytest.raises(BadValue):
            deeds.talked(tx, owner=account.id, tie_id=tie, talk="shouting")
        with pytest.raises(BadValue):
            deeds.talked(tx, owner=account.id, tie_id=tie, talk="call", day=MONDAY + timedelta(days=2))


def test_asking_too_early_needs_a_reason_which_is_kept(db: Database, account: Account) -> None:
    tie = begun(db, account)
    with db.transaction() as tx:
        with pytest.raises(Conflict) as shut:
            deeds.plan_ask(tx, owner=account.id, tie_id=tie)
        assert shut.value.code == "gate_shut"
        act = deeds.plan_ask(tx, owner=account.id, tie_id=tie, reason="cierra el viernes")
    assert act.reason == "cierra el viernes"
    assert Kind.ASK in {one.touch.kind for one in planned(db, account, tie)}


def test_after_three_words_of_whose_answers_nobody_told_an_answer_is_waited_for(
    db: Database, account: Account, clock: Clock
) -> None:
    tie = begun(db, account)
    for days in (1, 90, 90):
        clock.forward(days)
        with db.transaction() as tx:
            plan_again(tx, owner=account.id, tie_id=tie, today=clock.day)
            [touch] = touches.of_tie(tx, owner=account.id, tie_id=tie)
            touches.done(tx, owner=account.id, id=touch.id)
    with db.reading() as tx:
        id_ = ties.get(tx, owner=account.id, id=tie).contact_id
        assert steps(tx, owner=account.id, contact_ids=[id_])[id_].state == "listens"


def test_the_inner_circle_holds_three(db: Database, account: Account) -> None:
    some = [begun(db, account) for _ in range(4)]
    with db.transaction() as tx:
        for tie in some[:3]:
            deeds.move(tx, owner=account.id, tie_id=tie, circle=Circle.INNER)
        with pytest.raises(Conflict):
            deeds.move(tx, owner=account.id, tie_id=some[3], circle=Circle.INNER)


def test_a_line_typed_once_is_noted_once_and_offered_again(db: Database, account: Account) -> None:
    tie = begun(db, account)
    with db.transaction() as tx:
        one = ties.add_note(tx, owner=account.id, id=tie, kind=NoteKind.PASSION, text="Pádel")
        assert ties.add_note(tx, owner=account.id, id=tie, kind=NoteKind.PASSION, text="padel ") == one
        assert ties.lines_known(tx, owner=account.id) == ["Pádel"]
        ties.drop_note(tx, owner=account.id, note_id=one)
        assert ties.lines_known(tx, owner=account.id) == []
        with pytest.raises(BadValue):
            ties.add_note(tx, owner=account.id, id=tie, kind=NoteKind.NEED, text=" \n ")


def test_imports_begin_in_the_drawer_and_plan_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        some = [Imported(contact(tx, account.id, f"Persona {n}"), date(2019, 5, 1) if n else None) for n in range(3)]
        assert ties.begin_many(tx, owner=account.id, imported=some) == 3
        assert ties.begin_many(tx, owner=account.id, imported=some) == 0
        known = ties.of_contact(tx, owner=account.id, contact_id=some[1].contact_id)
        assert known
        assert known.tie.circle is Circle.DRAWER
        assert [act.type for act in known.acts] == [ActType.TALKED]
        assert touches.of_tie(tx, owner=account.id, tie_id=known.tie.id) == []


def test_a_change_of_rules_plans_again_in_bounded_batches(db: Database, account: Account) -> None:
    some = [begun(db, account) for _ in range(5)]
    with db.transaction() as tx:
        policies.set_numbers(tx, owner=account.id, numbers={"first_after_days": 3})
    assert {planned(db, account, tie)[0].touch.day for tie in some} == {date(2026, 3, 3)}
    counts = []
    for _ in range(4):
        with db.transaction() as tx:
            from service.storage.following.planning import plan_due  # beside what it shows

            counts.append(plan_due(tx, owner=account.id, today=MONDAY, limit=2))
    assert counts == [2, 2, 1, 0]
    assert {planned(db, account, tie)[0].touch.day for tie in some} == {date(2026, 3, 5)}


def test_a_tie_of_somebody_else_is_not_found(db: Database, account: Account, stranger: Account) -> None:
    tie = begun(db, account)
    [first] = planned(db, account, tie)
    with db.transaction() as tx:
        for ask in (touches.done, touches.skip):
            with pytest.raises(NotFound):
                ask(tx, owner=stranger.id, id=first.id)
        with pytest.raises(NotFound):
            deeds.talked(tx, owner=stranger.id, tie_id=tie, talk="call")
        with pytest.raises(NotFound):
            touches.undo(tx, owner=stranger.id, act_id=str(uuid4()))


def test_a_deleted_contact_has_no_touches_until_it_is_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        id_ = contact(tx, account.id)
        tie = ties.begin(tx, owner=account.id, contact_id=id_, met=Met(on=MONDAY))
        contacts.delete(tx, owner=account.id, id=id_)
    assert planned(db, account, tie) == []
    with db.transaction() as tx:
        contacts.restore(tx, owner=account.id, id=id_)
    assert len(planned(db, account, tie)) == 1


def test_a_note_that_was_removed_comes_back_and_a_meeting_that_was_none_is_undone(
    db: Database, account: Account
) -> None:
    tie = begun(db, account, met=Met(on=MONDAY, note="busca un almacén"))
    with db.transaction() as tx:
        [note] = ties.get(tx, owner=account.id, id=tie).tie.notes
        ties.drop_note(tx, owner=account.id, note_id=note.id)
        assert not ties.get(tx, owner=account.id, id=tie).tie.notes
        assert ties.drop_note(tx, owner=account.id, note_id=note.id, dropped=False) == tie
        assert ties.get(tx, owner=account.id, id=tie).tie.notes == (note,)
        [met] = [act for act in ties.get(tx, owner=account.id, id=tie).acts if act.type is ActType.MET]
        assert touches.undo(tx, owner=account.id, act_id=met.id) == (met,)
        assert not [one for one in touches.of_tie(tx, owner=account.id, tie_id=tie) if one.touch.kind is Kind.FIRST]
        deeds.met(tx, owner=account.id, tie_id=tie)
        assert [one for one in touches.of_tie(tx, owner=account.id, tie_id=tie) if one.touch.kind is Kind.FIRST]


def test_what_was_undone_does_not_keep_a_tie_whose_card_is_taken_back(db: Database, account: Account) -> None:
    tie = begun(db, account)
    with db.transaction() as tx:
        talk = deeds.talked(tx, owner=account.id, tie_id=tie, talk="call")
        touches.undo(tx, owner=account.id, act_id=talk.id)
        contact_id = ties.contact_of(tx, owner=account.id, id=tie)
        ties.end(tx, owner=account.id, contact_id=contact_id)
        assert ties.of_contact(tx, owner=account.id, contact_id=contact_id) is None
