"""A book for each circle, where one wants them: to look at; who moves between circles moves between books."""

from service.domain.ties.circle import Circle
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.following import deeds, policies, ties
from service.storage.following.ties import Met
from service.storage.people import contacts
from tests.dav.conftest import Device, card


def want(db: Database, owner: Account, *, wanted: bool = True) -> None:
    with db.transaction() as tx:
        app_passwords.want_circles(tx, owner=owner.id, wanted=wanted)


def met(db: Database, owner: Account) -> tuple[str, str]:
    """Give the name on devices and the tie of somebody who was met today."""
    with db.transaction() as tx:
        who = contacts.write(tx, owner=owner.id, vcard=card())
        today = policies.today(tx, owner=owner.id)
        return f"{who.id}.vcf", ties.begin(tx, owner=owner.id, contact_id=who.id, met=Met(on=today))


def test_books_of_circles_are_there_when_they_are_wanted(phone: Device, db: Database, ana: Account) -> None:
    assert phone.ask("PROPFIND", "circle-inner/", Depth="0").status_code in (403, 404)
    want(db, ana)
    assert "Undrawer · Íntimo" in phone.ask("PROPFIND", "", Depth="1").text
    assert phone.listing("circle-inner") == {}
    want(db, ana, wanted=False)
    assert "Íntimo" not in phone.ask("PROPFIND", "", Depth="1").text


def test_who_is_moved_leaves_one_book_and_comes_into_the_other(phone: Device, db: Database, ana: Account) -> None:
    want(db, ana)
    name, tie_id = met(db, ana)
    assert list(phone.listing("circle-active")) == [name]
    before = {book: phone.token(book) for book in ("circle-active", "circle-close", "contacts")}
    with db.transaction() as tx:
        deeds.move(tx, owner=ana.id, tie_id=tie_id, circle=Circle.CLOSE)
    assert phone.changes(before["circle-active"], "circle-active")[0] == {name: False}
    assert phone.changes(before["circle-close"], "circle-close")[0] == {name: True}
    assert list(phone.listing("circle-close")) == [name]
    assert list(phone.fetch(name, book="circle-close")) == [name]
    assert phone.fetch(name, book="circle-active") == {}


def test_a_book_of_a_circle_is_for_looking(phone: Device, db: Database, ana: Account) -> None:
    want(db, ana)
    name, _ = met(db, ana)
    assert phone.ask("PUT", f"circle-active/{name}", card().encode(), Content_Type="text/vcard").status_code == 403
    assert phone.ask("DELETE", f"circle-active/{name}").status_code == 403
    assert phone.ask("GET", f"circle-active/{name}").status_code == 200
