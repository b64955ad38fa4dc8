"""The sample cards as they are really read: of all of them, the two sides of one card are proposed and no others."""

from itertools import combinations
from pathlib import Path

import pytest

from service.domain.reading.sides import Shared, is_back_of, joined, may_be_sides
from workers.extraction import load, read

pytestmark = pytest.mark.ocr

CARDS = Path(__file__).parents[2] / "fixtures" / "cards"
SOME = ("back", "front", "no-person", "two-phones", "fax")


def test_only_the_sides_of_one_card_are_proposed_among_many() -> None:
    load("rapidocr")
    found = {name: read((CARDS / f"{name}.jpg").read_bytes(), reader="rapidocr")[0].reading for name in SOME}
    proposed = {pair: may_be_sides(found[pair[0]], found[pair[1]]) for pair in combinations(SOME, 2)}
    assert {pair: shared for pair, shared in proposed.items() if shared} == {("back", "front"): Shared.COMPANY}
    assert is_back_of(found["back"], found["front"])
    card = joined(found["front"], found["back"])
    assert (card.name and card.name.value.printed, card.org and card.org.value) == (
        "Saoirse Kilbracken",
        "Heron Marsh Trust",
    )
