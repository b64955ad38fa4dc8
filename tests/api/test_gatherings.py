"""Where contacts were met, over HTTP; which contacts are asked for; and the small pictures of their cards."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from service.storage.following import policies
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.web.parts import Parts
from tests.api.asking import Person
from tests.api.test_contacts import add


def test_a_gathering_says_who_was_met_there(ana: Person, found: Parts, contact_id: str, bruno: Person) -> None:
    with found.db.transaction() as tx:
        fair = gatherings.meet(tx, owner=ana.account.id, name="Feria de Bilbao", day=date(2026, 11, 21))
        vcard = contacts.get(tx, owner=ana.account.id, id=contact_id).vcard
        contacts.write(tx, owner=ana.account.id, vcard=vcard, id=contact_id, gathering_id=fair)
    [met] = ana.ask("GET", "/gatherings").json["gatherings"]
    assert (met["name"], met["contacts"]) == ("Feria de Bilbao", 1)
    there = ana.ask("GET", met["contacts_url"].removeprefix("/api/v1")).json
    assert [contact["id"] for contact in there["contacts"]] == [contact_id]
    assert there["contacts"][0]["gathering_id"] == met["id"]
    assert bruno.ask("GET", "/gatherings").json == {"gatherings": []}


def test_contacts_are_asked_for_by_how_they_stand(ana: Person, found: Parts, contact_id: str) -> None:
    add(found, ana, 3)
    for query, count in (
        ("undecided=true", 3),
        ("circle=active", 1),
        ("circle=inner", 0),
        ("stage=card", 1),
        ("stage=advocate", 0),
        ("stage=card&q=rita", 0),
        ("added_since=2020-01-01", 4),
        ("added_since=2999-01-01", 0),
    ):
        assert len(ana.ask("GET", f"/contacts?{query}").json["contacts"]) == count, query


@pytest.mark.parametrize("query", ["circle=moon", "stage=x", "gathering=x", "added_since=soon", "undecided=perhaps"])
def test_what_cannot_be_asked_is_refused(ana: Person, query: str) -> None:
    assert ana.ask("GET", f"/contacts?{query}").status_code == 422


def test_a_small_picture_is_small_and_asked_for_once(ana: Person, bruno: Person, card_id: str) -> None:
    answer = ana.ask("GET", f"/cards/{card_id}/thumbnail")
    with Image.open(BytesIO(answer.data)) as picture:
        assert max(picture.size) <= 176
    assert answer.cache_control.no_cache
    again = ana.ask("GET", f"/cards/{card_id}/thumbnail", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    kept = ana.ask("GET", f"/cards/{card_id}/image").headers["ETag"].strip('"')
    for_ever = ana.ask("GET", f"/cards/{card_id}/thumbnail?v={kept[:16]}").cache_control
    assert (for_ever.immutable, for_ever.private, for_ever.no_cache) == (True, True, None)
    assert not ana.ask("GET", f"/cards/{card_id}/thumbnail?v={'0' * 16}").cache_control.immutable
    assert bruno.ask("GET", f"/cards/{card_id}/thumbnail").status_code == 404


def own(ana: Person, **more: Any) -> dict[str, Any]:
    given = {"name": "Cata de vinos", "day": "2035-06-21", "kind": "own", "begins": "20:00", **more}
    made = ana.ask("POST", "/gatherings", json=given)
    assert made.status_code == 201
    whole: dict[str, Any] = made.json
    return whole


def test_an_evening_of_ones_own_has_guests_who_answer(
    ana: Person, bruno: Person, contact_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "now", lambda: datetime(2035, 6, 21, 10, tzinfo=UTC))
    party = own(ana)["gathering"]["id"]
    [guest] = ana.ask("POST", f"/gatherings/{party}/guests", json={"contacts": [contact_id]}).json["guests"]
    assert (guest["contact"], guest["invited"], guest["with_guest"]) == (contact_id, False, True)
    assert "/i/" in guest["link"]
    at = f"/guests/{guest['id']}"
    assert ana.ask("POST", f"{at}/invited", json={"channel": "mail"}).json["invited"]
    assert ana.ask("PATCH", at, json={"answer": "yes", "brings": "Marta Rey"}).json["brings"] == "Marta Rey"
    assert ana.ask("PATCH", at, json={"came": True, "guest_came": True}).json["came"]
    assert ana.ask("DELETE", at).status_code == 409
    assert ana.ask("POST", f"{at}/thanked", json={}).json["thanked"]
    new = ana.ask("POST", f"{at}/new-person", json={"mail": "marta@rey.example"}).json["contact"]
    assert ana.ask("POST", f"{at}/new-person", json={}).json["contact"] == new
    for method, path in (("GET", f"/gatherings/{party}"), ("PATCH", at), ("POST", f"{at}/invited"), ("DELETE", at)):
        assert bruno.ask(method, path, **({} if method in ("GET", "DELETE") else {"json": {}})).status_code == 404


def test_a_gathering_is_changed_called_off_and_told_to_a_calendar(ana: Person) -> None:
    party = own(ana)["gathering"]["id"]
    assert [one["id"] for one in ana.ask("GET", "/gatherings?ahead=true").json["gatherings"]] == [party]
    changed = ana.ask("PATCH", f"/gatherings/{party}", json={"begins": "21:00", "hours": 3, "cost_cents": 4500})
    assert (changed.json["gathering"]["begins"], changed.json["gathering"]["cost_cents"]) == ("21:00", 4500)
    assert ana.ask("POST", f"/gatherings/{party}/cancel", json={}).json["gathering"]["cancelled"]
    event = ana.ask("GET", f"/gatherings/{party}/event.ics")
    assert (event.mimetype, b"SEQUENCE:2" in event.data, b"STATUS:CANCELLED" in event.data) == (
        "text/calendar",
        True,
        True,
    )


def test_two_gatherings_are_merged_and_parted(ana: Person, found: Parts, contact_id: str) -> None:
    with found.db.transaction() as tx:
        fair = gatherings.meet(tx, owner=ana.account.id, name="Feria de Bilbao", day=date(2026, 11, 21))
        gatherings.meet(tx, owner=ana.account.id, name="Feria Bilbao", day=date(2026, 11, 21))
        other = gatherings.meet(tx, owner=ana.account.id, name="Feria Bilbao", day=date(2026, 11, 21))
        vcard = contacts.get(tx, owner=ana.account.id, id=contact_id).vcard
        contacts.write(tx, owner=ana.account.id, vcard=vcard, id=contact_id, gathering_id=other)
    merged = ana.ask("POST", f"/gatherings/{fair}/merge", json={"other": other}).json["merge"]
    assert ana.ask("GET", f"/gatherings/{fair}").json["gathering"]["contacts"] == 1
    assert ana.ask("POST", f"/gathering-merges/{merged}/undo").json["gathering"]["contacts"] == 1
    assert ana.ask("GET", f"/gatherings/{fair}").json["gathering"]["contacts"] == 0


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"day": None}, 422),
        ({"name": " "}, 422),
        ({"begins": "25:00"}, 422),
        ({"cost_cents": 10**12}, 422),
        ({"last_day": "2035-01-01"}, 422),
        ({"reply_by": "2035-12-01"}, 422),
        ({"kind": "party"}, 422),
    ],
)
def test_what_no_gathering_can_be_is_refused(ana: Person, given: dict[str, Any], status: int) -> None:
    party = own(ana)["gathering"]["id"]
    assert ana.ask("PATCH", f"/gatherings/{party}", json=given).status_code == status
