"""What is answered at once is what Radicale answers: both are asked the same, and each answer is read as a whole."""

import gzip
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from apiflask import APIFlask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from service.dav import multistatus
from service.dav.guard import Guard
from service.dav.mount import PREFIX, protocol
from service.storage.database import Database
from service.storage.people import contacts
from tests.dav.conftest import SPACES, Device, card

LISTINGS = (
    "<D:getetag/>",
    "<D:getcontenttype/><D:resourcetype/><D:getetag/>",
    "<D:getetag/><D:getlastmodified/>",
    "<D:getetag/><D:displayname/>",
    "<D:getetag/><D:getetag/>",
)
REPORTED = (
    "<D:getetag/>",
    "<D:getetag/><CR:address-data/>",
    '<D:getcontenttype/><D:getetag/><CR:address-data content-type="text/vcard" version="4.0"/>',
    "<D:getetag/><D:resourcetype/>",
)
NAMES = ("a.vcf", "weiß & <b>.vcf", "UUID:ABPerson.vcf", "日本.vcf", "100%.vcf", "gone.vcf", "never.vcf", "v4.vcf")
FOUR = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:v4\r\nFN:Zoé <Ørsted> & Co\r\nTEL;VALUE=uri:tel:+34600\r\nEND:VCARD\r\n"


@pytest.fixture
def by_radicale(app: APIFlask, db: Database) -> Callable[..., TestResponse]:
    """Ask Radicale alone, behind the same guard."""
    alone = Guard(protocol(db), db=db, throttle=app.extensions["undrawer"].throttle)
    client = Client(DispatcherMiddleware(Response("no"), {PREFIX: alone}))

    def ask(phone: Device, method: str, path: str, body: str, **headers: str) -> TestResponse:
        return Device(client_of(client), phone.owner, phone.secret).ask(method, path, body, **headers)

    return ask


def client_of(client: Client) -> APIFlask:
    class Served:
        def test_client(self) -> Client:
            return client

    return Served()  # type: ignore[return-value]  # a device asks for nothing else


@pytest.fixture
def filled(phone: Device, db: Database) -> Device:
    for name in NAMES[:-2]:
        assert phone.put(name, card(f"Ana {name} <&>", lines=("NOTE:ä & <b>",))).status_code == 201
    assert phone.put("v4.vcf", FOUR).status_code == 201
    phone.ask("DELETE", "contacts/gone.vcf")
    with db.transaction() as tx:
        contacts.write(tx, owner=phone.owner, vcard=card("Made here"))
    return phone


def read(response: TestResponse) -> tuple[int, str, dict[str, object], str]:
    body = gzip.decompress(response.data) if response.headers.get("Content-Encoding") == "gzip" else response.data
    root = ET.fromstring(body)
    lines = {one.findtext("D:href", "", SPACES): plain(one) for one in root.findall("D:response", SPACES)}
    return response.status_code, response.headers["Content-Type"], lines, root.findtext("D:sync-token", "", SPACES)


def plain(element: ET.Element) -> object:
    # A book says of itself that it was changed now, to the second; the two are not asked in one.
    text = "" if element.tag == "{DAV:}getlastmodified" else (element.text or "").strip()
    return element.tag, text, sorted((plain(one) for one in element), key=repr)


def multiget(phone: Device, props: str, hrefs: tuple[str, ...]) -> str:
    said = "".join(f"<D:href>{href}</D:href>" for href in hrefs)
    space = f'xmlns:D="DAV:" xmlns:CR="{SPACES["CR"]}"'
    return f"<CR:addressbook-multiget {space}><D:prop>{props}</D:prop>{said}</CR:addressbook-multiget>"


def changes(props: str, token: str) -> str:
    space = f'xmlns:D="DAV:" xmlns:CR="{SPACES["CR"]}"'
    return f"<D:sync-collection {space}><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop>{props}</D:prop></D:sync-collection>"


def test_each_answer_is_the_one_that_radicale_gives(
    filled: Device, by_radicale: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    hrefs = tuple(ET.fromstring(filled.ask("PROPFIND", "contacts/", Depth="1").data).itertext())
    known = tuple(one for one in hrefs if one.startswith("/dav/") and not one.endswith("/"))
    assert len(known) == 7
    odd = (f"/dav/{filled.owner}/contacts/never.vcf", f"http://localhost{known[0]}", known[1], known[1])
    strange = ("/elsewhere/a.vcf", f"/dav/{filled.owner}/touches/a.ics", f"/dav/{filled.owner}/contacts/../x.vcf")
    token = filled.token()
    filled.put("a.vcf", card("Ana Neu"))
    filled.put("later.vcf", card("Later"))
    filled.ask("DELETE", "contacts/v4.vcf")
    asked = [
        *(("PROPFIND", f'<D:propfind xmlns:D="DAV:"><D:prop>{props}</D:prop></D:propfind>') for props in LISTINGS),
        ("PROPFIND", '<D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>'),
        ("PROPFIND", ""),
        *(("REPORT", multiget(filled, props, (*known, *odd))) for props in REPORTED),
        *(("REPORT", multiget(filled, REPORTED[1], (*known, one))) for one in strange),
        ("REPORT", multiget(filled, REPORTED[1], ())),
        *(("REPORT", changes(props, since)) for props in REPORTED for since in ("", token)),
    ]
    with monkeypatch.context() as patch:
        written = counting(patch)
        for method, body in asked:
            for path in ("contacts/", "contacts"):
                same(filled, by_radicale, method, path, body)
    assert len(written) == 2 * 2 * (2 + 3 + 3 * 2), "so many of these are usual"
    no_address = multiget(filled, REPORTED[1], ("http://[x",))
    for body in (changes("<D:getetag/>", "urn:undrawer:sync:x:contacts:1"), "<no", no_address):
        ours, theirs = filled.ask("REPORT", "contacts/", body), by_radicale(filled, "REPORT", "contacts/", body)
        assert (ours.status_code, ours.data) == (theirs.status_code, theirs.data)


def same(phone: Device, by_radicale: Callable[..., TestResponse], method: str, path: str, body: str) -> None:
    for packing in ("", "gzip, deflate"):
        ours = phone.ask(method, path, body, Depth="1", Accept_Encoding=packing)
        assert read(ours) == read(by_radicale(phone, method, path, body, Depth="1")), body
        assert int(ours.headers["Content-Length"]) == len(ours.data)
        assert ours.headers.get("Content-Encoding", "") == packing.partition(",")[0]


def counting(patch: pytest.MonkeyPatch) -> list[str]:
    """One for each answer that is written without Radicale's tree."""
    written: list[str] = []
    real = multistatus.sent

    def sent(body: bytes, headers: multistatus.Headers, *, packed: bool) -> tuple[str, multistatus.Headers, bytes]:
        written.append("one")
        return real(body, headers, packed=packed)

    patch.setattr(multistatus, "sent", sent)
    return written


def test_nobody_is_answered_about_the_book_of_another(app: APIFlask, filled: Device, db: Database) -> None:
    stranger = Device(app, filled.owner, "aaaaa-bbbbb")
    body = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
    assert stranger.ask("PROPFIND", "contacts/", body, Depth="1").status_code == 401
    assert Device(app, filled.owner, "").ask("PROPFIND", "contacts/", body, Depth="1").status_code == 401
