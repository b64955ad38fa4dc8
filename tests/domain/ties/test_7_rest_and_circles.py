"""followup.md §7: when to stop and how it starts again; moving between circles is only proposed."""

from dataclasses import replace

import pytest

from service.domain.ties.act import ActType, Gift
from service.domain.ties.circle import Circle
from service.domain.ties.circles import MoveReason, move
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.questions import questions
from service.domain.ties.touch import Channel, Kind, Lane
from service.domain.ties.warmth import Warmth
from tests.domain.ties.scene import Scene, day, noted

MAIL, WHATSAPP = Channel.MAIL, Channel.WHATSAPP


def silent(*touches: tuple[int, Channel], **tie: object) -> Scene:
    scene = noted(**tie)
    scene.talked(0)
    for n, channel in touches:
        scene.no(n + 15, scene.did(n, channel=channel))
    return scene


def test_three_plain_noes_on_two_channels_over_ninety_days_rest() -> None:
    scene = silent((10, MAIL), (40, WHATSAPP), (86, MAIL))
    assert scene.outlook(99).warmth is Warmth.COOLING
    assert scene.outlook(101).warmth is Warmth.RESTING
    step = scene.outlook(101).next
    assert (step.standing, step.tries, step.since) == ("resting", 3, day(10))


def test_one_channel_is_enough_where_there_is_but_one() -> None:
    assert silent((10, MAIL), (40, MAIL), (80, MAIL)).outlook(101).warmth is not Warmth.RESTING
    assert silent((10, MAIL), (40, MAIL), (80, MAIL), channels=(MAIL,)).outlook(101).warmth is Warmth.RESTING


def test_three_noes_rest_where_no_channel_is_known_at_all() -> None:
    scene = noted(channels=())
    scene.talked(0)
    for n in (10, 40, 80):
        scene.no(n + 15, scene.act(ActType.DID, n, kind=Kind.HELLO))
    assert scene.outlook(101).warmth is Warmth.RESTING


def test_without_a_word_of_the_user_nothing_rests() -> None:
    scene = noted()
    scene.talked(0)
    for n in (10, 40, 80):
        scene.did(n)
    assert scene.outlook(400).warmth is not Warmth.RESTING
    assert scene.outlook(400).next.standing == "waits for word"


def test_a_resting_tie_gets_debts_only() -> None:
    scene = silent((10, MAIL), (40, WHATSAPP), (80, MAIL))
    scene.act(ActType.PLANNED, 101, kind=Kind.HELLO, until=day(110))
    assert scene.plan(105) == ()
    scene.promises(105, 107)
    assert [touch.lane for touch in scene.plan(105)] == [Lane.DEBT]


@pytest.mark.parametrize("how", ["warm", "cool", "talked", "received", "met"])
def test_any_contact_or_a_new_exchange_revives_and_silence_starts_at_nought(how: str) -> None:
    scene = silent((10, MAIL), (40, WHATSAPP), (80, MAIL))
    getattr(scene, how)(200)
    assert scene.outlook(200).warmth is not Warmth.RESTING
    assert scene.outlook(200).unanswered == 0
    assert scene.plan(200)


def test_one_tap_revives_and_its_undoing_lets_it_rest_again() -> None:
    scene = silent((10, MAIL), (40, WHATSAPP), (80, MAIL))
    tap = scene.act(ActType.REVIVED, 120)
    assert scene.next(120).lane is Lane.KEEP
    scene.undoes(121, tap)
    assert scene.outlook(121).warmth is Warmth.RESTING


def test_let_go_gets_nothing_and_comes_back_with_a_word_from_them() -> None:
    scene = noted()
    scene.talked(0)
    scene.act(ActType.LET_GO, 40)
    assert scene.plan(40) == ()
    assert scene.outlook(40).warmth is Warmth.LET_GO
    scene.warm(300)
    assert scene.plan(300)


def test_let_go_with_a_promise_open_asks_keep_or_release() -> None:
    scene = noted()
    scene.talked(0)
    promise = scene.promises(1, 9)
    scene.act(ActType.LET_GO, 2)
    assert [touch.kind for touch in scene.plan(2)] == [Kind.PROMISE]
    assert (questions(scene.story(2))[-1].kind, questions(scene.story(2))[-1].on) == (
        QuestionKind.KEEP_OR_RELEASE,
        promise,
    )
    scene.act(ActType.RELEASED, 3, on=promise)
    assert scene.plan(3) == ()


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([Gift.REFERRAL], MoveReason.REFERRAL),
        ([Gift.FAVOUR, Gift.FAVOUR], MoveReason.RECEIVED),
        ([None, None], MoveReason.TALKS),
        ([Gift.FAVOUR, None], None),
    ],
)
def test_closer_is_proposed_for_who_comes_back(events: list[Gift | None], reason: MoveReason | None) -> None:
    scene = noted()
    for n, gift in enumerate(events):
        scene.received(n, gift) if gift else scene.talked(n)
    found = move(scene.story(10))
    assert (found.reason if found else None) is reason
    assert found is None or (found.question, found.to) == (QuestionKind.CLOSER, Circle.CLOSE)


def test_nobody_is_proposed_for_the_inner_circle() -> None:
    scene = noted(circle=Circle.CLOSE)
    scene.received(0, Gift.REFERRAL)
    assert move(scene.story(1)) is None


def test_wider_is_proposed_after_two_cool_answers_or_three_skips() -> None:
    cool, skipped = noted(), noted()
    cool.cool(0)
    cool.cool(100)
    for n in (0, 100, 200):
        skipped.act(ActType.SKIPPED, n, cause=f"c{n}")
    for scene, reason in ((cool, MoveReason.COOL), (skipped, MoveReason.SKIPS)):
        found = move(scene.story(201))
        assert found
        assert (found.question, found.reason, found.to) == (QuestionKind.WIDER, reason, Circle.WIDER)


def test_five_gives_for_nothing_ask_first_and_widen_after_an_ask_that_brought_nothing() -> None:
    scene = noted()
    for n in range(5):
        scene.warm(n * 60, scene.did(n * 60, Kind.FAVOUR))
    found = move(scene.story(250))
    assert found
    assert (found.question, found.to) == (QuestionKind.ASK_THEM, None)
    scene.act(ActType.ASKED, 250)
    after = move(scene.story(300))
    assert after
    assert (after.question, after.reason) == (QuestionKind.WIDER, MoveReason.NOTHING_BACK)
    scene.received(301)
    assert move(scene.story(301)) is None


def test_one_proposal_a_quarter_and_after_a_refusal_none_for_a_year() -> None:
    scene = noted()
    scene.received(0, Gift.REFERRAL)
    for reply, quiet in ((Reply.YES, 91), (Reply.NO, 365)):
        asked = Question(QuestionKind.CLOSER, day(1), answered_on=day(1), reply=reply)
        scene.tie = replace(scene.tie, questions=(asked,))
        assert move(scene.story(quiet)) is None
        assert move(scene.story(quiet + 1))
