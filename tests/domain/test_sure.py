from dataclasses import replace

import pytest

from service.domain.reading.card import Doubt, Evidence, Found, PersonName, Phone, Reading
from service.domain.reading.sure import in_doubt, is_sure

SEEN = Evidence(("rapidocr", "tesseract"), 0.9)
SURE = Reading(
    name=Found(PersonName("Ana Muñoz"), SEEN),
    emails=(Found("ana@arce.example", SEEN),),
    phones=(Found(Phone("600 123 123"), SEEN), Found(Phone("600 123 124"), SEEN)),
)
DOUBTED = replace(SURE, phones=(SURE.phones[0], replace(SURE.phones[1], doubt=Doubt.READERS_DIFFER)))


def test_a_card_that_nobody_doubts_is_sure() -> None:
    assert is_sure(SURE, {})


@pytest.mark.parametrize(
    "reading", [Reading(), replace(SURE, name=None), replace(SURE, emails=(), phones=())], ids=["empty", "whose", "how"]
)
def test_who_cannot_be_named_or_reached_is_to_be_looked_at(reading: Reading) -> None:
    assert not is_sure(reading, {})


def test_a_company_without_a_person_may_be_sure() -> None:
    assert is_sure(replace(SURE, name=None, org=Found("Taller Arce", SEEN)), {})


def test_one_doubt_is_enough_until_a_person_answers_it() -> None:
    assert in_doubt(DOUBTED, {}) == ["phones"]
    assert not is_sure(DOUBTED, {})
    assert not is_sure(DOUBTED, {"title": "Directora"})
    assert is_sure(DOUBTED, {"phones": ["600 123 123"]})


def test_a_doubted_name_is_answered_by_any_of_its_parts() -> None:
    doubted = replace(SURE, name=Found(PersonName("Ana Muñoz"), SEEN, Doubt.WEAK_LETTERS))
    assert not is_sure(doubted, {})
    assert is_sure(doubted, {"given": "Ana"})


def test_what_was_taken_away_by_hand_reaches_nobody() -> None:
    assert not is_sure(SURE, {"emails": [], "phones": []})
