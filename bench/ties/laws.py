"""The laws of the plan, each a function that raises AssertionError on a day on which it is broken."""

from collections.abc import Callable
from datetime import timedelta

from bench.ties.facts import TOUCHES, asks, asks_something, gives, is_let_go, rests, since_last, two_way, untold
from bench.ties.lives import Life, Planner
from service.domain.ties.act import ActType
from service.domain.ties.days import is_open
from service.domain.ties.introduction import Said
from service.domain.ties.outlook import Outlook
from service.domain.ties.standing import Standing
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane, Touch
from service.domain.ties.warmth import Warmth

Law = Callable[[Life], None]
_OWED = (Kind.PROMISE, Kind.THANK)


def proposals(life: Life) -> list[Touch]:
    return [touch for touch in life.touches if touch.lane.proposed]


def seen(life: Life) -> Outlook:
    assert life.seen
    return life.seen


def no_ask_is_planned(life: Life) -> None:
    assert not [touch for touch in proposals(life) if touch.kind is Kind.ASK]


def one_open_proposal_a_tie(life: Life) -> None:
    assert len(proposals(life)) <= 1
    assert len({touch.key for touch in life.touches}) == len(life.touches)


def nothing_but_debts_to_the_resting(life: Life) -> None:
    if rests(life.facts, len(life.tie.channels), life.today):
        assert all(touch.lane is Lane.DEBT for touch in life.touches)


def nothing_to_whom_was_let_go(life: Life) -> None:
    """But what was promised, until it is kept or released."""
    if is_let_go(life.facts):
        assert all(touch.kind is Kind.PROMISE for touch in life.touches)


def no_touch_on_a_quiet_day(life: Life) -> None:
    assert all(is_open(touch.day, life.account) or touch.lane is Lane.DEBT for touch in life.touches)
    assert all(is_open(touch.day, life.account) for touch in life.touches if touch.day >= life.today)


def no_kind_twice_running(life: Life) -> None:
    done = [act for act in life.facts if act.type in TOUCHES and act.kind not in _OWED]
    swapped = {act.cause for act in life.acts if act.type is ActType.SWAPPED}
    for touch in proposals(life):
        if done and touch.kind is done[-1].kind and touch.cause not in swapped:
            assert touch.day - done[-1].day >= timedelta(days=180), touch


def an_open_promise_is_always_planned(life: Life) -> None:
    acts = life.facts
    kept = {act.cause for act in acts if act.type is ActType.DID}
    released = {act.on for act in acts if act.type is ActType.RELEASED}
    made = [one for one in life.tie.promises if any(act.id == one.act for act in acts)]
    for promise in made:
        planned = any(touch.cause == promise.cause for touch in life.touches)
        assert planned == (promise.cause not in kept and promise.id not in released)


def any_two_way_contact_revives(life: Life) -> None:
    acts = life.facts
    if acts and two_way(acts[-1]):
        assert seen(life).warmth not in (Warmth.RESTING, Warmth.LET_GO)


def silence_is_left_in_peace(life: Life) -> None:
    """Two touches to a silent person are 14 days apart at least, and there are four at most."""
    acts = life.facts
    silent = [act for act in since_last(acts, revivals=False) if act.type in TOUCHES]
    again = [act for act in since_last(acts, revivals=True) if asks_something(act)]
    for touch in proposals(life):
        assert not silent or touch.day - silent[-1].day >= timedelta(days=14), touch
        assert len(again) < 4, touch


def an_answer_is_waited_for(life: Life) -> None:
    for act in untold(life.facts):
        assert all(touch.day - act.day > timedelta(days=14) for touch in proposals(life))


def every_tie_has_a_next_step(life: Life) -> None:
    found = seen(life).next
    acts = life.facts
    match found.standing:
        case Standing.PLANNED:
            assert life.touches
        case Standing.WAITS_FOR_WORD:
            assert untold(acts)
        case Standing.LISTENING:
            assert found.day
            assert found.day > life.today
            assert untold(acts)
        case Standing.RESTING:
            assert found.day
            assert found.tries
        case Standing.PAUSED:
            assert found.day
            assert found.day > life.today
        case Standing.TO_SORT:
            assert not life.tie.starred
            assert not any(act.type in TOUCHES for act in since_last(acts, revivals=True))
        case Standing.LET_GO:
            assert is_let_go(acts)
        case Standing.ENOUGH:
            assert sum(act.kind is Kind.RECONNECT for act in acts) > 1
        case Standing.RANKED:
            tried = any(act.kind is Kind.RECONNECT for act in acts)
            waits = found.day is not None and found.day > life.today
            assert tried or waits or life.tie.source is Source.IMPORT or seen(life).dormant_score is not None


def the_gate_opens_for_givers_only(life: Life) -> None:
    if seen(life).gate:
        return
    acts = life.facts
    lately = [act for act in gives(acts) if life.today - act.day <= timedelta(days=730)]
    assert len(lately) >= 2
    assert not rests(acts, len(life.tie.channels), life.today)
    for ask in asks(acts)[-1:]:
        assert life.today - ask.day >= timedelta(days=90)
        assert any(act.kind and acts.index(act) > acts.index(ask) for act in gives(acts))


def an_introduction_ends_kindly(life: Life) -> None:
    """Who said yes is told when the other did not, and nobody is asked for what cannot be any more."""
    done = {act.cause for act in life.facts if act.type is ActType.DID}
    planned = {touch.cause for touch in life.touches}
    for one in (one for one in life.tie.introductions if one.other_said is Said.NO and not is_let_go(life.facts)):
        assert not one.agreed or one.telling in done | planned
        assert not [cause for cause in planned if cause.startswith(one.asking)]


def plans(life: Life, planner: Planner) -> None:
    """The laws that ask for the plan again: of other rows' orders, of what is done twice, of what is undone."""
    rows = life.acts[::-1] + life.acts[:1]
    assert planner(life.tie, rows, life.account, life.today) == life.touches, "row order"
    for touch in life.touches[:1]:
        _done_twice(life, touch, planner)
        _undone(life, touch, planner)


def _done_twice(life: Life, touch: Touch, planner: Planner) -> None:
    before = list(life.acts)
    once = life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause)
    planned = planner(life.tie, life.acts, life.account, life.today)
    life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause)
    assert planner(life.tie, life.acts, life.account, life.today) == planned, "done twice"
    assert all(one.cause != once.cause for one in planned), "done, and planned again"
    life.acts[:] = before


def _undone(life: Life, touch: Touch, planner: Planner) -> None:
    before, day = list(life.acts), life.today
    did = life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause)
    life.add(ActType.ANSWERED, on=did.id, outcome=None)
    life.add(ActType.UNDONE, on=did.id)
    for days in (0, 1, 20, 200):
        life.today = day + timedelta(days=days)
        after = planner(life.tie, life.acts, life.account, life.today)
        assert after == planner(life.tie, before, life.account, life.today), "undone"
    life.acts[:], life.today = before, day


LAWS: tuple[Law, ...] = (
    no_ask_is_planned,
    one_open_proposal_a_tie,
    nothing_but_debts_to_the_resting,
    nothing_to_whom_was_let_go,
    no_touch_on_a_quiet_day,
    no_kind_twice_running,
    an_open_promise_is_always_planned,
    any_two_way_contact_revives,
    silence_is_left_in_peace,
    an_answer_is_waited_for,
    every_tie_has_a_next_step,
    the_gate_opens_for_givers_only,
    an_introduction_ends_kindly,
)
"""All that can be said of one day."""
