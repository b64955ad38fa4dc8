"""Each trap of Radicale that was met in the open, as the request that fell into it."""

import base64
import inspect
import logging
import re

import pytest
from apiflask import APIFlask
from radicale import auth, rights, storage
from radicale.item import Item

from service.domain.people.vcard_reading import index_of
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from tests.dav.conftest import Device, card, device
from tests.dav.test_contacts import only

SIGNATURES = {
    storage.BaseStorage: {
        "discover": "(self, path: str, depth: str = '0', child_context_manager, user_groups)",
        "move": "(self, item, to_collection, to_href)",
        "create_collection": "(self, href, items, props)",
        "acquire_lock": "(self, mode, user, *args, **kwargs)",
        "verify": "(self)",
    },
    storage.BaseCollection: {
        "sync": "(self, old_token)",
        "get_multi": "(self, hrefs)",
        "get_all": "(self)",
        "get_filtered": "(self, filters)",
        "has_uid": "(self, uid)",
        "upload": "(self, href, item)",
        "delete": "(self, href)",
        "get_meta": "(self, key)",
        "set_meta": "(self, props)",
    },
    rights.BaseRights: {"authorization": "(self, user, user_groups, path)"},
    auth.BaseAuth: {
        "_login_ext": "(self, login, password, context)",
        "get_external_login": "(self, environ)",
        "login": "(self, login, password, context)",
    },
    Item: {
        "__init__": (
            "(self, collection_path, collection, vobject_item, href, last_modified, text, etag, uid, name, "
            "component_name, time_range)"
        ),
        "serialize": "(self)",
    },
}


@pytest.mark.parametrize(
    ("of", "name", "wanted"), [(of, *one) for of, all_ in SIGNATURES.items() for one in all_.items()]
)
def test_radicale_is_asked_as_it_wants_to_be(of: type, name: str, wanted: str) -> None:
    """They changed between 3.1, 3.3, 3.5, 3.7 and 3.9: an upgrade begins here."""
    said = [
        str(one).split(":")[0].split("=")[0].strip() for one in inspect.signature(getattr(of, name)).parameters.values()
    ]
    assert said == [one.split(":")[0].split("=")[0].strip() for one in wanted.strip("()").split(", ")]


def test_a_picture_of_vcard_4_survives_and_is_served_as_3(phone: Device, db: Database, ana: Account) -> None:
    text = card(lines=("PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==", "TEL;VALUE=uri;TYPE=cell:tel:+34600123123"))
    text = text.replace("VERSION:3.0", "VERSION:4.0")
    made = phone.put("four.vcf", text)
    assert made.status_code == 201
    assert "ETag" not in made.headers  # what is served is not what was sent: the device is to look again
    assert only(db, ana).vcard == text
    [got] = phone.fetch("four.vcf").values()
    assert "VERSION:3.0" in got
    assert "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==" in got
    assert "TEL;TYPE=cell:+34600123123" in got
    assert 'version="4.0"' not in phone.ask("PROPFIND", "contacts/", Depth="0").text


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nN:;;;;\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:Ana\r\nN:;;;;\r\nthis is no line\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nN:;;;;\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:Ana\r\nN:;;;;\r\nPHOTO;ENCODING=b:A\r\nEND:VCARD\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        "no card at all",
        "",
    ],
)
def test_what_is_no_card_is_refused_and_leaves_nothing(phone: Device, text: str) -> None:
    assert phone.put("bad.vcf", text).status_code == 400
    assert phone.listing() == {}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1"), "no contact"),
        (("KIND;X=1:Group",), "no contact"),
        (("BEGIN:VCARD", "VERSION:3.0", "FN:Eva", "N:;Eva;;;", "TEL:1", "END:VCARD"), "within the vCard"),
    ],
)
def test_a_list_of_people_and_a_card_within_a_card_are_no_contact(
    phone: Device, lines: tuple[str, ...], sentence: str
) -> None:
    refused = phone.put("odd.vcf", card(lines=lines))
    assert refused.status_code == 403
    assert sentence in refused.text
    assert phone.listing() == {}


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Host": "cards.example"},
        {"X-Script-Name": "/elsewhere"},
        {"X-Script-Name": "elsewhere"},
        {"X-Remote-User": "bruno", "X-Remote-Addr": "10.0.0.1"},
    ],
)
def test_headers_of_proxies_change_nothing(app: APIFlask, ana: Account, forged: dict[str, str]) -> None:
    phone = device(app, ana)
    phone.headers = forged
    phone.put("a.vcf", card())
    assert list(phone.listing()) == ["a.vcf"]
    answer = phone.ask("PROPFIND", "contacts/", Depth="1")
    assert f"/dav/{ana.id}/contacts/a.vcf" in answer.text
    assert "elsewhere" not in answer.text


