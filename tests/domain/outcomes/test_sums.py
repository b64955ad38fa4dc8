"""Laws of what is counted: sums agree, nothing is counted twice, chains end, and small numbers say so."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.domain.outcomes.chain import chain, root
from service.domain.outcomes.worth import Caution, KindWorth, Sums, Worth, by_kind, caution, cost_each, rank, total

NAMES = st.sampled_from("abcdefgh")
COUNTS = st.integers(0, 50)
KINDS = st.sampled_from(["", "training", "trade fair", "chamber", "own"])


@st.composite
def sums(draw: st.DrawFn) -> Sums:
    cards = draw(COUNTS)
    persons = draw(st.integers(0, cards))
    return Sums(cards, persons, draw(st.integers(0, persons)), draw(COUNTS), draw(COUNTS), draw(st.integers(0, 10**6)))


@st.composite
def events(draw: st.DrawFn) -> list[Worth]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        hours, cost = draw(st.none() | st.integers(0, 12)), draw(st.none() | st.integers(0, 10**5))
        spent = Sums(hours=hours or 0, cost_cents=cost or 0)
        kind, day = draw(KINDS), date(2030, 1, 1 + number)
        found.append(Worth(f"g{number}", f"E{number}", kind, day, draw(sums()) + spent, hours, cost))
    return [*found, Worth("", "", "", None, draw(sums()))]


@given(events())
def test_kinds_and_what_began_elsewhere_add_up_to_all(rows: list[Worth]) -> None:
    kinds = by_kind(rows)
    assert total([*(one.sums for one in kinds), rows[-1].sums]) == total(row.sums for row in rows)
    assert sum(one.events for one in kinds) == len(rows) - 1


@given(events(), st.randoms())
def test_the_order_of_the_events_changes_nothing(rows: list[Worth], by_chance: st.DataObject) -> None:
    mixed = list(rows)
    by_chance.shuffle(mixed)  # type: ignore[attr-defined] # it is a Random
    assert by_kind(mixed) == by_kind(rows)


@given(events())
def test_those_with_most_clients_come_first(rows: list[Worth]) -> None:
    ranked = [rank(one.sums) for one in by_kind(rows)]
    assert ranked == sorted(ranked, reverse=True)


@given(st.dictionaries(NAMES, NAMES), NAMES)
def test_a_chain_ends_and_names_nobody_twice(sent_by: dict[str, str], start: str) -> None:
    found = chain(start, sent_by)
    assert found[0] == start
    assert len(set(found)) == len(found)
    assert all(sent_by[one] == before for one, before in pairwise(found))
    assert root(start, sent_by) == found[-1]


@given(st.dictionaries(NAMES, NAMES), st.lists(NAMES))
def test_each_is_put_down_to_one_beginning_alone(sent_by: dict[str, str], clients: list[str]) -> None:
    by_root: dict[str, int] = {}
    for client in clients:
        by_root[root(client, sent_by)] = by_root.get(root(client, sent_by), 0) + 1
    assert sum(by_root.values()) == len(clients)


def test_one_event_says_little_and_few_say_not_much_more() -> None:
    some = Sums(cards=30, persons=9)
    assert caution(Sums()) is Caution.NOTHING
    assert caution(some, 1) is Caution.ONE_EVENT
    assert caution(some, 2) is Caution.FEW
    assert caution(Sums(cards=10), 5) is Caution.FEW
    assert caution(some, 3) is Caution.SOME


def test_a_cost_nobody_told_is_shared_by_nobody() -> None:
    assert cost_each(None, 3) is None
    assert cost_each(900, 0) is None
    assert cost_each(900, 2) == 450
    one = Worth("g", "E", "own", date(2030, 1, 1), Sums(cards=1, cost_cents=900), None, 900)
    other = Worth("h", "F", "own", date(2030, 1, 2), Sums(cards=2), 3.0, None)
    assert by_kind([one, other]) == (KindWorth("own", 2, Sums(cards=3, cost_cents=900), 1, 1),)
