"""The address book as a device sees it: what it writes comes back as it was written, and shows in the drawer."""

from datetime import UTC, datetime

from apiflask import APIFlask

from service.domain.people.vcard import edit
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import ties
from service.storage.people import contacts
from service.storage.people.which import Which
from tests.dav.conftest import Device, card


def only(db: Database, owner: Account) -> contacts.KeptContact:
    with db.reading() as tx:
        [found] = contacts.page(tx, owner=owner.id).rows
    return found


def test_a_contact_from_the_phone_is_kept_byte_for_byte(phone: Device, db: Database, ana: Account) -> None:
    odd = (
        "item1.EMAIL;type=INTERNET:ana@arce.example",
        "item1.X-ABLabel:Casa de la playa",
        "X-PHONETIC-LAST-NAME:Munoz",
    )
    text = card(lines=(*odd, "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAQABAAD/2wBD"))
    made = phone.put("abc.vcf", text, If_None_Match="*")
    assert made.status_code == 201
    got = phone.ask("GET", "contacts/abc.vcf")
    assert got.data.decode() == text
    assert made.headers["ETag"] == got.headers["ETag"] == phone.listing()["abc.vcf"]
    assert only(db, ana).vcard == text


def test_it_becomes_a_contact_with_a_tie_in_the_drawer(phone: Device, db: Database, ana: Account) -> None:
    phone.put("abc.vcf", card("Lucía Ferrer"))
    found = only(db, ana)
    with db.reading() as tx:
        tie = ties.of_contact(tx, owner=ana.id, contact_id=found.id)
        assert contacts.page(tx, owner=ana.id, which=Which(query="lucia")).rows == [found]
    assert tie
    assert (tie.tie.circle, tie.tie.source) == ("drawer", "import")


def test_an_edit_on_the_phone_changes_the_index_and_the_ways_to_reach_them(
    phone: Device, db: Database, ana: Account
) -> None:
    text = card(uid="u")
    etag = phone.put("abc.vcf", text).headers["ETag"]
    more = text.replace("ORG:Taller Arce", "ORG:Faro Norte\r\nEMAIL;TYPE=INTERNET:ana@faro.example")
    assert phone.put("abc.vcf", more, If_Match=etag).status_code == 204
    found = only(db, ana)
    with db.reading() as tx:
        tie = ties.of_contact(tx, owner=ana.id, contact_id=found.id)
    assert found.org == "Faro Norte"
    assert tie
    assert "mail" in tie.tie.channels


def test_an_edit_in_the_app_changes_single_properties_and_comes_with_the_next_sync(
    phone: Device, db: Database, ana: Account
) -> None:
    phone.put("abc.vcf", card(uid="u", lines=("X-SOMETHING;X-A=b:kept",)))
    token, before = phone.token(), only(db, ana)
    with db.transaction() as tx:
        text = edit(before.vcard, {"title": "Directora"}, now=datetime(2026, 11, 1, tzinfo=UTC))
        contacts.write(tx, owner=ana.id, vcard=text, id=before.id)
    assert phone.changes(token)[0] == {"abc.vcf": True}
    [got] = phone.fetch("abc.vcf").values()
    assert "X-SOMETHING;X-A=b:kept" in got
    assert "TITLE:Directora" in got


def test_a_deleted_contact_is_gone_on_the_phone_and_comes_back_when_it_is_brought_back(
    phone: Device, db: Database, ana: Account
) -> None:
    phone.put("abc.vcf", card())
    found, token = only(db, ana), phone.token()
    assert phone.ask("DELETE", "contacts/abc.vcf").status_code == 200
    gone, token = phone.changes(token)
    assert gone == {"abc.vcf": False}
    assert phone.ask("GET", "contacts/abc.vcf").status_code == 404
    with db.transaction() as tx:
        contacts.restore(tx, owner=ana.id, id=found.id)
    assert phone.changes(token)[0] == {"abc.vcf": True}
    assert phone.ask("GET", "contacts/abc.vcf").data.decode() == found.vcard


