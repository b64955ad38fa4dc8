"""Where contacts were met, over HTTP; which contacts are asked for; and the small pictures of their cards."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from service.storage import contacts, gatherings
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
