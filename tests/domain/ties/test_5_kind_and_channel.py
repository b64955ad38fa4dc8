"""followup.md §5: giving and saying hello in turn, no kind twice running, another way after silence."""

from dataclasses import replace

from service.domain.ties.act import ActType
from service.domain.ties.circle import Circle
from service.domain.ties.touch import Channel, Kind, Reason
from tests.domain.ties.scene import Scene, noted


def run(scene: Scene, times: int) -> list[Kind]:
    """The kinds of so many touches, each answered warmly at once."""
    kinds, n = [], 0
    for _ in range(times):
        touch = scene.next(n)
        n = max(n, (touch.day - scene.acts[0].day).days)
        kinds.append(touch.kind)
        scene.warm(n, scene.does(n))
    return kinds


def test_giving_and_saying_hello_alternate_for_somebody_known() -> None:
    scene = noted()
    scene.talked(0)
    kinds = [Kind.FAVOUR, Kind.HELLO, Kind.FAVOUR, Kind.COFFEE, Kind.FAVOUR, Kind.HELLO]
    assert run(scene, 6) == kinds


def test_hello_and_coffee_alternate_where_nothing_is_known() -> None:
    scene = Scene()
    scene.warm(0)
    assert run(scene, 4) == [Kind.HELLO, Kind.COFFEE, Kind.HELLO, Kind.COFFEE]


def test_who_gave_after_my_last_give_is_given_to_first_of_all() -> None:
    scene = noted()
    scene.talked(-50)
    scene.did(-20, Kind.FAVOUR)
    scene.warm(-19)
    scene.did(0, Kind.HELLO)
    scene.received(1)
    scene.does(2)
    touch = scene.next(20)
    assert (touch.kind, touch.why.reason) == (Kind.FAVOUR, Reason.THEY_GAVE)


def test_a_give_needs_thirty_days_since_the_last() -> None:
    scene = noted(circle=Circle.INNER)
    scene.talked(-60)
    scene.did(0, Kind.FAVOUR)
    scene.did(1, Kind.HELLO)
    scene.warm(2)
    assert scene.next(2).kind is not Kind.FAVOUR
    scene.warm(25)
    assert scene.next(25).kind is Kind.FAVOUR


def test_tries_on_a_card_are_a_favour_if_noted_then_a_hello_then_an_open_door() -> None:
    bare = Scene()
    bare.met()
    kinds = []
    for n in (1, 45, 120):
        kinds.append(bare.next(n).kind)
        bare.no(n + 15, bare.does(n))
    assert kinds == [Kind.FIRST, Kind.HELLO, Kind.COFFEE]


def test_nothing_to_give_now_makes_a_favour_a_hello_of_the_same_touch() -> None:
    scene = noted()
    scene.talked(0)
    touch = scene.next(30)
    assert touch.kind is Kind.FAVOUR
    scene.act(ActType.SWAPPED, 30, cause=touch.cause, kind=Kind.HELLO)
    assert (scene.next(30).kind, scene.next(30).key) == (Kind.HELLO, touch.key)


def test_no_tap_makes_an_ask_of_a_proposal() -> None:
    scene = noted()
    scene.talked(0)
    scene.act(ActType.SWAPPED, 30, cause=scene.next(30).cause, kind=Kind.ASK)
    assert scene.next(30).kind is Kind.FAVOUR


def test_no_kind_comes_twice_running_but_after_half_a_year() -> None:
    scene = Scene()
    scene.warm(-300)
    scene.did(0, Kind.HELLO)
    scene.cool(1)
    touch = scene.next(1)
    assert touch.kind is Kind.HELLO
    assert (touch.day - scene.acts[-2].day).days >= 180


def test_a_warm_answer_to_an_offered_coffee_is_not_followed_by_another_coffee() -> None:
    scene = Scene()
    scene.met()
    scene.warm(60, scene.did(50, Kind.COFFEE))
    assert scene.next(60).kind is not Kind.COFFEE


def test_the_way_is_the_one_they_last_answered_on_else_the_preferred_one() -> None:
    scene = noted(prefers=Channel.WHATSAPP)
    scene.talked(0)
    assert scene.next(1).channel is Channel.WHATSAPP
    scene.warm(32, scene.did(31, Kind.FAVOUR, channel=Channel.MAIL))
    assert scene.next(32).channel is Channel.MAIL


def test_after_silence_another_way() -> None:
    scene = noted(prefers=Channel.WHATSAPP)
    scene.talked(0)
    scene.no(46, scene.did(31, Kind.FAVOUR, channel=Channel.WHATSAPP))
    assert scene.next(46).channel is Channel.MAIL


def test_not_the_same_way_three_times_where_nobody_tells_of_an_answer() -> None:
    scene = noted()
    scene.talked(0)
    scene.did(31, Kind.FAVOUR, channel=Channel.MAIL)
    assert scene.next(60).channel is Channel.MAIL
    scene.did(130, Kind.HELLO, channel=Channel.MAIL)
    assert scene.next(200).channel is Channel.WHATSAPP


def test_with_one_way_only_that_way_is_taken_and_with_none_none() -> None:
    one, none = noted(channels=(Channel.MAIL,)), noted(channels=())
    for scene in (one, none):
        scene.talked(0)
        scene.no(46, scene.did(31, Kind.FAVOUR, channel=Channel.MAIL))
    assert one.next(46).channel is Channel.MAIL
    assert none.next(46).channel is None


def test_a_call_goes_by_phone() -> None:
    scene = Scene(town="sevilla", channels=(Channel.MAIL, Channel.PHONE))
    scene.account = replace(scene.account, towns=frozenset({"madrid"}))
    scene.met()
    scene.warm(2, scene.does(1))
    assert (scene.next(2).kind, scene.next(2).channel) == (Kind.CALL, Channel.PHONE)
