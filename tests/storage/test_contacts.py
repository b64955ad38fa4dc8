from uuid import uuid4

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people.vcard import edit
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.moment import now
from service.storage.people import contacts
from service.storage.people.which import Which


def text(name: str = "Ana Muñoz", *, uid: str = "", org: str = "Taller Arce", extra: str = "") -> str:
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uid or uuid4()}",
        f"FN:{name}",
        f"N:{name};;;;",
        f"ORG:{org}",
        "TEL;TYPE=CELL:+34600123123",
        "EMAIL;TYPE=INTERNET:ana@arce.example",
        *([extra] if extra else []),
        "END:VCARD",
    )
    return "".join(line + "\r\n" for line in lines)


def test_a_contact_is_its_text_and_is_indexed_by_it(db: Database, account: Account) -> None:
    vcard = text(extra="X-SOMETHING:kept")
    with db.transaction() as tx:
        contact = contacts.write(tx, owner=account.id, vcard=vcard)
        assert contacts.get(tx, owner=account.id, id=contact.id) == contact
    assert contact.vcard == vcard
    assert (contact.kind, contact.name, contact.org) == ("person", "Ana Muñoz", "Taller Arce")


def test_a_changed_contact_has_another_etag_and_another_index(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        before = contacts.write(tx, owner=account.id, vcard=text(extra="X-SOMETHING:kept"))
        changed = edit(before.vcard, {"org": "Arce e Hijas"}, now=now())
        after = contacts.write(tx, owner=account.id, vcard=changed, id=before.id)
        assert contacts.page(tx, owner=account.id, which=Which(query="hijas")).rows == [after]
    assert after.id == before.id
    assert after.etag != before.etag
    assert after.created_at == before.created_at
    assert after.updated_at > before.updated_at
    assert "X-SOMETHING:kept" in after.vcard


def test_a_uid_is_one_contact_in_an_account(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        contacts.write(tx, owner=account.id, vcard=text(uid="one"))
        contacts.write(tx, owner=stranger.id, vcard=text(uid="one"))
        with pytest.raises(Conflict):
            contacts.write(tx, owner=account.id, vcard=text(uid="one"))
        other = contacts.write(tx, owner=account.id, vcard=text(uid="two"))
        with pytest.raises(Conflict):
            contacts.write(tx, owner=account.id, vcard=text(uid="one"), id=other.id)


@pytest.mark.parametrize("vcard", ["", "no vCard", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nN:;;;;\r\nEND:VCARD\r\n"])
def test_what_is_no_contact_is_a_bad_value(db: Database, account: Account, vcard: str) -> None:
    with db.transaction() as tx, pytest.raises(BadValue):
        contacts.write(tx, owner=account.id, vcard=vcard)


@pytest.mark.parametrize("query", ["munoz", "MUÑOZ ana", "arce.example", "600123", "taller", ""])
def test_a_contact_is_found_whatever_the_accents_and_the_order(db: Database, account: Account, query: str) -> None:
    with db.transaction() as tx:
        contact = contacts.write(tx, owner=account.id, vcard=text())
        assert contacts.page(tx, owner=account.id, which=Which(query=query)).rows == [contact]


@pytest.mark.parametrize("query", ["%", "_", "bruno", "ana bruno", "\0zz", "\ud800zz"])
def test_what_is_not_there_is_not_found(db: Database, account: Account, query: str) -> None:
    with db.transaction() as tx:
        contacts.write(tx, owner=account.id, vcard=text())
        assert contacts.page(tx, owner=account.id, which=Which(query=query)).rows == []


def test_a_deleted_contact_is_out_of_sight_and_can_be_restored(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        contact = contacts.write(tx, owner=account.id, vcard=text())
        contacts.delete(tx, owner=account.id, id=contact.id)
        assert contacts.page(tx, owner=account.id).rows == []
        assert contacts.count(tx, owner=account.id) == 0
        with pytest.raises(NotFound):
            contacts.get(tx, owner=account.id, id=contact.id)
        assert contacts.restore(tx, owner=account.id, id=contact.id).vcard == contact.vcard
        assert contacts.count(tx, owner=account.id) == 1


def test_a_new_text_with_the_uid_of_a_deleted_contact_brings_it_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        contact = contacts.write(tx, owner=account.id, vcard=text(uid="one"))
        contacts.delete(tx, owner=account.id, id=contact.id)
        assert contacts.write(tx, owner=account.id, vcard=text("Ana M", uid="one")).id == contact.id


def test_somebody_elses_contact_is_not_found(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        theirs = contacts.write(tx, owner=stranger.id, vcard=text())
        for ask in (contacts.get, contacts.delete, contacts.restore):
            with pytest.raises(NotFound):
                ask(tx, owner=account.id, id=theirs.id)
        with pytest.raises(NotFound):
            contacts.write(tx, owner=account.id, vcard=text(), id=theirs.id)
        assert contacts.page(tx, owner=account.id).rows == []
