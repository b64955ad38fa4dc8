"""Contacts over HTTP: found, changed property by property, deleted, and taken away as vCards."""

from typing import Any

import pytest
import vobject

from service.storage.people import contacts
from service.web.parts import Parts
from tests.api.asking import Person

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nN:Lima;{given};;;\r\nFN:{given} Lima\r\nORG:Casa Lima\r\n"
    "EMAIL;TYPE=INTERNET:{uid}@example.com\r\nX-PHONETIC-FIRST-NAME:kept\r\nREV:2026-01-01T00:00:00Z\r\nEND:VCARD\r\n"
)


def add(found: Parts, person: Person, count: int) -> None:
    with found.db.transaction() as tx:
        for number in range(count):
            text = VCARD.format(uid=f"person-{number}", given=f"Rita{number}")
            contacts.write(tx, owner=person.account.id, vcard=text)


def test_a_contact_shows_all_its_values_and_its_version(ana: Person, contact_id: str) -> None:
    answer = ana.ask("GET", f"/contacts/{contact_id}")
    contact = answer.json
    assert (contact["name"], contact["org"], contact["kind"]) == ("Lucía Ferrer Soto", "Faro Norte", "person")
    assert contact["fields"]["emails"] == ["lucia@faronorte.example"]
    assert answer.headers["ETag"] == f'"{contact["etag"]}"'
    again = ana.ask("GET", f"/contacts/{contact_id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_contacts_are_found_by_what_is_typed(ana: Person, found: Parts, contact_id: str) -> None:
    add(found, ana, 2)
    for query, count in (("lucia", 1), ("FARO norte", 1), ("rita", 2), ("nobody", 0), ("", 3), ("%", 0)):
        assert len(ana.ask("GET", "/contacts", query_string={"q": query}).json["contacts"]) == count, query


def test_contacts_come_in_pages(ana: Person, found: Parts) -> None:
    add(found, ana, 7)
    seen: list[str] = []
    after: Any = ""
    while after is not None:
        page = ana.ask("GET", "/contacts", query_string={"limit": 3, "after": after}).json
        seen += [contact["id"] for contact in page["contacts"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=1.5",
        "after=%00",
        "after=nonsense",
        "after=MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMHx4",  # the first day there is, east of Greenwich
        "q=%00",
        "surprise=1",
        "q=" + "x" * 501,
    ],
)
def test_a_listing_refuses_questions_that_are_none(ana: Person, query: str) -> None:
    answer = ana.ask("GET", f"/contacts?{query}")
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_a_change_leaves_all_else_of_the_vcard_as_it_is(ana: Person, found: Parts) -> None:
    add(found, ana, 1)
    before = ana.ask("GET", "/contacts").json["contacts"][0]
    after = ana.ask("PATCH", before["url"].removeprefix("/api/v1"), json={"title": "Gerente"}).json
    assert (after["title"], after["org"], after["uid"]) == ("Gerente", "Casa Lima", "person-0")
    assert after["etag"] != before["etag"]
    assert "X-PHONETIC-FIRST-NAME:kept" in ana.ask("GET", f"/contacts/{before['id']}.vcf").text


def test_two_changes_of_the_same_version_do_not_overwrite_each_other(ana: Person, contact_id: str) -> None:
    version = {"If-Match": ana.ask("GET", f"/contacts/{contact_id}").headers["ETag"]}
    assert ana.ask("PATCH", f"/contacts/{contact_id}", json={"title": "Uno"}, headers=version).status_code == 200
    late = ana.ask("PATCH", f"/contacts/{contact_id}", json={"title": "Dos"}, headers=version)
    assert (late.status_code, late.json["code"]) == (412, "changed_meanwhile")
    assert ana.ask("DELETE", f"/contacts/{contact_id}", headers=version).status_code == 412
    assert ana.ask("DELETE", f"/contacts/{contact_id}", headers={"If-Match": "*"}).status_code == 204


def test_a_deleted_contact_is_gone(ana: Person, contact_id: str) -> None:
    assert ana.ask("DELETE", f"/contacts/{contact_id}").status_code == 204
    for path in (f"/contacts/{contact_id}", f"/contacts/{contact_id}.vcf"):
        assert ana.ask("GET", path).status_code == 404
    assert ana.ask("GET", "/contacts").json["contacts"] == []
    assert ana.ask("GET", "/contacts.vcf").text == ""


def test_a_contact_leaves_as_a_vcard_under_its_name(ana: Person, contact_id: str) -> None:
    answer = ana.ask("GET", f"/contacts/{contact_id}.vcf")
    card = vobject.readOne(answer.text)
    assert (card.fn.value, card.email.value) == ("Lucía Ferrer Soto", "lucia@faronorte.example")
    assert answer.mimetype == "text/vcard"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Luc" in answer.headers["Content-Disposition"]


def test_all_contacts_leave_as_one_file(ana: Person, bruno: Person, found: Parts) -> None:
    add(found, ana, 205)
    add(found, bruno, 1)
    answer = ana.ask("GET", "/contacts.vcf")
    assert answer.mimetype == "text/vcard"
    assert len(list(vobject.readComponents(answer.text))) == 205
