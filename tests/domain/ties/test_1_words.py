"""followup.md §1: the words, and what counts as what."""

import pytest

from service.domain.ties.act import ActType, Gift, Outcome, Talk
from service.domain.ties.ledger import gives, ledger
from service.domain.ties.note import NoteKind
from service.domain.ties.question import QuestionKind
from service.domain.ties.questions import questions
from service.domain.ties.touch import Kind, Lane
from tests.domain.ties.scene import Scene, day, noted


@pytest.mark.parametrize("contact", ["warm", "cool", "talked", "received"])
def test_two_way_contact_is_an_answer_a_talk_or_something_received(contact: str) -> None:
    scene = Scene()
    scene.met()
    getattr(scene, contact)(3)
    assert scene.outlook(4).last_two_way == day(3)


@pytest.mark.parametrize("type_", [ActType.MET, ActType.ACCEPTED, ActType.DID, ActType.NOTED, ActType.NO_ANSWER])
def test_the_exchange_an_accepted_invitation_or_an_untold_touch_is_no_two_way_contact(type_: ActType) -> None:
    scene = Scene()
    scene.act(type_, 0, kind=Kind.FIRST)
    assert scene.outlook(20).last_two_way is None


def test_dont_know_is_no_answer_and_is_not_asked_again() -> None:
    scene = Scene()
    scene.met()
    first = scene.does(1)
    assert [asked.kind for asked in questions(scene.story(16))] == [QuestionKind.ANSWERED]
    scene.act(ActType.ANSWERED, 16, outcome=Outcome.UNKNOWN, on=first)
    assert scene.outlook(16).last_two_way is None
    assert scene.outlook(16).unanswered == 0
    assert questions(scene.story(16)) == ()


def test_in_the_answer_window_nothing_is_planned_but_debts() -> None:
    scene = noted()
    scene.met()
    scene.talked(0)
    scene.did(1, Kind.HELLO)
    scene.promises(2, 5)
    assert [touch.lane for touch in scene.plan(3)] == [Lane.DEBT]
    assert all(touch.day > day(15) for touch in scene.plan(20) if touch.lane.proposed)


def test_at_the_end_of_the_window_the_app_asks_once() -> None:
    scene = Scene()
    scene.met()
    scene.does(1)
    assert questions(scene.story(15)) == ()
    (asked,) = questions(scene.story(16))
    assert (asked.kind, asked.since) == (QuestionKind.ANSWERED, day(16))


def test_only_a_plain_no_makes_a_touch_unanswered() -> None:
    scene = Scene()
    scene.met()
    first = scene.does(1)
    assert scene.outlook(60).unanswered == 0
    scene.no(60, first)
    assert scene.outlook(60).unanswered == 1


@pytest.mark.parametrize("late", [17, 40, 300])
def test_a_late_answer_always_wins_over_a_no(late: int) -> None:
    scene = Scene()
    scene.met()
    first = scene.does(1)
    scene.no(16, first)
    scene.warm(late, first)
    scene.no(late + 1, first)
    assert scene.outlook(late + 1).unanswered == 0
    assert scene.outlook(late + 1).last_two_way == day(late)


def test_congratulating_and_thanking_are_no_gives() -> None:
    scene = Scene()
    for kind in (Kind.THANK, Kind.CONGRATULATE, Kind.HELLO, Kind.COFFEE):
        scene.did(1, kind)
    for kind in (Kind.PROMISE, Kind.FAVOUR, Kind.INTRODUCE, Kind.REFER):
        scene.did(2, kind)
    assert [act.day for act in gives(scene.story(3))] == [day(2)] * 4


def test_an_invitation_is_a_give_only_to_who_came() -> None:
    scene = Scene()
    invited = scene.did(1, Kind.INVITE)
    assert gives(scene.story(9)) == ()
    scene.act(ActType.TALKED, 9, talk=Talk.GATHERING, on=invited)
    assert len(gives(scene.story(9))) == 1


def test_known_is_who_something_is_noted_of_or_whom_we_talked_to() -> None:
    bare, talked = Scene(), Scene()
    talked.talked(0)
    bare.notes(NoteKind.COLLEAGUE, "works with Eva")
    assert not bare.outlook(1).known
    assert noted().outlook(1).known
    assert talked.outlook(1).known


def test_the_ledger_has_two_sides() -> None:
    scene = noted()
    scene.did(1, Kind.FAVOUR)
    scene.act(ActType.ASKED, 2)
    scene.warm(3)
    scene.act(ActType.RECEIVED, 4, gift=Gift.CLIENT, value_cents=120_000)
    book = ledger(scene.story(5))
    assert [len(side) for side in (book.gave, book.asked, book.answered, book.received)] == [1, 1, 1, 1]
    assert book.value_cents == 120_000
