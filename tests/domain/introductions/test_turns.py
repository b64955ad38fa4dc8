"""Whose turn it is to be introduced: nobody by proposal twice in a quarter, and the next best in their place."""

from datetime import date, timedelta

from service.domain.introductions.proposal import How, Line, Proposal
from service.domain.introductions.turns import first_in_turn

TODAY = date(2026, 6, 1)


def pair(needs: str, helps: str) -> Proposal:
    return Proposal(needs, helps, Line(f"{needs} needs", needs, "a photographer", TODAY), None, How.SAME, 60)


def test_who_was_in_one_lately_stands_back_and_the_next_best_comes() -> None:
    found = [pair("julia", "iker"), pair("pablo", "eva"), pair("noa", "rosa")]
    lately = [("eva", "julia", TODAY - timedelta(days=20))]
    assert first_in_turn(found, lately, today=TODAY, again_days=90) == found[2]


def test_after_the_quarter_it_is_their_turn_again_and_without_anybody_it_is_nobodys() -> None:
    found = [pair("julia", "iker")]
    for days, best in ((89, None), (90, found[0])):
        lately = [("eva", "julia", TODAY - timedelta(days=days))]
        assert first_in_turn(found, lately, today=TODAY, again_days=90) == best
    assert first_in_turn([], [], today=TODAY, again_days=90) is None
