"""Of rims around the same text, the card's own is chosen, and a shape around several cards is none."""

import numpy as np

from workers.extraction.quads import Quad
from workers.extraction.rivals import Candidate, best_rims


def upright(left: float, top: float, wide: float, high: float) -> Quad:
    corners = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    return np.array(corners, np.float32)


def rim(place: Quad, *texts: int, clear: float = 1.0) -> Candidate:
    return Candidate(place, frozenset(texts), 0, clear)


def test_a_faint_shape_around_a_table_gives_way_though_another_joins_two_of_its_cards() -> None:
    cards = [rim(upright(50 + 200 * n, 100, 160, 100), 3 * n, 3 * n + 1, 3 * n + 2) for n in range(4)]
    two_at_once = rim(upright(50, 90, 360, 200), 0, 1, 2, 3, 4, 5, clear=0.0)
    desk = rim(upright(10, 20, 860, 660), *range(12), clear=0.1)
    assert {id(one) for one in best_rims([desk, two_at_once, *cards])} == {id(card) for card in cards}


def test_a_long_shape_around_two_cards_gives_way_though_one_of_them_shows_a_single_line() -> None:
    left, right = rim(upright(50, 100, 160, 100), 0), rim(upright(260, 80, 100, 150), 1, 2)
    joined = rim(upright(45, 75, 640, 160), 0, 1, 2)
    assert {id(one) for one in best_rims([joined, left, right])} == {id(left), id(right)}


def test_a_strip_with_a_panel_of_one_line_is_one_card() -> None:
    card = rim(upright(50, 100, 500, 200), 0, 1, 2, 3)
    panel = rim(upright(60, 110, 150, 100), 0, clear=0.2)
    assert best_rims([card, panel]) == [card]


def test_a_shape_on_the_desk_that_shares_a_corner_and_its_only_line_with_a_card_is_none() -> None:
    card = rim(upright(50, 100, 160, 100), 0)
    desk = rim(upright(0, 170, 70, 45), 0, clear=0.1)
    assert best_rims([desk, card]) == [card]


def test_a_faint_shape_over_a_table_gives_way_though_it_cuts_a_line_of_one_of_its_cards() -> None:
    cards = [rim(upright(50 + 200 * n, 100, 160, 100), *range(4 * n, 4 * n + 4)) for n in range(3)]
    hull = Candidate(upright(40, 90, 570, 100), frozenset(range(11)), 1, 0.1)
    assert {id(one) for one in best_rims([hull, *cards])} == {id(card) for card in cards}


def test_a_shape_around_cards_of_one_line_gives_way_to_them_where_others_of_their_size_lie_beside_it() -> None:
    around = rim(upright(40, 90, 380, 250), 0, 1, 2, 3, 4, 5)
    within = [rim(upright(50 + 200 * n, 100, 160, 100), n) for n in range(2)]
    beside = [rim(upright(450, 100 + 120 * n, 160, 100), 6 + 2 * n, 7 + 2 * n) for n in range(2)]
    assert {id(one) for one in best_rims([around, *within, *beside])} == {id(one) for one in [*within, *beside]}


def test_two_panels_that_fill_a_card_of_the_size_of_those_beside_it_do_not_part_it() -> None:
    card = rim(upright(40, 90, 260, 150), 0, 1, 2, 3, 4)
    panels = [rim(upright(42, 92, 105, 146), 0, 1), rim(upright(150, 92, 148, 100), 2, 3, 4)]
    beside = [rim(upright(360, 90 + 180 * n, 255, 150), 5 + 2 * n, 6 + 2 * n) for n in range(2)]
    assert {id(one) for one in best_rims([card, *panels, *beside])} == {id(one) for one in [card, *beside]}


def test_panels_of_one_card_do_not_part_it_though_it_lies_alone() -> None:
    card = rim(upright(40, 90, 380, 250), 0, 1, 2, 3, 4, 5)
    panels = [rim(upright(50 + 180 * n, 100, 160, 100), n) for n in range(2)]
    assert best_rims([card, *panels]) == [card]


def test_a_plank_that_cuts_through_the_cards_of_a_row_is_none() -> None:
    above = [rim(upright(50 + 220 * n, 40, 160, 100), 2 * n, 2 * n + 1) for n in range(2)]
    below = [rim(upright(50 + 220 * n, 200, 160, 100), *range(10 + 9 * n, 19 + 9 * n)) for n in range(2)]
    plank = rim(upright(20, 20, 420, 230), *range(4), *range(10, 15), *range(19, 24), clear=0.0)
    assert {id(one) for one in best_rims([plank, *above, *below])} == {id(one) for one in [*above, *below]}
