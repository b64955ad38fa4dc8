"""Cards over HTTP: with evidence and doubt, corrected, confirmed once, discarded."""

from typing import Any

import pytest

from service.domain.reading.correction import KEYS
from service.web.api.shapes.card import CardChanges, Corrections
from service.web.parts import Parts
from tests.api.asking import Person, picture


def test_a_card_shows_each_field_with_value_evidence_and_doubt(ana: Person, card_id: str, photo_id: str) -> None:
    card = ana.ask("GET", f"/cards/{card_id}").json
    assert (card["state"], card["photo"], card["position"], card["contact"]) == ("to review", photo_id, 0, None)
    name = card["reading"]["name"]
    assert (name["value"]["given"], name["doubt"], name["evidence"]["confidence"]) == ("Lucía", None, 0.98)
    assert name["evidence"]["box"] == {"left": 20, "top": 30, "width": 200, "height": 24}
    assert card["reading"]["phones"][0]["doubt"] == "number_short"
    assert card["fields"]["emails"] == ["lucia@faronorte.example"]
    assert card["corners"][2] == [320, 200]


def test_the_image_of_a_card_is_its_squared_picture(ana: Person, card_id: str) -> None:
    answer = ana.ask("GET", f"/cards/{card_id}/image")
    assert (answer.data, answer.mimetype) == (picture(90), "image/jpeg")


def test_cards_are_listed_by_state(ana: Person, card_id: str) -> None:
    listed = ana.ask("GET", "/cards", query_string={"state": "to review"}).json
    assert [card["id"] for card in listed["cards"]] == [card_id]
    assert listed["cards"][0]["fields"]["org"] == "Faro Norte"
    assert listed["next"] is None
    assert ana.ask("GET", "/cards", query_string={"state": "confirmed"}).json["cards"] == []


def test_corrections_lie_beside_what_was_read(ana: Person, card_id: str) -> None:
    answer = ana.ask("PATCH", f"/cards/{card_id}", json={"name": "Lucía Ferrer Sotelo"})
    assert answer.status_code == 200
    card = ana.ask("PATCH", f"/cards/{card_id}", json={"phones": ["+34 910 001 122"], "note": "Llamar\nen mayo"}).json
    assert card["reading"]["name"]["value"]["printed"] == "Lucía Ferrer Soto"
    assert card["fields"]["name"]["family"] == "Ferrer Sotelo"
    assert card["fields"]["phones"][0]["e164"] == "+34910001122"
    assert card["changes"] == {
        "name": "Lucía Ferrer Sotelo",
        "phones": ["+34 910 001 122"],
        "note": "Llamar\nen mayo",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"surprise": "x"},
        {"name": 5},
        {"name": ["Ana"]},
        {"emails": "ana@example.com"},
        {"emails": [5]},
        {"emails": ["x"] * 31},
        {"phones": [{"raw": "1", "type": "carrier pigeon"}]},
        {"phones": [{"number": "1"}]},
        {"addresses": [{"planet": "Mars"}]},
        {"org": "x" * 501},
        {"note": "x" * 5_001},
        {"title": "a\0b"},
        {"title": "\ud800"},
        {"\ud800": "x"},
        [],
        "text",
        5,
    ],
)
def test_corrections_that_are_none_are_refused(ana: Person, card_id: str, changes: Any) -> None:
    answer = ana.ask("PATCH", f"/cards/{card_id}", json=changes)
    assert answer.status_code == 422
    assert answer.json["detail"]
    assert ana.ask("GET", f"/cards/{card_id}").json["changes"] == {}


@pytest.mark.parametrize("body", [b"", b"{", b'{"org": }', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000])
def test_a_body_that_is_no_json_is_refused(ana: Person, card_id: str, body: bytes) -> None:
    answer = ana.ask("PATCH", f"/cards/{card_id}", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")


def test_null_is_no_change(ana: Person, card_id: str) -> None:
    assert ana.ask("PATCH", f"/cards/{card_id}", data=b"null", content_type="application/json").status_code == 422


def test_a_body_of_another_kind_is_refused(ana: Person, card_id: str) -> None:
    assert ana.ask("PATCH", f"/cards/{card_id}", data=b'{"org": "x"}', content_type="text/plain").status_code == 415
    assert ana.ask("PATCH", f"/cards/{card_id}", data={"org": "x"}).status_code == 415


def test_a_confirmed_card_is_a_contact_once(ana: Person, card_id: str) -> None:
    ana.ask("PATCH", f"/cards/{card_id}", json={"org": "Faro Norte, S.L."})
    first = ana.ask("POST", f"/cards/{card_id}/confirm")
    assert first.status_code == 200
    assert (first.json["name"], first.json["org"]) == ("Lucía Ferrer Soto", "Faro Norte, S.L.")
    again = ana.ask("POST", f"/cards/{card_id}/confirm")
    assert again.json["id"] == first.json["id"]
    card = ana.ask("GET", f"/cards/{card_id}").json
    assert (card["state"], card["contact"]) == ("confirmed", first.json["id"])
    assert len(ana.ask("GET", "/contacts").json["contacts"]) == 1


def test_a_confirmed_card_is_neither_corrected_nor_discarded(ana: Person, card_id: str, contact_id: str) -> None:
    assert ana.ask("PATCH", f"/cards/{card_id}", json={"org": "x"}).status_code == 409
    assert ana.ask("DELETE", f"/cards/{card_id}").status_code == 409


def test_a_discarded_card_is_out_of_the_way(ana: Person, card_id: str) -> None:
    assert ana.ask("DELETE", f"/cards/{card_id}").status_code == 204
    assert ana.ask("GET", f"/cards/{card_id}").json["state"] == "discarded"
    assert ana.ask("GET", "/cards", query_string={"state": "to review"}).json["cards"] == []


def test_a_discarded_card_may_be_corrected_and_confirmed_after_all(ana: Person, card_id: str) -> None:
    ana.ask("DELETE", f"/cards/{card_id}")
    assert ana.ask("PATCH", f"/cards/{card_id}", json={"org": "Norte"}).status_code == 200
    assert ana.ask("POST", f"/cards/{card_id}/confirm").json["org"] == "Norte"


def test_the_api_takes_every_field_that_can_be_corrected() -> None:
    assert set(Corrections.model_fields) == KEYS
    assert set(CardChanges.model_fields) == {*KEYS, "side_of", "not_side_of"}


def test_nothing_a_card_says_reaches_the_page_as_markup(ana: Person, card_id: str, found: Parts) -> None:
    card = ana.ask("PATCH", f"/cards/{card_id}", json={"name": "<script>alert(1)</script>"})
    assert card.mimetype == "application/json"
    assert "default-src 'none'" in card.headers["Content-Security-Policy"]
