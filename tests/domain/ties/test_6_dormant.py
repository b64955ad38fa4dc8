"""followup.md §6: dormant ties are ranked, and old cards sorted."""

from dataclasses import replace

import pytest

from service.domain.ties.act import ActSource, ActType, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.dormant import candidate_of
from service.domain.ties.note import NoteKind
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.sorting import to_sort
from service.domain.ties.tie import Senior, Source
from service.domain.ties.touch import Kind, Lane, Touch
from tests.domain.ties.scene import Scene, day, noted

YEARS = 365


def imported(**values: object) -> Scene:
    return Scene(source=Source.IMPORT, circle=Circle.DRAWER, **values)  # type: ignore[arg-type]


def ranked(scene: Scene, n: int, colleagues: int | None = None) -> Touch | None:
    return candidate_of(scene.story(n), colleagues)


def reconnects(scene: Scene, n: int) -> str:
    touch = ranked(scene, n)
    assert touch
    return scene.did(n, Kind.RECONNECT, touch.cause)


def test_the_pool_is_dormant_ties_imports_and_old_cards_with_a_note_or_a_star() -> None:
    friend, listed, old, starred, bare = noted(), imported(), noted(), Scene(starred=True), Scene()
    friend.talked(-3 * YEARS - 1)
    for card in (old, starred, bare):
        card.met(-46)
    assert all(ranked(scene, 0) for scene in (friend, listed, old, starred))
    assert ranked(bare, 0) is None


def test_candidates_are_ranked_and_never_planned() -> None:
    scene = imported()
    touch = ranked(scene, 0)
    assert touch
    assert (touch.kind, touch.lane, touch.until) == (Kind.RECONNECT, Lane.DORMANT, day(3))
    assert scene.plan(0) == ()
    assert scene.outlook(0).next.standing == "ranked"


def test_one_reconnect_that_was_planned_by_hand_is_one_try() -> None:
    scene = imported()
    scene.act(ActType.PLANNED, 0, kind=Kind.RECONNECT, until=day(0))
    scene.does(0)
    assert [scene.outlook(n).next.standing for n in (1, 14, 15)] == ["listening", "listening", "ranked"]
    assert ranked(scene, YEARS - 1) is None
    assert ranked(scene, YEARS + 1)


def test_an_import_with_a_known_day_of_contact_is_ranked_too_once_its_interval_is_over() -> None:
    scene = imported()
    scene.act(ActType.TALKED, 0, talk=Talk.CALL, source=ActSource.IMPORT)
    assert ranked(scene, 300) is None
    assert scene.plan(300) == scene.plan(400) == ()
    assert ranked(scene, 366)


def test_an_import_whom_the_user_talks_to_is_kept_like_anybody() -> None:
    scene = imported()
    scene.talked(0)
    assert ranked(scene, 1) is None
    assert scene.plan(1)


@pytest.mark.parametrize(
    ("values", "colleagues", "score"),
    [
        ({}, None, 12 + 13 + 8),
        ({"company": "acme"}, 0, 17.5 + 12.5 + 8.5),
        ({"company": "acme"}, 2, 25 + 12.5 + 8.5),
        ({"company": "acme"}, 9, 7.5 + 12.5 + 8.5),
        ({"senior": Senior.SENIOR}, None, 12.5 + 25 + 8.5),
        ({"senior": Senior.JUNIOR}, None, 12.5 + 8.5),
        ({"shared_past": "university"}, None, 12.5 + 12.5 + 8.5 + 17),
        ({"gathering": "the Chamber"}, None, 12.5 + 12.5 + 8.5 + 17),
    ],
)
def test_the_score(values: dict[str, object], colleagues: int | None, score: float) -> None:
    touch = ranked(imported(**values), 0, colleagues)
    assert touch
    assert touch.points == pytest.approx(score, abs=1)