@pytest.mark.parametrize("name", ["ü.vcf", "UUID:ABPerson.vcf", "名刺.vcf", "a b.vcf", "it's \"*,?.vcf", "%25.vcf"])
def test_a_name_that_a_device_chose_is_the_same_in_every_answer(phone: Device, name: str) -> None:
    from urllib.parse import quote, unquote

    path = quote(name)
    text = card()
    assert phone.put(path, text).status_code == 201
    assert [unquote(href) for href in phone.listing()] == [name]
    assert phone.ask("GET", f"contacts/{path}").data.decode() == text
    assert list(phone.fetch(path)) == [path] or [unquote(one) for one in phone.fetch(path)] == [name]
    assert phone.ask("DELETE", f"contacts/{path}").status_code == 200


def test_a_move_behind_https_goes_to_the_same_machine(phone: Device) -> None:
    phone.put("a.vcf", card())
    where = f"https://cards.example/dav/{phone.owner}/contacts/b.vcf"
    client = phone.app.test_client()
    pair = base64.b64encode(f"{phone.owner}:{phone.secret}".encode()).decode()
    moved = client.open(
        f"/dav/{phone.owner}/contacts/a.vcf",
        method="MOVE",
        base_url="https://cards.example",
        headers={"Destination": where, "Authorization": f"Basic {pair}"},
    )
    assert moved.status_code == 201
    assert list(phone.listing()) == ["b.vcf"]
    elsewhere = phone.ask("MOVE", "contacts/b.vcf", Destination="https://other.example/dav/x/contacts/b.vcf")
    assert elsewhere.status_code == 502


@pytest.mark.parametrize(
    "said", ["Basic", "Basic !!!", "Basic " + "A" * 9, "Bearer x", "Basic /w==", "Digest a=b", " "]
)
def test_a_password_that_is_none_is_a_wrong_one(phone: Device, said: str) -> None:
    answer = phone.ask("PROPFIND", "contacts/", Authorization=said)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><propfind xmlns="DAV:"><prop><x>&b;</x></prop></propfind>',
        '<!DOCTYPE p SYSTEM "file:///etc/passwd"><propfind xmlns="DAV:"><prop><getetag/></prop></propfind>',
        '<propfind xmlns="DAV:"><prop>',
    ],
)
def test_xml_that_is_a_bomb_or_broken_is_refused(phone: Device, bomb: str) -> None:
    for method in ("PROPFIND", "REPORT"):
        assert phone.ask(method, "contacts/", bomb).status_code == 400
    wide = phone.ask("PROPFIND", "contacts/", bomb.encode("utf-16"))
    assert wide.status_code == 400
    assert b"root:" not in wide.data


def test_the_account_and_its_collections_cannot_be_deleted_or_written_over(phone: Device) -> None:
    phone.put("a.vcf", card())
    for path in ("", "contacts/", "touches/", "gatherings/"):
        assert phone.ask("DELETE", path).status_code == 403
    assert phone.ask("PUT", "contacts/", card().encode()).status_code in (403, 405)
    assert phone.ask("MKCOL", "mine/").status_code == 403
    assert phone.ask("MKCALENDAR", "mine/").status_code == 403
    renamed = '<propertyupdate xmlns="DAV:"><set><prop><displayname>Mine</displayname></prop></set></propertyupdate>'
    assert phone.ask("PROPPATCH", "contacts/", renamed).status_code == 403
    assert list(phone.listing()) == ["a.vcf"]


def test_other_peoples_books_are_not_there(app: APIFlask, phone: Device, db: Database) -> None:
    with db.transaction() as tx:
        bruno = accounts.create(tx, name="Bruno")
    his = device(app, bruno)
    his.put("b.vcf", card("Bruno"))
    for path in (f"/dav/{bruno.id}/", f"/dav/{bruno.id}/contacts/", f"/dav/{bruno.id}/contacts/b.vcf"):
        for method in ("PROPFIND", "GET", "REPORT", "DELETE", "PUT"):
            assert phone.ask(method, path).status_code in (403, 404)
    dotted = f"/dav/{phone.owner}/contacts/../../{bruno.id}/contacts/b.vcf"
    assert "Bruno" not in phone.ask("GET", dotted).text
    assert "Bruno" not in phone.ask("GET", dotted.replace("..", "%2e%2e")).text
    multiget = phone.fetch(f"../../{bruno.id}/contacts/b.vcf")
    assert multiget == {}
    stolen = his.token()
    body = f'<sync-collection xmlns="DAV:"><sync-token>{stolen}</sync-token><prop><getetag/></prop></sync-collection>'
    assert phone.ask("REPORT", "contacts/", body).status_code == 403
    assert list(his.listing()) == ["b.vcf"]


