"""People, firms, titles, addresses and numbers on the specimens: cards as the world prints them, and what is no card."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.reading.score import agrees, same_number
from service.domain.reading.reading_json import Json, summary
from tests.extraction.specimens import WIDTH, Specimen, specimens
from workers.extraction.fields import understood
from workers.extraction.fields.surety.whether_card import is_card

NOT_YET = Path(__file__).parent / "specimens" / "not-yet.md"
"""What is not read right yet, a line each: the specimen and the field. A line that has come right is taken off."""


@pytest.fixture(scope="module")
def wrong() -> frozenset[str]:
    return frozenset(f"{each.name} {field}" for each in specimens() for field in _wrong(each))


def _wrong(each: Specimen) -> Iterator[str]:
    reading = understood(each.lines, width=WIDTH, height=each.height)
    if is_card(each.lines, width=WIDTH, height=each.height, reading=reading) != each.card:
        yield "card"
    if not each.card:
        return
    got = summary(reading)
    for field in ("name", "org", "title"):
        if _plain(got.get(field)) not in map(_plain, each.truth.get(field, ("",))):
            yield field
    told = each.truth.get("address", ())
    if told and not any(agrees("address", one, got.get("address", "")) for one in told):
        yield "address"
    if each.numbers and not _all_numbers(each.numbers, got.get("phones", [])):
        yield "phones"


def _plain(text: object) -> str:
    folded = unicodedata.normalize("NFC", str(text or "")).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _all_numbers(told: tuple[str, ...], got: list[Json]) -> bool:
    """Each number that is told was found, and no other."""
    left = list(got)
    for ways in told:
        truths = [{"e164": way} if way.startswith("+") else {"raw": way} for way in ways.split(" // ")]
        hit = next((one for one in left if any(same_number(truth, one) for truth in truths)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def test_no_specimen_is_lost(wrong: frozenset[str]) -> None:
    assert not wrong - _not_yet()


def test_what_has_come_right_is_taken_off_the_list(wrong: frozenset[str]) -> None:
    assert not _not_yet() - wrong


def test_nearly_all_is_right(wrong: frozenset[str]) -> None:
    fields = sum(3 + ("address" in each.truth) + bool(each.numbers) for each in specimens() if each.card)
    assert len(wrong) < 0.05 * fields


def _not_yet() -> frozenset[str]:
    rows = NOT_YET.read_text(encoding="utf-8").splitlines()
    return frozenset(row.removeprefix("- ") for row in rows if row.startswith("- "))
