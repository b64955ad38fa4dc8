"""A reading is kept whole as JSON, and shown in a short flat shape."""

import json

from service.domain.reading.card import (
    Address,
    Box,
    Doubt,
    Evidence,
    Found,
    Line,
    PersonName,
    Phone,
    PhoneType,
    Profile,
    Reading,
    Side,
)
from service.domain.reading.reading_json import from_json, summary, to_json

SEEN = Evidence(("rapidocr", "tesseract"), 0.93, Box(1, 2, 30, 4), Side.BACK, 1.5, ("tld",), ("readers",))
FULL = Reading(
    name=Found(PersonName("Nuria Vega", "Nuria", "Vega"), SEEN),
    org=Found("Vega S.L.", SEEN, Doubt.CLOSE_CALL, other="Vega S.I."),
    title=Found("CEO", SEEN),
    emails=(Found("a@b.es", SEEN), Found("c@d.es", SEEN, Doubt.READERS_DIFFER, other="c@cl.es")),
    phones=(Found(Phone("1 2", "+3412", PhoneType.MOBILE, "7"), SEEN),),
    profiles=(Found(Profile("linkedin", "n", "https://x"), SEEN),),
    addresses=(Found(Address("a", "b"), SEEN), Found(Address("c"), SEEN)),
    lang="es",
    country="ES",
    unclaimed=(Line("Since 1980", Box(0, 0, 5, 5), 0.5, 0.1, "Since 1988", vertical=True, side=Side.BACK),),
    other_langs=("en", "ja"),
)


def test_what_was_read_survives_being_kept() -> None:
    assert from_json(json.loads(json.dumps(to_json(FULL)))) == FULL


def test_an_empty_reading_survives_too() -> None:
    assert from_json(json.loads(json.dumps(to_json(Reading())))) == Reading()


def test_a_reading_kept_before_cards_had_two_sides_is_read_as_a_front() -> None:
    old = to_json(FULL)
    del old["other_langs"], old["unclaimed"][0]["side"]
    read = from_json(json.loads(json.dumps(old)))
    assert (read.other_langs, read.unclaimed[0].side, read.phones) == ((), Side.FRONT, FULL.phones)


def test_the_summary_is_flat_and_leaves_out_what_the_card_does_not_say() -> None:
    flat = summary(FULL)
    assert flat["name"] == "Nuria Vega"
    assert flat["phones"] == [{"raw": "1 2", "e164": "+3412", "type": "mobile", "extension": "7"}]
    assert (flat["address"], flat["other_addresses"]) == ("a", ["c"])
    assert flat["doubts"] == {"org": "close_call", "emails.1": "readers_differ"}
    assert "department" not in flat
    assert summary(Reading()) == {}
