"""Introductions in both databases: both are asked, only two yeses open it, and a pair comes once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.introductions.course import Course, Step
from service.domain.introductions.proposal import How
from service.domain.ties.act import ActType
from service.domain.ties.introduction import CameOf, Said
from service.domain.ties.ledger import gives
from service.domain.ties.note import NoteKind
from service.domain.ties.question import QuestionKind
from service.domain.ties.story import read
from service.domain.ties.touch import Kind, Lane, Reason
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import deeds, planning, policies, questions, replies, ties, touches, weeks
from service.storage.following.ties import Met
from service.storage.following.touches import KeptTouch
from service.storage.meeting import introduction_proposals, introductions
from service.storage.meeting.introductions import Wanted
from service.storage.people import contacts

MONDAY = date(2026, 3, 2)
FILTERS = "filtros hechos más cerca que en China"


class Days:
    """A day that the test turns."""

    day = MONDAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture(autouse=True)
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    turned = Days()
    monkeypatch.setattr(policies, "now", turned)
    return turned


def known(db: Database, account: Account, name: str, org: str = "", *, title: str = "", talked: bool = True) -> str:
    """Somebody one has talked with a month ago; gives the tie."""
    family, _, given = name.partition(" ")[2], "", name.partition(" ")[0]
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uuid4()}", f"FN:{name}", f"N:{family};{given};;;"]
    lines += [f"ORG:{org}"] * bool(org) + [f"TITLE:{title}"] * bool(title)
    lines += [f"EMAIL;TYPE=INTERNET:{given.lower()}@example.com", "END:VCARD"]
    with db.transaction() as tx:
        contact = contacts.write(tx, owner=account.id, vcard="".join(f"{line}\r\n" for line in lines)).id
        tie = ties.begin(tx, owner=account.id, contact_id=contact, met=Met(on=MONDAY - timedelta(days=60)))
        if talked:
            deeds.talked(tx, owner=account.id, tie_id=tie, talk="coffee", day=MONDAY - timedelta(days=20))
    return tie


def noted(db: Database, account: Account, tie: str, kind: NoteKind, text: str) -> str:
    with db.transaction() as tx:
        return ties.add_note(tx, owner=account.id, id=tie, kind=kind, text=text)


@pytest.fixture
def elena(db: Database, account: Account) -> str:
    return known(db, account, "Elena Sanz", "Riegos Sur")


@pytest.fixture
def luis(db: Database, account: Account) -> str:
    return known(db, account, "Luis Prat", "Faro Norte")


def begun(db: Database, account: Account, **wanted: object) -> Course:
    with db.transaction() as tx:
        return introductions.begin(tx, Wanted(**wanted), owner=account.id)  # type: ignore[arg-type] # as given


def seen(db: Database, account: Account, one: Course) -> Course:
    with db.reading() as tx:
        return introductions.get(tx, owner=account.id, id=one.id)


def of(db: Database, account: Account, tie: str) -> list[KeptTouch]:
    """What introductions ask for on a tie."""
    with db.reading() as tx:
        found = touches.of_tie(tx, owner=account.id, tie_id=tie)
    return [one for one in found if one.touch.cause.startswith("introduction:")]


def do(db: Database, account: Account, tie: str) -> str:
    [touch] = of(db, account, tie)
    with db.transaction() as tx:
        return touches.done(tx, owner=account.id, id=touch.id).act.id


def say(db: Database, account: Account, one: Course, tie: str, word: Said) -> str:
    with db.transaction() as tx:
        return introductions.say(tx, owner=account.id, id=one.id, side=one.side(tie), word=word).id


def gives_to(db: Database, account: Account, tie: str) -> int:
    with db.reading() as tx:
        history = ties.get(tx, owner=account.id, id=tie)
        rules, today = policies.of(tx, owner=account.id), policies.today(tx, owner=account.id)
    return len(gives(read(history.tie, history.acts, rules.account, today)))


def both_said_yes(db: Database, account: Account, elena: str, luis: str) -> Course:
    one = begun(db, account, one=elena, other=luis, need=FILTERS)
    for tie in (elena, luis):
        do(db, account, tie)
        say(db, account, one, tie, Said.YES)
    return seen(db, account, one)


def test_the_second_is_asked_after_the_first_yes_and_two_yeses_make_it_owed(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis, need=FILTERS)
    [ask] = of(db, account, elena)
    assert (ask.touch.kind, ask.touch.lane, ask.touch.day) == (Kind.INTRODUCE, Lane.BY_HAND, MONDAY)
    assert (ask.touch.why.reason, ask.touch.why.text) == (Reason.THEY_NEED, FILTERS)
    assert of(db, account, luis) == []
    do(db, account, elena)
    assert seen(db, account, one).step is Step.WAIT
    assert of(db, account, elena) == of(db, account, luis) == []
    say(db, account, one, elena, Said.YES)
    [second] = of(db, account, luis)
    assert second.touch.why.reason is Reason.THEY_CAN_HELP
    do(db, account, luis)
    say(db, account, one, luis, Said.YES)
    [owed] = of(db, account, elena)
    assert (owed.touch.cause, owed.touch.lane) == (f"introduction:{one.id}", Lane.DEBT)
    assert of(db, account, luis) == []
    assert seen(db, account, one).step is Step.READY


def test_asking_is_no_give_but_the_introduction_is_one_to_each(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = both_said_yes(db, account, elena, luis)
    assert (gives_to(db, account, elena), gives_to(db, account, luis)) == (0, 0)
    made = do(db, account, elena)
    assert (gives_to(db, account, elena), gives_to(db, account, luis)) == (1, 1)
    assert (seen(db, account, one).step, seen(db, account, one).made_on) == (Step.MADE, MONDAY)
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=made)
    assert (gives_to(db, account, elena), gives_to(db, account, luis)) == (0, 0)
    assert seen(db, account, one).step is Step.READY
    do(db, account, elena)
    assert seen(db, account, one).step is Step.MADE


def test_a_no_is_told_kindly_to_who_had_said_yes(db: Database, account: Account, elena: str, luis: str) -> None:
    one = begun(db, account, one=elena, other=luis, need=FILTERS)
    do(db, account, elena)
    say(db, account, one, elena, Said.YES)
    do(db, account, luis)
    refused = say(db, account, one, luis, Said.NO)
    [word] = of(db, account, elena)
    assert (word.touch.why.reason, word.touch.lane, word.touch.kind) == (Reason.SAID_NO, Lane.DEBT, Kind.HELLO)
    assert seen(db, account, one).step is Step.TELL
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=refused)
    assert (of(db, account, elena), seen(db, account, one).step) == ([], Step.WAIT)
    say(db, account, one, luis, Said.SILENT)
    do(db, account, elena)
    assert seen(db, account, one).step is Step.DECLINED
    assert gives_to(db, account, elena) == 0


def test_a_no_of_the_first_ends_it_and_nobody_else_is_asked(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis)
    do(db, account, elena)
    say(db, account, one, elena, Said.NO)
    assert of(db, account, elena) == of(db, account, luis) == []
    assert seen(db, account, one).step is Step.DECLINED


def test_later_is_asked_again_in_a_month_and_a_yes_in_between_counts(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis)
    do(db, account, elena)
    say(db, account, one, elena, Said.LATER)
    [again] = of(db, account, elena)
    assert (again.touch.cause, again.touch.day) == (
        f"introduction:{one.id}:{one.side(elena)}:1",
        MONDAY + timedelta(days=30),
    )
    assert seen(db, account, one).step is Step.LATER
    say(db, account, one, elena, Said.YES)
    assert (of(db, account, elena), len(of(db, account, luis))) == ([], 1)


def test_given_up_it_asks_for_nothing_but_a_word_to_who_said_yes(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis)
    do(db, account, elena)
    say(db, account, one, elena, Said.YES)
    with db.transaction() as tx:
        introductions.drop(tx, owner=account.id, id=one.id)
    assert of(db, account, luis) == []
    assert [one.touch.why.reason for one in of(db, account, elena)] == [Reason.GIVEN_UP]
    with db.transaction() as tx:
        introductions.drop(tx, owner=account.id, id=one.id, dropped=False)
    assert (of(db, account, elena), len(of(db, account, luis))) == ([], 1)


def test_what_was_promised_is_asked_of_the_other_on_its_day_and_kept_when_made(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    with db.transaction() as tx:
        promise = ties.add_promise(tx, owner=account.id, id=luis, text="una presentación", due_on=tomorrow)
    one = begun(db, account, one=luis, other=elena, helps=True, need=FILTERS, promise_id=promise)
    [ask] = of(db, account, elena)
    assert (ask.touch.day, ask.touch.why.reason) == (tomorrow, Reason.THEY_NEED)
    with db.reading() as tx:
        [kept] = [t for t in touches.of_tie(tx, owner=account.id, tie_id=luis) if t.touch.kind is Kind.PROMISE]
    assert kept.touch.day > tomorrow + timedelta(days=14)
    do(db, account, elena)
    say(db, account, one, elena, Said.YES)
    with db.reading() as tx:
        owed = touches.of_tie(tx, owner=account.id, tie_id=luis)
    assert [t.touch.cause for t in owed] == [f"introduction:{one.id}"]
    do(db, account, luis)
    with db.reading() as tx:
        assert Kind.PROMISE not in {t.touch.kind for t in touches.of_tie(tx, owner=account.id, tie_id=luis)}


def test_a_promise_is_kept_by_a_no_told_kindly_and_is_one_again_when_the_introduction_is_given_up(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    with db.transaction() as tx:
        promise = ties.add_promise(tx, owner=account.id, id=luis, text="una presentación", due_on=MONDAY)
    one = begun(db, account, one=luis, other=elena, promise_id=promise)

    def owed() -> list[str]:
        with db.reading() as tx:
            found = touches.of_tie(tx, owner=account.id, tie_id=luis)
        return [t.touch.cause for t in found if t.touch.lane is Lane.DEBT and t.touch.day <= MONDAY]

    with db.transaction() as tx:
        introductions.drop(tx, owner=account.id, id=one.id)
    assert owed() == [f"promise:{promise}"]
    with db.transaction() as tx:
        introductions.drop(tx, owner=account.id, id=one.id, dropped=False)
    assert owed() == []
    do(db, account, elena)
    say(db, account, one, elena, Said.NO)
    assert owed() == [f"introduction:{one.id}:told"]
    do(db, account, luis)
    assert owed() == []


def test_before_anybody_was_asked_it_can_be_taken_back_without_a_trace(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis)
    with db.transaction() as tx:
        introductions.take_back(tx, owner=account.id, id=one.id)
    assert of(db, account, elena) == []
    with pytest.raises(NotFound):
        seen(db, account, one)
    again = begun(db, account, one=luis, other=elena)
    do(db, account, luis)
    with pytest.raises(Conflict), db.transaction() as tx:
        introductions.take_back(tx, owner=account.id, id=again.id)


def test_a_pair_comes_once_and_nobody_is_introduced_to_himself(
    db: Database, account: Account, stranger: Account, elena: str, luis: str
) -> None:
    begun(db, account, one=elena, other=luis)
    with pytest.raises(Conflict):
        begun(db, account, one=luis, other=elena)
    with pytest.raises(BadValue):
        begun(db, account, one=luis, other=luis)
    with pytest.raises(NotFound):
        begun(db, stranger, one=luis, other=elena)


def test_who_was_let_go_is_introduced_to_nobody_and_it_goes_on_when_taken_up_again(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    begun(db, account, one=elena, other=luis)
    with db.transaction() as tx:
        deeds.let_go(tx, owner=account.id, tie_id=luis)
    assert of(db, account, elena) == []
    with db.transaction() as tx:
        deeds.revive(tx, owner=account.id, tie_id=luis)
    assert len(of(db, account, elena)) == 1
    third = known(db, account, "Nuria Vidal")
    with db.transaction() as tx:
        deeds.let_go(tx, owner=account.id, tie_id=third)
    with pytest.raises(Conflict):
        begun(db, account, one=elena, other=third)


def test_nobody_is_asked_about_a_contact_that_is_out_of_the_drawer(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    begun(db, account, one=elena, other=luis)
    with db.transaction() as tx:
        contact = ties.contact_of(tx, owner=account.id, id=luis)
        contacts.delete(tx, owner=account.id, id=contact)
    assert of(db, account, elena) == []
    with db.transaction() as tx:
        contacts.restore(tx, owner=account.id, id=contact)
    assert len(of(db, account, elena)) == 1


def test_skipping_the_asking_gives_it_up_and_undoing_that_brings_it_back(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = begun(db, account, one=elena, other=luis)
    [ask] = of(db, account, elena)
    with db.transaction() as tx:
        skipped = touches.skip(tx, owner=account.id, id=ask.id)
    assert (of(db, account, elena), seen(db, account, one).step) == ([], Step.DROPPED)
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=skipped.id)
    assert (len(of(db, account, elena)), seen(db, account, one).step) == (1, Step.ASK)


def test_what_came_of_it_stands_in_both_histories_and_falls_from_both(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = both_said_yes(db, account, elena, luis)
    do(db, account, elena)
    with db.transaction() as tx:
        told = introductions.came_of(tx, owner=account.id, id=one.id, outcome=CameOf.WORK_TOGETHER)

    def told_of(tie: str) -> list[str]:
        with db.reading() as tx:
            found = touches.load_acts(tx, account.id, tie)
        return [act.text for act in found if act.type is ActType.NOTED]

    assert told_of(elena) == told_of(luis) == ["work together"]
    assert seen(db, account, one).outcome is CameOf.WORK_TOGETHER
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=told.id)
    assert told_of(elena) == told_of(luis) == []
    assert seen(db, account, one).outcome is None


def test_today_asks_what_they_said_and_later_what_came_of_it(
    db: Database, account: Account, elena: str, luis: str, days: Days
) -> None:
    one = begun(db, account, one=elena, other=luis, need=FILTERS)
    asked = do(db, account, elena)

    def answer(reply: str) -> QuestionKind:
        days.forward(15)
        with db.transaction() as tx:
            planning.plan_due(tx, owner=account.id, today=days.day)
            waiting = questions.next_on_today(tx, owner=account.id, today=days.day)
            assert waiting
            about: dict[str, Any] = {"kind": waiting.asked.kind, "on": waiting.asked.on, "reply": reply}
            replies.reply(tx, owner=account.id, tie_id=waiting.history.tie.id, **about)
        return waiting.asked.kind

    assert asked
    assert answer("yes") is QuestionKind.ANSWERED
    do(db, account, luis)
    assert answer("yes") is QuestionKind.ANSWERED
    do(db, account, elena)
    assert answer("work together") is QuestionKind.CAME_OF
    assert seen(db, account, one).outcome is CameOf.WORK_TOGETHER
    with db.reading() as tx:
        assert questions.next_on_today(tx, owner=account.id, today=days.day) is None


def test_a_meeting_of_three_is_put_on_a_day_and_is_a_talk_with_both(
    db: Database, account: Account, elena: str, luis: str
) -> None:
    one = both_said_yes(db, account, elena, luis)
    with db.transaction() as tx:
        met = introductions.meet(tx, owner=account.id, id=one.id, day=MONDAY, at="9:30".zfill(5), place="Café Faro")
        assert (met.meets_on, met.meets_at, met.place, met.sequence) == (MONDAY, "09:30", "Café Faro", 1)
        assert [m.id for m in introductions.meetings(tx, owner=account.id, since=MONDAY)] == [one.id]
        with pytest.raises(BadValue):
            introductions.meet(tx, owner=account.id, id=one.id, day=MONDAY, at="noon")
    do(db, account, elena)
    with db.transaction() as tx:
        introductions.met(tx, owner=account.id, id=one.id)
    assert seen(db, account, one).outcome is CameOf.TALKED


@pytest.mark.parametrize(
    ("need", "offer", "how"),
    [
        (FILTERS, "vende filtros industriales", How.SAME),
        ("a printer for our labels", "tiene una imprenta", How.SAME),
        ("busca un albañil", "hace reformas", How.SAME),
        ("necesita un serigrafista", "conoce a una serigrafísta muy buena", How.SAME),
        ("someone for translatoins", "translations", How.SPELLED_ALIKE),
    ],
)
def test_a_need_finds_an_offer(
    db: Database, account: Account, elena: str, luis: str, need: str, offer: str, how: How
) -> None:
    noted(db, account, elena, NoteKind.NEED, need)
    noted(db, account, luis, NoteKind.OFFER, offer)
    with db.reading() as tx:
        [found] = introduction_proposals.proposals(tx, owner=account.id)
    assert (found.needs, found.helps, found.how) == (elena, luis, how)


def test_what_somebody_does_for_a_living_is_a_weak_hint(db: Database, account: Account, elena: str, luis: str) -> None:
    printer = known(db, account, "Ana Reig", "Imprenta Reig", title="Gerente")
    noted(db, account, elena, NoteKind.NEED, "una imprenta para sus etiquetas")
    with db.reading() as tx:
        [hint] = introduction_proposals.proposals(tx, owner=account.id)
    assert (hint.helps, hint.how, hint.offer) == (printer, How.WORK, None)
    noted(db, account, luis, NoteKind.OFFER, "imprenta")
    with db.reading() as tx:
        best, second = introduction_proposals.proposals(tx, owner=account.id)
    assert (best.helps, second.helps) == (luis, printer)
    assert best.points > second.points


def test_nothing_is_proposed_to_the_resting_the_refused_the_dropped_and_colleagues(
    db: Database, account: Account, stranger: Account, elena: str, luis: str
) -> None:
    colleague = known(db, account, "Marta Gil", "Riegos Sur")
    need = noted(db, account, elena, NoteKind.NEED, FILTERS)
    noted(db, account, luis, NoteKind.OFFER, "filtros")
    noted(db, account, colleague, NoteKind.OFFER, "filtros")

    def found() -> list[str]:
        with db.reading() as tx:
            assert introduction_proposals.proposals(tx, owner=stranger.id) == []
            return [one.helps for one in introduction_proposals.proposals(tx, owner=account.id)]

    assert found() == [luis]
    with db.transaction() as tx:
        act = deeds.let_go(tx, owner=account.id, tie_id=luis)
        assert act
    assert found() == []
    with db.transaction() as tx:
        touches.undo(tx, owner=account.id, act_id=act.id)
        ties.drop_note(tx, owner=account.id, note_id=need)
    assert found() == []
    with db.transaction() as tx:
        ties.drop_note(tx, owner=account.id, note_id=need, dropped=False)
        introductions.begin(tx, Wanted(one=elena, other=luis), owner=account.id, closed=True)
    assert found() == []


def test_the_engine_proposes_one_a_week_and_nobody_twice_in_a_quarter(
    db: Database, account: Account, elena: str, luis: str, days: Days
) -> None:
    noted(db, account, elena, NoteKind.NEED, FILTERS)
    noted(db, account, luis, NoteKind.OFFER, "filtros industriales")
    other = known(db, account, "Nuria Vidal", "Gestoría Vidal")
    noted(db, account, luis, NoteKind.NEED, "una gestoría")
    noted(db, account, other, NoteKind.OFFER, "asesoría fiscal")
    proposed = set()
    for day in (0, 1, 3):
        days.day = MONDAY + timedelta(days=day)
        settled = weeks.settled(db, owner=account.id)
        [asked] = [one for one in settled.chosen if one.touch.kind is Kind.INTRODUCE]
        assert asked.touch.lane is Lane.KEEP
        proposed.add(asked.touch.tie)
    assert proposed in ({elena}, {luis})
    for day, begun in ((7, 1), (91, 2)):
        days.day = MONDAY + timedelta(days=day)
        weeks.settled(db, owner=account.id)
        with db.reading() as tx:
            assert len(introductions.recent(tx, owner=account.id)) == begun
