"""A card alone on a plain desk is found by its rim; whatever else may be there, text is looked for."""

import numpy as np
import pytest

from tests.extraction import drawn
from workers.extraction.locate import locate
from workers.extraction.quads import Boxes, Quad, union_share

PLACES = [(150.0, 200.0), (850.0, 215.0), (845.0, 620.0), (145.0, 600.0)]


class Asked(Exception):
    """Text was looked for."""


def asked(pixels: drawn.Pixels, *, side_px: int) -> Boxes:
    del pixels
    raise Asked(side_px)


def desk_with(card: drawn.Pixels) -> drawn.Pixels:
    return drawn.laid(drawn.table(1000, 750), card, PLACES)


def found_blind(frame: drawn.Pixels) -> list[Quad]:
    return locate(frame, asked)


def test_a_card_alone_on_a_desk_is_found_by_its_rim() -> None:
    (quad,) = found_blind(desk_with(drawn.card()))
    assert union_share(quad, np.array(PLACES, np.float32)) > 0.95


def test_print_beside_the_card_is_looked_at() -> None:
    frame = desk_with(drawn.card())
    beside = drawn.card(("Taller Arriaga", "+34 945 123 456"), size=(900, 260), paper="#3c5a46", ink="#f8f8f8")
    frame = drawn.laid(frame, beside, [(150, 20), (850, 20), (850, 180), (150, 180)])
    with pytest.raises(Asked):
        found_blind(frame)


def test_two_cards_within_one_shape_are_looked_at() -> None:
    tray = np.full((700, 1000, 3), 235, np.uint8)
    card = drawn.card(paper="#6a3020", ink="#ffffff")
    for left in (40, 520):
        tray = drawn.laid(tray, card, [(left, 200), (left + 440, 200), (left + 440, 470), (left, 470)])
    with pytest.raises(Asked):
        found_blind(desk_with(tray))


def test_a_faint_rim_is_looked_at() -> None:
    ground = np.full((750, 1000, 3), 250, np.uint8)
    with pytest.raises(Asked):
        found_blind(drawn.laid(ground, drawn.card(paper="#f4f4f4"), PLACES))
