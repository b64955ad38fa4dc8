"""Each address book is given its own form: held against a file that a person has looked through."""

from pathlib import Path

import pytest

from service.domain.exports.client import Client, client_of, vcard_for
from service.domain.people.vcard import fields_of
from tests.domain.exports.people import everybody

GOLDEN = Path(__file__).parent / "golden"
VCARDS = [client for client in Client if not client.is_table]


def exported(client: Client) -> str:
    return "".join(vcard_for(text, client) for text in everybody())


@pytest.mark.parametrize("client", VCARDS)
def test_a_client_is_given_its_form_to_the_letter(client: Client) -> None:
    golden = (GOLDEN / f"{client}.vcf").read_bytes().decode()
    assert exported(client) == golden


@pytest.mark.parametrize("client", VCARDS)
def test_every_value_arrives(client: Client) -> None:
    for text in everybody():
        said, told = fields_of(text), fields_of(vcard_for(text, client))
        assert (told.name, told.org, told.title, told.note) == (said.name, said.org, said.title, said.note)
        assert (told.emails, told.urls, told.addresses) == (said.emails, said.urls, said.addresses)
        assert [(phone.raw, phone.type) for phone in told.phones] == [(phone.raw, phone.type) for phone in said.phones]


@pytest.mark.parametrize("client", VCARDS)
def test_a_break_within_a_note_of_ios_breaks_no_line(client: Client) -> None:
    text = everybody()[1].replace("NOTE:", "NOTE:uno\u2028TEL:+34600999999\x85")
    told = fields_of(vcard_for(text, client))
    assert (told.note, told.phones) == (fields_of(text).note, fields_of(text).phones)


def test_a_contact_that_a_device_wrote_in_version_4_is_given_in_it_as_it_stands() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u\r\nFN;ALTID=1;LANGUAGE=es:Ana Gil\r\nFN;ALTID=1;LANGUAGE=eu:Ane Gil\r\n"
        'ADR;LABEL="Calle\\nBilbao";GEO="geo:43,-2":;;Calle;Bilbao;;;\r\nCLIENTPIDMAP:1;urn:uuid:1\r\nEND:VCARD\r\n'
    )
    assert vcard_for(text, Client.V4) == text
    assert "VERSION:3.0" in vcard_for(text, Client.APPLE)


@pytest.mark.parametrize("client", [client for client in VCARDS if client is not Client.ANDROID])
def test_no_line_has_more_than_75_octets(client: Client) -> None:
    assert max(map(len, exported(client).encode().split(b"\r\n"))) <= 75


def test_android_is_given_no_folded_line() -> None:
    assert not any(line.startswith((" ", "\t")) for line in exported(Client.ANDROID).split("\r\n"))


def test_outlook_is_told_the_letters_of_what_is_not_ascii_and_is_given_no_groups() -> None:
    unfolded = exported(Client.OUTLOOK).replace("\r\n ", "")
    for line in unfolded.split("\r\n"):
        assert line.isascii() or ";CHARSET=utf-8" in line.partition(":")[0], line
    assert "item1." not in unfolded


def test_no_parameter_is_quoted_for_iphones_show_the_quotes() -> None:
    for line in exported(Client.APPLE).replace("\r\n ", "").split("\r\n"):
        assert '"' not in line.partition(":")[0]


def test_version_4_says_kinds_and_times_as_its_standard_does() -> None:
    text = exported(Client.V4)
    assert text.count("VERSION:4.0\r\n") == 5
    assert "KIND:org\r\n" in text
    assert "REV:20260305T093001Z\r\n" in text
    assert "TEL;TYPE=cell:+34655412093\r\n" in text
    assert "INTERNET" not in text


def test_a_picture_goes_along_in_version_4_as_an_address_of_its_own() -> None:
    text = everybody()[2].replace("END:VCARD", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\nEND:VCARD")
    assert "PHOTO:data:image/jpeg;base64,/9j/4AAQ\r\n" in vcard_for(text, Client.V4)


@pytest.mark.parametrize(
    ("agent", "client"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15", Client.APPLE),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15", Client.APPLE),
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile", Client.ANDROID),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", Client.OUTLOOK),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0", Client.GOOGLE),
        ("", Client.GOOGLE),
    ],
)
def test_the_browser_says_whose_address_book_it_is(agent: str, client: Client) -> None:
    assert client_of(agent) is client