def test_something_noted_and_answers_raise_the_score() -> None:
    bare, told, good = imported(), imported(), imported()
    told.notes(NoteKind.PASSION)
    good.warm(-4 * YEARS, good.did(-4 * YEARS - 1))
    scores = [touch.points for touch in (ranked(scene, 0) for scene in (bare, told, good)) if touch]
    assert scores[1] == scores[0] + 16
    assert scores[2] > scores[0]


def test_sorting_is_for_bare_old_cards_and_a_star_or_letting_go_ends_it() -> None:
    scene = Scene()
    scene.met()
    assert not to_sort(scene.story(45))
    assert to_sort(scene.story(46))
    starred = Scene(starred=True)
    starred.met()
    assert not to_sort(starred.story(46))
    scene.act(ActType.LET_GO, 46)
    assert not to_sort(scene.story(46))


def test_a_card_without_a_day_of_meeting_is_sorted_at_once() -> None:
    assert to_sort(Scene().story(0))
    assert ranked(noted(), 0)


@pytest.mark.parametrize(("reply", "after_a_year"), [(Reply.NO, False), (Reply.NOTHING, True)])
def test_not_relevant_or_nothing_remembered_makes_room_for_the_next(reply: Reply, after_a_year: bool) -> None:  # noqa: FBT001 # a case
    scene = imported()
    question = Question(QuestionKind.RELEVANT, day(0), answered_on=day(0), reply=reply)
    scene.tie = replace(scene.tie, questions=(question,))
    assert ranked(scene, 1) is None
    assert bool(ranked(scene, YEARS)) == after_a_year


def test_a_warm_answer_gets_a_call_three_days_later() -> None:
    scene = imported()
    scene.warm(5, reconnects(scene, 0))
    touch = scene.next(5)
    assert (touch.kind, touch.lane, touch.day, touch.until) == (Kind.CALL, Lane.IN_MOTION, day(8), day(26))


def test_a_cool_answer_is_left_for_a_year() -> None:
    scene = imported()
    scene.cool(5, reconnects(scene, 0))
    assert ranked(scene, 6) is None
    assert scene.next(6).day >= day(5 + YEARS)


def test_no_answer_is_tried_again_after_a_year_and_never_after_two() -> None:
    scene = imported()
    scene.no(16, reconnects(scene, 0))
    assert ranked(scene, 364) is None
    scene.no(400, reconnects(scene, 370))
    assert ranked(scene, 5000) is None
    assert scene.outlook(5000).next.standing == "enough"


def test_a_reconnect_put_off_is_by_hand_on_its_day() -> None:
    scene = imported()
    touch = ranked(scene, 0)
    assert touch
    scene.act(ActType.POSTPONED, 0, cause=touch.cause, until=day(20))
    (planned,) = scene.plan(1)
    assert (planned.kind, planned.lane, planned.day, planned.key) == (Kind.RECONNECT, Lane.BY_HAND, day(20), touch.key)


def test_a_rested_person_joins_after_a_year_of_rest_and_three_years_without_contact() -> None:
    scene = noted()
    scene.talked(0)
    for n in (30, 120, 300):
        scene.no(n + 15, scene.did(n, channel=scene.tie.channels[n % 4 == 0]))
    assert scene.outlook(320).warmth == "resting"
    assert ranked(scene, 3 * YEARS) is None
    assert ranked(scene, 3 * YEARS + 1)


def test_a_card_that_rests_and_never_was_a_person_does_not() -> None:
    scene = noted()
    scene.met()
    for n in (1, 50, 120):
        scene.no(n + 15, scene.does(n))
    assert scene.outlook(5000).warmth == "resting"
    assert ranked(scene, 5000) is None


def test_who_cannot_be_chosen_today_has_no_score_and_takes_nobodys_place_in_the_ranking() -> None:
    scene = imported()
    assert scene.outlook(0).dormant_score is not None
    touch = ranked(scene, 0)
    assert touch
    scene.act(ActType.SKIPPED, 0, cause=touch.cause)
    assert scene.outlook(1).dormant_score is None
    assert scene.outlook(1).next.standing == "ranked"
    assert scene.outlook(1).wakes_on
    assert scene.outlook(365).dormant_score is not None
