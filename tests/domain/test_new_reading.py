from dataclasses import replace

from service.domain.reading.card import Evidence, Found, PersonName, Phone, Reading
from service.domain.reading.new_reading import carried

SEEN = Evidence(("rapidocr",), 0.9)
BEFORE = Reading(name=Found(PersonName("Ana Muñoz"), SEEN), emails=(Found("ana@arce.example", SEEN),))
AFTER = replace(BEFORE, emails=(*BEFORE.emails, Found("taller@arce.example", SEEN)))


def test_single_values_that_were_corrected_stand() -> None:
    changes = {"org": "Taller Arce", "note": "café", "given": "Ana"}
    assert carried(BEFORE, changes, AFTER) == changes


def test_what_was_added_to_a_list_is_added_to_the_new_one() -> None:
    changes = {"emails": ["ana@arce.example", "otra@arce.example"]}
    wanted = ["ana@arce.example", "taller@arce.example", "otra@arce.example"]
    assert carried(BEFORE, changes, AFTER) == {"emails": wanted}


def test_what_was_added_by_hand_and_is_read_now_stands_once_and_is_read() -> None:
    assert carried(BEFORE, {"emails": ["ana@arce.example", "TALLER@arce.example"]}, AFTER) == {}


def test_an_added_number_keeps_its_kind() -> None:
    (number,) = carried(BEFORE, {"phones": [{"raw": "600 123 123", "type": "mobile"}]}, AFTER)["phones"]
    assert (number["raw"], number["type"]) == ("600 123 123", "mobile")


def test_a_number_read_in_another_way_is_the_same_number() -> None:
    after = replace(AFTER, phones=(Found(Phone("+34 600 12 31 23", "+34600123123"), SEEN),))
    assert "phones" not in carried(BEFORE, {"phones": ["+34600123123"]}, after)
