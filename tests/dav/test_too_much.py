"""What no device asks, and somebody might: deep XML, endless XML, XML in hidden letters, a card of a hundred thousand lines."""

import codecs

import pytest

from service.domain.imports.cards import MAX_PROPERTIES
from tests.dav.conftest import Device, answers, card

BOMB = '<?xml version="1.0" encoding="{0}"?><!DOCTYPE p [<!ENTITY a "ha">]><propfind xmlns="DAV:"><prop><x>&a;</x></prop></propfind>'
SIMPLE = '<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>'
DEEP = b"<a>" * 50_000 + b"</a>" * 50_000
ENDLESS = b'<propfind xmlns="DAV:"><prop>' + b"<displayname/>" * 50_000 + b"</prop></propfind>"


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT"])
@pytest.mark.parametrize("body", [DEEP, ENDLESS], ids=["deep", "endless"])
def test_xml_that_would_take_a_process_with_it_is_refused(phone: Device, method: str, body: bytes) -> None:
    for path in ("", "contacts/"):
        answer = phone.ask(method, path, body, Depth="1")
        assert answer.status_code == 400
        assert "more XML" in answer.text


@pytest.mark.parametrize("letters", ["utf-16", "utf-16-le", "utf-32", "cp500", "utf-7"])
def test_a_document_type_hides_in_no_letters(phone: Device, letters: str) -> None:
    for kind in (f"text/xml; charset={letters}", "text/xml"):
        answer = phone.ask("PROPFIND", "contacts/", BOMB.format(letters).encode(letters), Content_Type=kind, Depth="0")
        assert answer.status_code == 400


def test_what_devices_say_of_their_letters_changes_nothing(phone: Device) -> None:
    for body in (SIMPLE.encode(), codecs.BOM_UTF8 + SIMPLE.encode(), b""):
        for kind in ("", "text/xml", "application/xml; charset=UTF-8", "text/xml; charset=nonsense"):
            assert phone.ask("PROPFIND", "contacts/", body, Content_Type=kind, Depth="0").status_code == 207


def test_a_first_sync_may_name_every_contact(phone: Device) -> None:
    phone.put("a.vcf", card())
    base = f"/dav/{phone.owner}/contacts"
    names = f"<href>{base}/a.vcf</href>" + "".join(f"<href>{base}/{number}.vcf</href>" for number in range(5000))
    body = (
        '<C:addressbook-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><prop><getetag/></prop>'
        f"{names}</C:addressbook-multiget>"
    )
    found = answers(phone.ask("REPORT", "contacts/", body))
    assert f"{base}/a.vcf" in found


def test_a_card_of_endless_lines_is_not_kept(phone: Device) -> None:
    answer = phone.put("a.vcf", card(lines=("X-LINE:a",) * MAX_PROPERTIES))
    assert answer.status_code == 413
    folded = "NOTE:a" + "\r\n b" * (2 * MAX_PROPERTIES)
    assert phone.put("b.vcf", card(lines=(folded,))).status_code == 201
    assert list(phone.listing()) == ["b.vcf"]