def test_of_two_devices_the_second_is_told_that_it_looked_at_an_old_one(
    app: APIFlask, phone: Device, ana: Account
) -> None:
    text = card(uid="u")
    etag = phone.put("abc.vcf", text).headers["ETag"]
    assert phone.put("abc.vcf", text.replace("Ana", "Eva"), If_Match=etag).status_code == 204
    assert phone.put("abc.vcf", text.replace("Ana", "Ada"), If_Match=etag).status_code == 412
    assert phone.ask("DELETE", "contacts/abc.vcf", If_Match=etag).status_code == 412
    assert phone.put("abc.vcf", text, If_None_Match="*").status_code == 412
    assert "FN:Eva" in phone.ask("GET", "contacts/abc.vcf").text


def test_a_uid_is_one_contact(phone: Device) -> None:
    assert phone.put("one.vcf", card(uid="u")).status_code == 201
    assert phone.put("two.vcf", card(uid="u")).status_code == 409
    assert list(phone.listing()) == ["one.vcf"]


def test_a_sync_tells_what_changed_and_no_more(phone: Device) -> None:
    for number in range(5):
        phone.put(f"{number}.vcf", card(f"Ana {number}"))
    first, token = phone.changes("")
    assert set(first) == {f"{number}.vcf" for number in range(5)}
    assert phone.changes(token) == ({}, token)
    phone.put("5.vcf", card("Eva"))
    phone.ask("DELETE", "contacts/0.vcf")
    assert phone.changes(token)[0] == {"5.vcf": True, "0.vcf": False}


def test_a_contact_written_in_the_app_is_there_for_the_phone(phone: Device, db: Database, ana: Account) -> None:
    with db.transaction() as tx:
        made = contacts.write(tx, owner=ana.id, vcard=card("Bruno Lima"))
    assert list(phone.listing()) == [f"{made.id}.vcf"]
    assert phone.fetch(f"{made.id}.vcf")[f"{made.id}.vcf"].replace("\n", "\r\n") == made.vcard


def test_a_contact_can_be_given_another_name_by_a_device(phone: Device) -> None:
    phone.put("old.vcf", card())
    token = phone.token()
    where = f"http://localhost/dav/{phone.owner}/contacts/new.vcf"
    assert phone.ask("MOVE", "contacts/old.vcf", Destination=where, Host="localhost").status_code == 201
    assert list(phone.listing()) == ["new.vcf"]
    assert phone.changes(token)[0] == {"old.vcf": False, "new.vcf": True}


def test_a_search_on_the_server_finds_by_parts_of_a_name_and_of_an_address(phone: Device) -> None:
    phone.put("a.vcf", card("Ana Muñoz", lines=("EMAIL:ana.munoz@arce.example", "NICKNAME:Nan")))
    phone.put("b.vcf", card("Bruno Lima", lines=("EMAIL:bruno@lima.example",)))

    def found(prop: str, text: str, kind: str = "contains") -> set[str]:
        body = (
            '<CR:addressbook-query xmlns:D="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/></D:prop>'
            f'<CR:filter><CR:prop-filter name="{prop}"><CR:text-match match-type="{kind}">{text}</CR:text-match>'
            "</CR:prop-filter></CR:filter></CR:addressbook-query>"
        )
        response = phone.ask("REPORT", "contacts/", body)
        assert response.status_code == 207
        return {name for name in ("a.vcf", "b.vcf") if name in response.text}

    assert found("FN", "muñ") == {"a.vcf"}
    assert found("EMAIL", "munoz@arce") == {"a.vcf"}
    assert found("EMAIL", "bruno", "starts-with") == {"b.vcf"}
    assert found("NICKNAME", "Nan") == {"a.vcf"}
    assert found("FN", "nobody") == set()
