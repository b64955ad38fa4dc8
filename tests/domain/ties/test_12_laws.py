"""followup.md §12: purity, keys, undo, and the laws, over steered lives first and random ones after."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.ties import mutants, weeks
from bench.ties.lives import START, Life, Manner
from bench.ties.steered import AUGUST, IMPORT, NOTED, judge, lives, met
from service.domain.ties.act import Act, ActType, Gift, Outcome, Talk
from service.domain.ties.changes import changes
from service.domain.ties.circle import Circle
from service.domain.ties.days import is_open
from service.domain.ties.dormant import candidate
from service.domain.ties.history import falls_with
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.outlook import outlook
from service.domain.ties.plan import plan
from service.domain.ties.policy import NUMBERS, policy
from service.domain.ties.promise import Promise
from service.domain.ties.questions import questions
from service.domain.ties.story import read
from service.domain.ties.tie import Tie
from service.domain.ties.touch import Channel, Kind
from service.domain.ties.week import fit
from tests.domain.ties.scene import Scene, day, noted


@pytest.mark.parametrize("name", lives())
def test_the_laws_hold_in_a_life_steered_to_its_end(name: str) -> None:
    judge(lives()[name], 420, step=3)


manners = st.builds(
    Manner,
    answers=st.text("wcn?_", min_size=1, max_size=5),
    delay=st.integers(0, 50),
    does=st.text("ddddspw2_", min_size=1, max_size=5),
    lag=st.integers(0, 20),
    promises=st.sampled_from([0, 0, 0, 35, 90]),
    keeps=st.booleans(),
    talks=st.sampled_from([0, 0, 0, 75]),
    gifts=st.sampled_from([0, 0, 0, 110]),
    asks=st.sampled_from([0, 0, 0, 65]),
    words=st.sampled_from([0, 0, 95]),
    lets_go=st.sampled_from([0, 0, 0, 130]),
    revives=st.sampled_from([0, 0, 0, 105]),
    meets=st.sampled_from([0, 0, 0, 170]),
    undoes=st.sampled_from([0, 0, 13]),
)
ties = st.builds(
    lambda tie, circle, channels, starred: replace(tie, circle=circle, channels=channels, starred=starred),
    st.sampled_from([NOTED, replace(NOTED, notes=()), IMPORT]),
    st.sampled_from(list(Circle)),
    st.lists(st.sampled_from(list(Channel)), max_size=3, unique=True).map(tuple),
    st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(ties, manners, st.booleans())
def test_the_laws_hold_in_random_lives(tie: Tie, manner: Manner, talked: bool) -> None:  # noqa: FBT001 # drawn
    life = Life(tie, AUGUST, manner) if tie.source == "import" else met(tie, manner, talked=talked)
    judge(life, 300, step=5)


def acts(chance: random.Random, count: int) -> list[Act]:
    """Rows that no sane life would leave: in any order, standing on anything."""
    ids = [f"a{n}" for n in range(count)]
    return [
        Act(
            name,
            chance.choice(list(ActType)),
            START + timedelta(days=chance.randint(-1500, 400)),
            datetime.combine(START, time(chance.randint(0, 23)), tzinfo=UTC),
            kind=chance.choice([None, *Kind]),
            talk=chance.choice([None, *Talk]),
            gift=chance.choice([None, *Gift]),
            channel=chance.choice([None, *Channel]),
            outcome=chance.choice([None, *Outcome]),
            circle=chance.choice([None, *Circle]),
            cause=chance.choice(["", f"since:{chance.choice(ids)}:0", "promise:p0", f"answer:{chance.choice(ids)}"]),
            on=chance.choice(["", "p0", "nobody", *ids]),
            until=chance.choice([None, START + timedelta(days=chance.randint(-30, 90))]),
        )
        for name in ids
    ]


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**32), ties, st.integers(0, 14), st.integers(-100, 3000))
def test_any_rows_give_a_plan_blind_to_their_order_on_open_days_without_an_ask(
    seed: int, tie: Tie, count: int, n: int
) -> None:
    chance, today = random.Random(seed), START + timedelta(days=n)
    tie = replace(
        tie,
        notes=(*tie.notes, Note("d", NoteKind.DATE, "birthday", START, date(1980, 2, 29), act="a1")),
        promises=(Promise("p0", "a number", START, START + timedelta(days=9), act="a0"),),
    )
    rows = acts(chance, count)
    planned = plan(tie, rows, AUGUST, today)
    assert plan(tie, sorted(rows, key=lambda _: chance.random()), AUGUST, today) == planned
    assert all(is_open(touch.day, AUGUST) for touch in planned if touch.day >= today)
    assert not [touch for touch in planned if touch.lane.proposed and touch.kind is Kind.ASK]
    assert sum(touch.lane.proposed for touch in planned) <= 1
    assert outlook(tie, rows, AUGUST, today).next.standing
    assert candidate(tie, rows, AUGUST, today) is None or not planned
    assert questions(read(tie, rows, AUGUST, today)) is not None


policies = st.fixed_dictionaries({}, optional={one.name: st.integers(one.low, one.high) for one in NUMBERS.values()})


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), ties, policies, st.integers(0, 1500))
def test_any_numbers_that_an_account_may_choose_give_a_plan(
    seed: int, tie: Tie, numbers: dict[str, object], n: int
) -> None:
    chance, today = random.Random(seed), START + timedelta(days=n)
    account = replace(AUGUST, policy=policy(numbers))
    rows = acts(chance, chance.randint(0, 12))
    planned = plan(tie, rows, account, today)
    seen = outlook(tie, rows, account, today)
    assert seen.next.standing
    assert seen.wakes_on is None or seen.wakes_on > today
    assert len(fit(planned, account.policy.budget, today, today, (), account=account).chosen) <= len(planned)


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**32), ties, st.integers(1, 12), st.integers(0, 900))
def test_undone_is_as_if_it_had_never_been(seed: int, tie: Tie, count: int, n: int) -> None:
    chance = random.Random(seed)
    rows = [act for act in acts(chance, count) if act.type is not ActType.UNDONE]
    more = replace(chance.choice(acts(chance, 9)), id="new", day=START + timedelta(days=n))
    undone = Act("undone", ActType.UNDONE, more.day, more.at, on="new")
    if more.type is ActType.UNDONE:
        return
    for later in (0, 3, 100):
        today = START + timedelta(days=n + later)
        assert plan(tie, [*rows, more, undone], AUGUST, today) == plan(tie, rows, AUGUST, today)


@pytest.mark.parametrize("seed", range(40))
def test_the_laws_of_the_week_hold(seed: int) -> None:
    weeks.judge(seed)


@pytest.mark.parametrize("mutant", mutants.MUTANTS, ids=lambda mutant: mutant.forgets)
def test_a_planner_that_forgets_a_rule_is_caught(mutant: mutants.Mutant) -> None:
    assert mutants.caught(mutant, days=420)


def test_undo_says_beforehand_what_falls_with_it() -> None:
    scene = noted()
    scene.met()
    first = scene.does(1)
    answer = scene.warm(3, first)
    assert [act.id for act in falls_with(scene.acts, first)] == [first, answer]
    scene.undoes(4, first)
    assert falls_with(scene.acts, first) == ()
    assert scene.next(4).kind is Kind.FIRST


def test_an_undo_may_be_undone() -> None:
    scene = noted()
    scene.met()
    undo = scene.undoes(2, scene.does(1))
    assert scene.next(2).kind is Kind.FIRST
    scene.undoes(3, undo)
    assert scene.next(3).lane.proposed
    assert scene.next(3).kind is not Kind.FIRST


def test_two_devices_count_once_and_the_answer_to_the_second_counts() -> None:
    scene = Scene()
    scene.met()
    cause = scene.next(1).cause
    scene.did(1, Kind.FIRST, cause)
    second = scene.did(1, Kind.FIRST, cause)
    assert len(scene.story(2).touches) == 1
    scene.no(16, second)
    assert scene.outlook(16).unanswered == 1


def test_the_key_is_tie_and_cause_and_survives_another_kind_channel_and_day() -> None:
    scene = noted()
    scene.talked(0)
    touch = scene.next(30)
    scene.act(ActType.SWAPPED, 30, cause=touch.cause, kind=Kind.HELLO)
    scene.act(ActType.POSTPONED, 30, cause=touch.cause, until=day(40))
    scene.tie = replace(scene.tie, channels=(Channel.SMS,))
    assert scene.next(30).key == touch.key


def test_the_changes_bring_the_kept_touches_to_the_plan() -> None:
    scene = noted()
    scene.met()
    before = scene.plan(1)
    scene.does(1)
    after = scene.plan(1)
    found = changes(before, after)
    assert found.put == after
    assert found.withdraw == (before[0].key,)
    assert changes(after, after) == changes((), ())


def test_a_reconnect_that_the_week_chose_stays_while_it_is_a_candidate() -> None:
    scene = Scene(source=IMPORT.source, circle=Circle.DRAWER)
    chosen = candidate(scene.tie, scene.acts, scene.account, day(0))
    assert chosen
    again = candidate(scene.tie, scene.acts, scene.account, day(2))
    assert changes((chosen,), (), again).withdraw == ()
    next_week = candidate(scene.tie, scene.acts, scene.account, day(9))
    assert changes((chosen,), (), next_week).withdraw == (chosen.key,)
    assert changes((chosen,), (), None).withdraw == (chosen.key,)
