"""What iOS and DAVx5 ask, one request after the other, written from their documentation and from RFC 6578 and 6764."""

import re

from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import contacts
from tests.dav.conftest import Device, answers, card

PRINCIPAL = '<A:propfind xmlns:A="DAV:"><A:prop><A:current-user-principal/><A:principal-URL/><A:resourcetype/></A:prop></A:propfind>'
HOME = (
    '<A:propfind xmlns:A="DAV:" xmlns:B="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav"><A:prop>'
    "<B:addressbook-home-set/><C:calendar-home-set/><B:directory-gateway/><A:displayname/><C:calendar-user-address-set/>"
    "<A:supported-report-set/></A:prop></A:propfind>"
)
BOOKS = (
    '<A:propfind xmlns:A="DAV:" xmlns:B="urn:ietf:params:xml:ns:carddav" xmlns:C="http://calendarserver.org/ns/">'
    "<A:prop><B:addressbook-description/><A:current-user-privilege-set/><A:displayname/><B:max-image-size/>"
    "<A:quota-available-bytes/><A:resourcetype/><A:supported-report-set/><A:sync-token/><C:getctag/>"
    "<B:supported-address-data/></A:prop></A:propfind>"
)
IOS = {"User-Agent": "iOS/18.0 (22A3354) dataaccessd/1.0", "Accept": "*/*", "Accept-Language": "es-ES"}
DAVX = {"User-Agent": "DAVx5/4.4.2-ose (2024/10/01; dav4jvm; okhttp/4.12.0) Android/14"}


def test_an_iphone_sets_itself_up_reads_all_and_follows(phone: Device, db: Database, ana: Account) -> None:
    phone.headers = IOS
    phone.put("first.vcf", card("Ana Muñoz", uid="first"))
    # Setting up: first without a password, then with it, along the well-known address.
    stranger = Device(phone.app, phone.owner, "", IOS)
    assert stranger.ask("PROPFIND", "/.well-known/carddav", PRINCIPAL, Depth="0").status_code == 301
    assert stranger.ask("PROPFIND", "/dav/", PRINCIPAL, Depth="0").status_code == 401
    assert f"/dav/{ana.id}/" in phone.ask("PROPFIND", "/dav/", PRINCIPAL, Depth="0").text
    assert "addressbook" in phone.ask("OPTIONS", "").headers["DAV"]
    home = phone.ask("PROPFIND", "", HOME, Depth="0").text
    assert home.count(f"/dav/{ana.id}/") >= 3
    found = answers(phone.ask("PROPFIND", "", BOOKS, Depth="1"))
    assert f"/dav/{ana.id}/contacts/" in found
    assert found[f"/dav/{ana.id}/contacts/"]["{DAV:}displayname"] == "Undrawer"
    # The first sync: no token, everything, then the cards.
    names, token = phone.changes("")
    assert list(names) == ["first.vcf"]
    assert "UID:first" in phone.fetch("first.vcf")["first.vcf"]
    # A contact made on the phone, and one changed there.
    made = phone.put(
        "8F3C-NEW.vcf", card("Eva Sol", uid="8F3C"), If_None_Match="*", Content_Type="text/vcard; charset=utf-8"
    )
    assert made.status_code == 201
    etag = phone.listing()["first.vcf"]
    assert phone.put("first.vcf", card("Ana Díaz", uid="first"), If_Match=etag).status_code == 204
    # The poll: nothing but what changed, its own changes among them.
    later, _ = phone.changes(token)
    assert later == {"8F3C-NEW.vcf": True, "first.vcf": True}
    with db.reading() as tx:
        assert {one.name for one in contacts.page(tx, owner=ana.id).rows} == {"Ana Díaz", "Eva Sol"}


def test_davx5_finds_the_books_and_pages_through_with_multiget(phone: Device, db: Database, ana: Account) -> None:
    phone.headers = DAVX
    for number in range(35):
        phone.put(f"{number}.vcf", card(f"Ana {number}", uid=str(number)))
    # Finding the books: DAVx5 asks the address it was given, then its principal, then its home.
    root = phone.ask("PROPFIND", "/dav/", PRINCIPAL, Depth="0").text
    principal = re.search(r"<current-user-principal><href>([^<]+)<", root)
    assert principal
    assert phone.ask("PROPFIND", principal[1], HOME, Depth="0").status_code == 207
    books = phone.ask("PROPFIND", principal[1], BOOKS, Depth="1").text
    assert 'version="3.0"' in books
    assert 'version="4.0"' not in books
    # Sync: its own changes go up with If-Match, then the report, then cards ten at a time.
    names, token = phone.changes("")
    assert len(names) == 35
    came: dict[str, str] = {}
    for first in range(0, 35, 10):
        came |= phone.fetch(*list(names)[first : first + 10])
    assert len(came) == 35
    etag = phone.listing()["7.vcf"]
    assert phone.ask("DELETE", "contacts/7.vcf", If_Match=etag).status_code == 200
    assert phone.put("8.vcf", card("Ana 8", uid="8"), If_Match='"old"').status_code == 412
    assert phone.changes(token)[0] == {"7.vcf": False}
    # A name that is not there is told as missing, and the others come.
    assert list(phone.fetch("nobody.vcf", "9.vcf")) == ["9.vcf"]
