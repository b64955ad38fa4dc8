"""followup.md §13: what is noted and promised, and the one line after every talk."""

from dataclasses import replace

from service.domain.ties.act import ActType
from service.domain.ties.note import NoteKind
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.questions import met_touch, questions
from service.domain.ties.touch import Kind
from tests.domain.ties.scene import Scene, day, noted


def asked(scene: Scene, n: int) -> list[QuestionKind]:
    return [one.kind for one in questions(scene.story(n))]


def test_after_every_talk_the_app_asks_what_they_are_busy_with() -> None:
    scene = noted()
    scene.talked(5)
    assert asked(scene, 5) == [QuestionKind.BUSY]
    scene.notes(NoteKind.NEED, "a bigger warehouse", n=5)
    assert asked(scene, 5) == []
    scene.talked(9)
    assert QuestionKind.BUSY in asked(scene, 9)


def test_it_asks_once_and_not_of_talks_long_past() -> None:
    scene = noted()
    talk = scene.talked(5)
    assert asked(scene, 40) == []
    told = Question(QuestionKind.BUSY, day(5), talk, day(5))
    scene.tie = replace(scene.tie, questions=(told,))
    assert asked(scene, 6) == []


def test_after_a_yes_to_a_coffee_it_is_asked_once_its_time_is_over_whether_they_met() -> None:
    scene = noted()
    coffee = scene.did(31, Kind.COFFEE)
    scene.warm(33, coffee)
    assert QuestionKind.MET not in asked(scene, 45)
    [met] = questions(scene.story(46))
    assert (met.kind, met_touch(met.on), met.since) == (QuestionKind.MET, coffee, day(46))
    assert QuestionKind.MET not in asked(scene, 67)
    scene.talked(46)
    assert QuestionKind.MET not in asked(scene, 47)


def test_a_cool_answer_a_hello_or_a_talk_already_told_asks_nothing() -> None:
    for kind, tells in ((Kind.HELLO, "warm"), (Kind.COFFEE, "cool")):
        scene = noted()
        getattr(scene, tells)(33, scene.did(31, kind))
        assert QuestionKind.MET not in asked(scene, 46)


def test_not_yet_asks_again_a_week_later_and_no_more_than_three_times() -> None:
    scene = noted()
    scene.warm(33, scene.did(31, Kind.CALL))
    for n in (46, 54, 62):
        [met] = [one for one in questions(scene.story(n)) if one.kind is QuestionKind.MET]
        told = Question(met.kind, day(n), met.on, day(n), Reply.NOT_YET)
        scene.tie = replace(scene.tie, questions=(*scene.tie.questions, told))
        assert QuestionKind.MET not in asked(scene, n + 7)
    assert QuestionKind.MET not in asked(scene, 70)


def test_without_a_line_nothing_can_be_given_and_with_one_it_can() -> None:
    scene = Scene()
    scene.met()
    scene.no(16, scene.does(1))
    assert scene.next(16).kind is Kind.HELLO
    scene.notes(NoteKind.LINE, "is looking for a joiner", n=17)
    assert scene.next(17).kind is Kind.FAVOUR


def test_the_line_said_when_we_met_is_what_the_first_message_names() -> None:
    scene = Scene()
    scene.notes(NoteKind.LINE, "the trip to Lyon")
    scene.notes(NoteKind.PASSION, "padel", n=1)
    scene.met()
    assert scene.next(1).why.text == "the trip to Lyon"


def test_a_favour_names_what_they_need() -> None:
    scene = noted()
    scene.notes(NoteKind.PASSION, "wine", n=3)
    scene.talked(0)
    assert scene.next(30).why.text == "a place to train the kids"


def test_undoing_the_act_takes_its_note_and_its_promise_away() -> None:
    scene = Scene()
    act = scene.act(ActType.NOTED, 0)
    scene.notes(NoteKind.NEED)
    scene.tie = replace(scene.tie, notes=(replace(scene.tie.notes[0], act=act),))
    scene.promises(1, 4)
    assert scene.outlook(1).known
    scene.undoes(2, act)
    scene.undoes(2, scene.tie.promises[0].act)
    assert not scene.outlook(2).known
    assert scene.plan(2) == ()
