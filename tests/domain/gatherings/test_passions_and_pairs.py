"""What several people share, what one does about it, and which two one brings together."""

from hypothesis import given
from hypothesis import strategies as st

from service.domain.gatherings.pairs import Match, pairs
from service.domain.gatherings.passions import Loved, activity, shared
from service.domain.introductions.words import terms

WINE = [
    Loved("a", "el vino de Gredos"),
    Loved("b", "Las catas de vino"),
    Loved("c", "los vinos"),
    Loved("d", "el pádel"),
]
lines = st.lists(
    st.builds(Loved, st.sampled_from("abcdef"), st.sampled_from(["el vino", "wine and padel", "pádel", "ópera", "x"])),
    max_size=20,
)


def test_what_several_love_is_found_however_it_was_written() -> None:
    [wine] = shared(WINE)
    assert (wine.ties, wine.text) == (("a", "b", "c"), "los vinos")
    assert activity(wine.term, "es") == "Cata de vinos"
    assert activity(wine.term, "en") == "Wine tasting"


def test_what_one_alone_loves_brings_nobody_together() -> None:
    assert shared([Loved("a", "el vino"), Loved("a", "vinos"), Loved("b", "el pádel")]) == ()


def test_every_activity_is_found_by_its_words_in_both_languages() -> None:
    for word in ("vinos", "wine", "padel", "musicales", "hiking", "póker", "mus", "senderismo", "chess"):
        [term, *_] = terms(word)
        assert activity(term, "es"), word
        assert activity(term, "en"), word


@given(lines)
def test_the_order_of_the_lines_changes_nothing(noted: list[Loved]) -> None:
    assert {(one.term, one.ties) for one in shared(noted)} == {(one.term, one.ties) for one in shared(noted[::-1])}


@given(lines, st.sets(st.frozensets(st.sampled_from("abcdef"), min_size=2, max_size=2)))
def test_two_who_know_each_other_are_never_proposed_nor_anybody_with_themselves(
    noted: list[Loved], known: set[frozenset[str]]
) -> None:
    for pair in pairs(noted, known=known):
        assert pair.one < pair.other
        assert frozenset((pair.one, pair.other)) not in known
        assert pair.loves or pair.match


def test_colleagues_know_each_other() -> None:
    assert pairs(WINE[:2], companies={"a": "faro", "b": "faro"}) == ()
    assert len(pairs(WINE[:2], companies={"a": "faro", "b": ""})) == 1


def test_a_need_that_meets_an_offer_weighs_more_than_a_passion() -> None:
    found = pairs(WINE, matches=[Match("d", "a", "filters", "filters from Sabadell")])
    assert (found[0].one, found[0].other) == ("a", "d")
    assert found[0].match is not None


def test_nobody_stands_on_the_list_more_than_twice() -> None:
    crowd = [Loved(f"p{n}", "el vino") for n in range(9)]
    names = [name for pair in pairs(crowd) for name in (pair.one, pair.other)]
    assert max(names.count(name) for name in names) == 2
