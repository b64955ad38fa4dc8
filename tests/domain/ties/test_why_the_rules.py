"""followup.md, "Why the rules are as they are": what went wrong with a simpler wording, and no longer can."""

from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import median

import pytest

from bench.ties.clock import MADRID, Year, run
from bench.ties.lives import Manner, live
from bench.ties.people import carded, from_fair, imported
from bench.ties.steered import NOTED, met
from bench.ties.year import LAST, always
from service.domain.ties.act import ActType
from service.domain.ties.circle import NEAR
from service.domain.ties.load import load
from service.domain.ties.standing import Standing
from service.domain.ties.touch import MEETINGS, Kind
from service.domain.ties.warmth import AWAKE, Warmth


@pytest.fixture(scope="module")
def year() -> Year:
    return run(carded(), LAST, always, MADRID)


@pytest.fixture(scope="module")
def crowd() -> Year:
    return run([*from_fair(), *imported(100)], date(2026, 6, 10), always, MADRID)


def test_no_rhythm_stops_a_tie_for_ever(year: Year) -> None:
    stand = {row.seen.next.standing for row in year.rows.values() if row.seen}
    assert stand <= {Standing.PLANNED, Standing.RESTING, Standing.WAITS_FOR_WORD, Standing.LISTENING}


def test_a_silent_person_gets_no_thirty_two_messages(year: Year) -> None:
    for row in year.rows.values():
        acts = row.acts
        starts = [n for n, act in enumerate(acts) if act.type in (ActType.ANSWERED, ActType.TALKED, ActType.RECEIVED)]
        since = acts[starts[-1] :] if starts else acts
        assert sum(act.type is ActType.DID for act in since) <= 4


def test_rest_is_reached_and_the_users_silence_is_not_theirs() -> None:
    told, untold = met(NOTED, Manner("n")), met(NOTED, Manner("_"))
    seen = [[now.seen.warmth for now in live(life, 400, step=2) if now.seen] for life in (told, untold)]
    assert Warmth.RESTING in seen[0]
    assert Warmth.RESTING not in seen[1]


def test_the_gate_opens_for_somebody_because_gives_are_planned(year: Year) -> None:
    doors = [row for row in year.rows.values() if row.seen and not row.seen.gate]
    assert len(doors) >= 5
    assert all(row.seen and row.seen.gives_24m >= 2 for row in doors)


def test_with_one_tap_after_an_event_the_median_first_word_comes_within_two_days(year: Year) -> None:
    waits = []
    for row in year.rows.values():
        first = next(act for act in row.acts if act.type is ActType.DID)
        waits.append((first.day - row.acts[0].day).days)
    assert median(waits) <= 2


def test_nobody_introduced_as_promised_is_told_how_nice_it_was_to_meet(year: Year) -> None:
    for row in year.rows.values():
        kinds = [act.kind for act in row.acts if act.type is ActType.DID]
        assert Kind.PROMISE not in kinds or not {Kind.FIRST, Kind.LATE_HELLO} & set(kinds)


def test_who_answered_coolly_is_not_asked_for_a_coffee_next(year: Year) -> None:
    """But for the nearest."""
    told = (ActType.DID, ActType.ANSWERED, ActType.TALKED, ActType.RECEIVED)
    for row in (row for row in year.rows.values() if row.seen and row.seen.circle not in NEAR):
        for before, after in pairwise(act for act in row.acts if act.type in told):
            assert before.outcome != "cool" or after.kind not in MEETINGS


def test_five_coffees_do_not_fall_on_one_monday(year: Year) -> None:
    days = Counter(
        act.day for row in year.rows.values() for act in row.acts if act.type is ActType.DID and act.kind in MEETINGS
    )
    assert max(days.values()) <= 2


def test_imports_ask_for_no_touches_a_week(crowd: Year) -> None:
    awake = Counter(
        row.seen.circle
        for row in crowd.rows.values()
        if row.seen and row.tie.source == "import" and row.seen.warmth in AWAKE
    )
    assert load(awake, MADRID.policy) < 3
    asleep = [row for row in crowd.rows.values() if row.seen and row.seen.next.standing is Standing.RANKED]
    assert len(asleep) > 50
    assert all(row.touches == () for row in asleep)


def test_no_card_of_the_fair_falls_away_unseen(crowd: Year) -> None:
    sorted_out = 0
    for row in crowd.rows.values():
        if row.tie.source != "card":
            continue
        written = any(act.type is ActType.DID for act in row.acts)
        let_go = any(act.type is ActType.LET_GO for act in row.acts)
        assert row.seen
        assert written or let_go or row.tie.starred or row.tie.notes or row.seen.next.standing is Standing.TO_SORT
        sorted_out += row.seen.next.standing is Standing.TO_SORT or let_go
    assert sorted_out > 50
