"""What a person corrects is laid over what was read; nonsense is refused with the field's name."""

from typing import Any

import pytest

from service.domain.errors import BadValue
from service.domain.reading.card import Address, Evidence, Found, PersonName, Phone, PhoneType, Reading
from service.domain.reading.correction import MAX_TEXT, corrected

SEEN = Evidence(engines=("rapidocr",), confidence=0.9)
READING = Reading(
    name=Found(PersonName("Nuria Vega Soto", "Nuria", "Vega Soto", prefix="Dra."), SEEN),
    org=Found("Filtros Vega", SEEN),
    phones=(Found(Phone("944 23 18 07", "+34944231807", PhoneType.WORK), SEEN),),
    emails=(Found("nuria@vega.es", SEEN),),
    lang="es",
    country="ES",
)


def test_without_changes_it_says_what_was_read() -> None:
    fields = corrected(READING, {})
    assert (fields.org, fields.emails, fields.country) == ("Filtros Vega", ("nuria@vega.es",), "ES")


def test_a_typed_name_is_split_by_the_language_of_the_card_and_keeps_the_honorific() -> None:
    name = corrected(READING, {"name": "Nuria  Vela Soto"}).name
    assert name == PersonName("Nuria Vela Soto", "Nuria", "Vela Soto", prefix="Dra.")


def test_given_and_family_may_be_set_apart() -> None:
    name = corrected(READING, {"given": "Nuria Vega", "family": "Soto"}).name
    assert name is not None
    assert (name.printed, name.given, name.family) == ("Nuria Vega Soto", "Nuria Vega", "Soto")


def test_an_emptied_name_makes_it_a_company() -> None:
    assert corrected(READING, {"name": ""}).name is None


def test_a_typed_number_becomes_e164_by_the_country_of_the_card() -> None:
    phones = corrected(READING, {"phones": ["655 41 20 93", {"raw": "12", "type": "fax"}]}).phones
    assert phones == (
        Phone("655 41 20 93", "+34655412093", PhoneType.UNKNOWN),
        Phone("12", "", PhoneType.FAX),
    )


def test_a_number_left_as_it_was_keeps_what_was_known_of_it() -> None:
    phones = corrected(READING, {"phones": [{"raw": "944 23 18 07", "type": "fax"}]}).phones
    assert phones == (Phone("944 23 18 07", "+34944231807", PhoneType.FAX),)


def test_an_address_in_parts_is_shown_on_one_line() -> None:
    parts = {"street": "Gran Vía 3", "postcode": "48001", "city": "Bilbao"}
    assert corrected(READING, {"addresses": [parts]}).addresses == (
        Address("Gran Vía 3, 48001 Bilbao", "Gran Vía 3", "", "48001", "Bilbao"),
    )


def test_an_address_left_as_printed_keeps_its_parts() -> None:
    office = Address("Gran Vía 3, 48001 Bilbao", "Gran Vía 3", "", "48001", "Bilbao")
    reading = Reading(addresses=(Found(office, SEEN),))
    changed = corrected(reading, {"addresses": ["Gran Vía 3, 48001 Bilbao", "Calle Nueva 1"]}).addresses
    assert changed == (office, Address("Calle Nueva 1"))


def test_empty_values_and_control_characters_are_dropped() -> None:
    fields = corrected(READING, {"emails": ["", " a@b.es\x00 "], "org": "Fil\x07tros\n\tVega"})
    assert fields.emails == ("a@b.es",)
    assert fields.org == "Filtros Vega"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nmae": "x"}, "unknown_field"),
        ({"org": 3}, "not_text"),
        ({"org": "x" * (MAX_TEXT + 1)}, "too_long"),
        ({"emails": "a@b.es"}, "not_a_list"),
        ({"emails": ["a"] * 31}, "too_many"),
        ({"phones": [{"raw": "1", "type": "pigeon"}]}, "unknown_type"),
        ({"phones": [["1"]]}, "not_text"),
        ({"addresses": [{"planet": "Mars"}]}, "unknown_field"),
        ([], "not_an_object"),
    ],
)
def test_nonsense_is_refused_with_its_code(changes: Any, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        corrected(READING, changes)
    assert caught.value.code == code
