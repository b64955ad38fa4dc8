"""The scripted year of docs/a-year.md, held to what a person would call sensible."""

from collections import Counter
from datetime import date

import pytest

from bench.ties.clock import MADRID, Year, run
from bench.ties.people import NEVER_ANSWERS, NEVER_GIVES, carded, from_fair, imported
from bench.ties.year import FROM, LAST, PAGE, TO, always, calendar, figures, life, one_week_of_three
from service.domain.ties.act import ActType
from service.domain.ties.days import is_open, monday
from service.domain.ties.touch import FIRST_WORDS, Kind


@pytest.fixture(scope="module")
def year() -> Year:
    return run(carded(), LAST, always, MADRID)


def test_the_page_shows_the_year_as_it_is(year: Year) -> None:
    page = PAGE.read_text(encoding="utf-8").split(FROM)[1].split(TO)[0]
    told = [*calendar(year), *figures(year), *life(year, NEVER_ANSWERS), *life(year, NEVER_GIVES)]
    assert [line for line in told if line not in page] == []


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
