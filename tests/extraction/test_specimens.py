"""People, firms and titles on the specimens: cards as the world prints them, and print that is no card."""

import re
import unicodedata
from functools import cache

from service.domain.reading_json import summary
from tests.extraction.specimens import WIDTH, Specimen, specimens
from workers.extraction.fields import understand
from workers.extraction.fields.whether_card import is_card

NAMES, ORGS, TITLES, CARDS, NO_CARDS = 0.95, 0.91, 0.9, 0.99, 0.9
"""Shares that hold now, less a little: a fall below them is a loss somewhere."""


@cache
def _read() -> list[tuple[Specimen, dict[str, object], bool]]:
    found = []
    for each in specimens():
        reading = understand(each.lines, width=WIDTH, height=each.height)
        seen = is_card(each.lines, width=WIDTH, height=each.height, reading=reading)
        found.append((each, summary(reading), seen))
    return found


def _plain(text: object) -> str:
    folded = unicodedata.normalize("NFC", str(text or "")).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _share(field: str) -> float:
    """The share of cards on which a field holds one of the true values, or nothing where nothing is printed."""
    cards = [(each.truth.get(field, ("",)), got.get(field)) for each, got, _ in _read() if each.card]
    return sum(_plain(got) in map(_plain, truths) for truths, got in cards) / len(cards)


def test_people_are_named_as_printed() -> None:
    assert _share("name") >= NAMES


def test_companies_are_told_from_slogans_services_and_people() -> None:
    assert _share("org") >= ORGS


def test_titles_are_told_from_degrees_and_services() -> None:
    assert _share("title") >= TITLES


def test_cards_are_seen_as_cards() -> None:
    seen = [seen for each, _, seen in _read() if each.card]
    assert sum(seen) / len(seen) >= CARDS


def test_print_that_is_no_card_is_refused() -> None:
    refused = [not seen for each, _, seen in _read() if not each.card]
    assert sum(refused) / len(refused) >= NO_CARDS
