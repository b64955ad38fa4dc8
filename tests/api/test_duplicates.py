"""Duplicates over HTTP: pairs listed, joined, left apart, and a merge taken back."""

from uuid import uuid4

from service.storage.people import contacts, duplicates
from service.web.parts import Parts
from tests.api.asking import Person
from tests.api.test_contacts import VCARD


def two_alike(found: Parts, ana: Person) -> tuple[str, str]:
    with found.db.transaction() as tx:
        texts = [VCARD.format(uid=uid, given="Rita").replace(f"{uid}@", "rita@") for uid in ("one", "two")]
        one, two = (contacts.write(tx, owner=ana.account.id, vcard=text).id for text in texts)
        duplicates.look(tx, owner=ana.account.id, contact_ids=[one, two])
    return one, two


def test_a_pair_is_joined_and_taken_apart_again(ana: Person, found: Parts) -> None:
    one, two = two_alike(found, ana)
    told = ana.ask("GET", "/duplicates").json
    assert told["count"] == 1
    assert {told["pairs"][0]["one"], told["pairs"][0]["other"]} == {one, two}
    assert (told["pairs"][0]["sure"], told["pairs"][0]["reason"]) == (True, "mail")
    made = ana.ask("POST", "/duplicates/join", json={"one": two, "other": one}).json
    assert (made["kept"], made["gone"]) == (one, two)
    assert made["gone_before"]["emails"] == ["rita@example.com"]
    assert [contact["id"] for contact in ana.ask("GET", "/contacts").json["contacts"]] == [one]
    assert ana.ask("GET", "/merges").json["merges"][0]["id"] == made["id"]
    assert ana.ask("POST", f"/merges/{made['id']}/undo").json["undone_at"]
    assert ana.ask("POST", f"/merges/{made['id']}/undo").status_code == 409
    assert len(ana.ask("GET", "/contacts").json["contacts"]) == 2
    assert ana.ask("GET", "/duplicates").json["count"] == 0


def test_a_pair_left_apart_is_not_listed(ana: Person, found: Parts) -> None:
    one, two = two_alike(found, ana)
    assert ana.ask("POST", "/duplicates/apart", json={"one": one, "other": two}).status_code == 204
    assert ana.ask("GET", "/duplicates").json["pairs"] == []


def test_nobody_joins_what_is_not_theirs(ana: Person, bruno: Person, found: Parts) -> None:
    one, two = two_alike(found, ana)
    for given in ({"one": one, "other": two}, {"one": str(uuid4()), "other": one}):
        assert bruno.ask("POST", "/duplicates/join", json=given).status_code == 404
        assert bruno.ask("POST", "/duplicates/apart", json=given).status_code == 404
    assert ana.ask("POST", "/duplicates/join", json={"one": one, "other": one}).status_code == 404
    assert bruno.ask("GET", "/duplicates").json == {"pairs": [], "count": 0}
