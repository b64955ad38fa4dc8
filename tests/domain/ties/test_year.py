"""The scripted year of docs/a-year.md, held to what a person would call sensible."""

from collections import Counter
from datetime import date

import pytest

from bench.ties.clock import MADRID, Year, run
from bench.ties.outcomes import page, worth
from bench.ties.people import NEVER_ANSWERS, NEVER_GIVES, carded, from_fair, imported
from bench.ties.together import Together, people
from bench.ties.year import FROM, LAST, PAGE, TO, always, calendar, figures, life, one_week_of_three
from service.domain.outcomes.worth import total
from service.domain.ties.act import ActType, Gift
from service.domain.ties.days import is_open, monday, next_open
from service.domain.ties.touch import FIRST_WORDS, Kind


@pytest.fixture(scope="module")
def year() -> Year:
    return run(carded(), LAST, always, MADRID)


def test_the_page_shows_the_year_as_it_is(year: Year) -> None:
    text = PAGE.read_text(encoding="utf-8").split(FROM)[1].split(TO)[0]
    told = [*calendar(year), *figures(year), *life(year, NEVER_ANSWERS), *life(year, NEVER_GIVES)]
    assert [line for line in told if line not in text] == []


def test_everyone_gets_a_first_word_within_eleven_days(year: Year) -> None:
    for row in year.rows.values():
        first = next(act for act in row.acts if act.type is ActType.DID)
        assert first.kind in (*FIRST_WORDS, Kind.PROMISE)
        assert (first.day - row.acts[0].day).days <= 11


def test_nobody_silent_is_written_to_more_than_three_times(year: Year) -> None:
    did = [act for act in year.rows[NEVER_ANSWERS].acts if act.type is ActType.DID]
    assert len(did) == 3
    assert life(year, NEVER_ANSWERS)[-1].startswith("stage card, resting")


def test_who_always_answers_and_never_gives_hears_from_me_in_the_circles_time(year: Year) -> None:
    did = [act.day for act in year.rows[NEVER_GIVES].acts if act.type is ActType.DID]
    assert 5 <= len(did) <= 8
    assert life(year, NEVER_GIVES)[-1].startswith("stage tie")


def test_nothing_is_done_on_a_quiet_day(year: Year) -> None:
    days = {act.day for row in year.rows.values() for act in row.acts if act.type is ActType.DID}
    assert all(is_open(day, MADRID) for day in days)


def test_tries_do_not_come_back_in_a_cluster(year: Year) -> None:
    second: Counter[date] = Counter()
    for row in year.rows.values():
        if not any(act.type is ActType.ANSWERED and act.outcome != "unknown" for act in row.acts):
            second.update(monday(act.day) for act in [act for act in row.acts if act.type is ActType.DID][1:2])
    assert max(second.values()) <= 4


def test_everything_received_is_thanked_for_first(year: Year) -> None:
    for row in year.rows.values():
        for n, act in enumerate(row.acts):
            if act.type is ActType.RECEIVED and act.day < date(2026, 12, 15):
                done = next(after for after in row.acts[n:] if after.type is ActType.DID)
                assert done.kind is Kind.THANK


@pytest.mark.parametrize("name", ["Ana", "Raúl"])
def test_who_sent_a_client_gets_something_back_within_the_month(year: Year, name: str) -> None:
    acts = year.rows[name].acts
    sent = next(act for act in acts if act.type is ActType.RECEIVED)
    favour = next(act for act in acts if act.kind is Kind.FAVOUR and act.day > sent.day)
    assert (favour.day - sent.day).days <= 35


@pytest.fixture(scope="module")
def giving() -> tuple[Year, Together]:
    script = Together()
    return run(people(), LAST, always, MADRID, script), script


def test_the_page_shows_the_year_of_one_who_gives(giving: tuple[Year, Together]) -> None:
    text = PAGE.read_text(encoding="utf-8").split(FROM)[1].split(TO)[0]
    told = [*calendar(giving[0]), *figures(giving[0]), *page(*giving)]
    assert [line for line in told if line not in text] == []


def test_it_holds_two_evenings_a_dinner_five_introductions_and_twelve_reconnections(
    giving: tuple[Year, Together],
) -> None:
    year, script = giving
    assert [one.kind for one in script.gatherings if one.own] == ["own", "double date", "own"]
    assert all(one.came for one in script.gatherings if one.own)
    assert sum(one.made for one in script.pairings) == 5
    done = [act for row in year.rows.values() for act in row.acts if act.type is ActType.DID]
    assert sum(act.kind is Kind.RECONNECT for act in done) == 12


def test_nobody_is_asked_by_proposal_about_two_introductions_in_a_quarter(giving: tuple[Year, Together]) -> None:
    begun = [(name, one.begun_on) for one in giving[1].pairings if not one.by_hand for name in one.pair]
    for name, day in begun:
        others = [other for who, other in begun if who == name and other > day]
        assert all((other - day).days >= MADRID.policy.introduce_again_days for other in others)


def test_whom_somebody_sent_is_written_to_within_days(giving: tuple[Year, Together]) -> None:
    year, script = giving
    for name in script.sent:
        row = year.rows[name]
        if row.tie.begun_on < date(2026, 12, 15):
            first = next(act for act in row.acts if act.type is ActType.DID)
            assert first.kind is Kind.FIRST
            assert (first.day - next_open(row.tie.begun_on, MADRID)).days <= 11


def test_everything_in_the_outcomes_is_in_one_row_and_one_only(giving: tuple[Year, Together]) -> None:
    year, script = giving
    sums = total(one.sums for one in worth(year, script))
    received = [act for row in year.rows.values() for act in row.acts if act.type is ActType.RECEIVED]
    assert sums.referrals == sum(act.gift is Gift.REFERRAL for act in received)
    assert sums.value_cents == sum(script.clients.values())


def test_who_is_away_two_weeks_of_three_meets_one_weeks_seats_and_no_backlog() -> None:
    away = run(carded(), date(2026, 6, 30), one_week_of_three, MADRID)
    assert all(len(done) <= 10 for done in away.done.values())
    assert not any(touch.day < away.today and touch.lane == "in motion" for touch in away.weeks[max(away.weeks)].chosen)


def test_a_fair_and_imports_stay_within_the_seats() -> None:
    crowd = run([*from_fair(), *imported(60)], date(2026, 5, 15), always, MADRID)
    for week, done in crowd.done.items():
        assert len(done) <= MADRID.policy.budget + crowd.raised[week] + sum(what == Kind.THANK for what, _ in done)
        assert sum(what == Kind.RECONNECT for what, _ in done) <= 2
    assert sum(crowd.sorted.values()) > 0