@pytest.mark.parametrize(
    "token", ["http://radicale.org/ns/sync/x", "urn:undrawer:sync:x:contacts:1", "{far}", "{old}", "'"]
)
def test_a_token_of_somewhere_or_somewhen_else_sends_the_device_back(phone: Device, token: str) -> None:
    phone.put("a.vcf", card())
    head = phone.token().rpartition(":")[0]
    said = token.replace("{far}", f"{head}:999999").replace("{old}", f"{head}:-1")
    body = f'<sync-collection xmlns="DAV:"><sync-token>{said}</sync-token><prop><getetag/></prop></sync-collection>'
    answer = phone.ask("REPORT", "contacts/", body)
    assert answer.status_code == 403
    assert "valid-sync-token" in answer.text


@pytest.mark.parametrize("service", ["carddav", "caldav"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PROPFIND", "OPTIONS"])
def test_who_knows_the_machine_alone_is_shown_the_way(app: APIFlask, service: str, method: str) -> None:
    answer = app.test_client().open(f"/.well-known/{service}", method=method)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/dav/")


def test_the_root_asks_who_one_is_and_says_where_one_lives(phone: Device) -> None:
    asked = '<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>'
    stranger = Device(phone.app, phone.owner, "")
    assert stranger.ask("PROPFIND", "/dav/", asked, Depth="0").status_code == 401
    for path in ("/dav/", "/dav"):
        found = phone.ask("PROPFIND", path, asked, Depth="0")
        assert found.status_code == 207
        assert f"/dav/{phone.owner}/" in found.text
    options = stranger.ask("OPTIONS", "/dav/")
    assert "addressbook" in options.headers["DAV"]
    assert stranger.ask("GET", "/dav/").headers["Location"].endswith("/settings/address-book")


def test_a_body_has_a_limit(phone: Device) -> None:
    assert phone.put("big.vcf", card(lines=("NOTE:" + "x" * 11_000_000,))).status_code == 413
    assert phone.put("large.vcf", card(lines=("NOTE:" + "x" * 2_100_000,))).status_code == 412
    stranger = Device(phone.app, phone.owner, "")
    assert stranger.ask("PROPFIND", "/dav/", "x" * 100_000).status_code == 413


def test_many_wrong_passwords_are_slowed_down_and_the_right_one_is_let_in(phone: Device) -> None:
    guess = Device(phone.app, phone.owner, "aaaaa-bbbbb")
    found = [guess.ask("PROPFIND", "contacts/").status_code for _ in range(70)]
    assert found[0] == 401
    assert found[-1] == 429
    assert guess.ask("PROPFIND", "contacts/").headers["Retry-After"]
    assert phone.ask("PROPFIND", "contacts/").status_code == 207


def test_the_user_name_must_be_his_own(app: APIFlask, phone: Device, db: Database) -> None:
    for name, wanted in (("ana@example.com", 207), ("ANA@example.com", 207), ("bruno@example.com", 401)):
        pair = base64.b64encode(f"{name}:{phone.secret}".encode()).decode()
        assert phone.ask("PROPFIND", "contacts/", Authorization=f"Basic {pair}").status_code == wanted


def test_no_log_says_what_a_card_says(phone: Device, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="root"):
        phone.put("Perico-Palotes.vcf", card("Perico Palotes").replace("END:VCARD", "Palotes is no line\r\nEND:VCARD"))
        phone.ask("REPORT", "contacts/", "<Palotes>")
    assert not [record for record in caplog.records if re.search("Palotes", record.getMessage())]


def test_a_card_behind_a_byte_order_mark_is_taken_and_the_mark_is_not(phone: Device) -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:abc\r\nFN:Ana Gil\r\nN:Gil;Ana;;;\r\nEND:VCARD\r\n"
    made = phone.put("abc.vcf", f"\ufeff{text}")
    assert made.status_code == 201
    assert "ETag" not in made.headers  # what is kept is not what was sent: the device is to look again
    assert phone.fetch("abc.vcf")["abc.vcf"].splitlines() == text.splitlines()


def test_signs_that_no_answer_may_hold_are_left_out(phone: Device, db: Database, ana: Account) -> None:
    phone.put("a.vcf", card(lines=("NOTE:one\x0btwo\x01",)))
    assert "NOTE:onetwo" in phone.fetch("a.vcf")["a.vcf"]
    assert index_of(only(db, ana).vcard).note == "onetwo"
