from collections import Counter
from collections.abc import Iterator

import pytest

from bench.reading.score import agrees
from tests.extraction.contact_blocks import Block, blocks
from workers.extraction.fields.contact import points

FLOOR = {"emails": 0.99, "phones": 0.99, "urls": 0.98, "addresses": 0.98}
"""F1 over all blocks, a little under what was reached; raise it with every gain."""


@pytest.fixture(scope="module")
def tallies() -> dict[str, Counter[str]]:
    """Hits, inventions and misses of each field over all blocks."""
    tallies = {field: Counter[str]() for field in FLOOR}
    for block in blocks():
        found = _found(block)
        for field, tally in tallies.items():
            tally.update(_judged(block, field, found[field]))
    return tallies


def _found(block: Block) -> dict[str, list[object]]:
    got = points.propose(block.lines)
    phones: list[object] = [{"raw": each.value.raw, "e164": each.value.e164} for each in got.phones if each.score > 0]
    return {
        "emails": [each.value for each in got.emails if each.score > 0],
        "phones": phones,
        "urls": [each.value for each in got.urls if each.score > 0],
        "addresses": [each.value.printed for each in got.addresses if each.score > 0],
    }


def _judged(block: Block, field: str, found: list[object]) -> Iterator[str]:
    kind = "address" if field == "addresses" else field
    for truth in block.truth[field]:
        match = next((each for each in found if agrees(kind, truth, each)), None)
        if match is not None:
            found.remove(match)
        yield "missed" if match is None else "hit"
    yield from ["invented"] * len(found)


@pytest.mark.parametrize("field", FLOOR)
def test_what_the_world_prints_is_found_and_nothing_else(tallies: dict[str, Counter[str]], field: str) -> None:
    tally = tallies[field]
    assert 2 * tally["hit"] >= FLOOR[field] * (2 * tally["hit"] + tally["invented"] + tally["missed"]), tally


@pytest.mark.parametrize("block", [block for block in blocks() if block.country], ids=lambda block: block.name)
def test_the_country_of_a_card_is_seen(block: Block) -> None:
    assert points.propose(block.lines).place.country == block.country
