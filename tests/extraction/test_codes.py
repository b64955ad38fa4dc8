import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.reading.card import Address, PersonName, Phone, PhoneType
from tests.extraction.printed import card
from workers.extraction.fields.contact import codes, points

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Garc=C3=ADa;Ana
TEL;CELL;VOICE:600123456
TEL;WORK;FAX:+34 91 123 45 67
ORG:Acme;Ventas
TITLE:CEO
ADR;WORK:;;C/ Mayor 1;Madrid;;28013;España
END:VCARD"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Ana García
N:García;Ana;;Dra.;
TEL;VALUE=uri;TYPE="voice,work":tel:+34-91-123-45-67;ext=12
EMAIL:Ana@acme.es
END:VCARD"""
MECARD = r"MECARD:N:García,Ana;TEL:+34600123456;EMAIL:ana@acme.es;URL:https\://acme.es;;"


def test_an_old_vcard_is_read_with_its_types_and_its_letters() -> None:
    contact = codes.understand([OLD], country="ES")
    assert contact is not None
    assert contact.name == PersonName("Ana García", "Ana", "García")
    assert (contact.org, contact.department, contact.title) == ("Acme", "Ventas", "CEO")
    assert contact.phones == (
        Phone("600123456", "+34600123456", PhoneType.MOBILE),
        Phone("+34 91 123 45 67", "+34911234567", PhoneType.FAX),
    )
    assert contact.addresses == (
        Address("C/ Mayor 1, 28013 Madrid, España", "C/ Mayor 1", "", "28013", "Madrid", "", "España"),
    )


def test_a_new_vcard_is_read_with_its_extension() -> None:
    contact = codes.understand([NEW])
    assert contact is not None
    assert contact.name == PersonName("Ana García", "Ana", "García", "Dra.")
    assert contact.phones == (Phone("+34-91-123-45-67", "+34911234567", PhoneType.WORK, "12"),)
    assert contact.emails == ("ana@acme.es",)


def test_a_mecard_is_read() -> None:
    contact = codes.understand([MECARD])
    assert contact is not None
    assert contact.name == PersonName("Ana García", "Ana", "García")
    assert contact.urls == ("https://acme.es",)


@pytest.mark.parametrize(
    ("payload", "field", "value"),
    [
        ("https://acme.es/ana", "urls", "https://acme.es/ana"),
        ("mailto:ana@acme.es?subject=hi", "emails", "ana@acme.es"),
        ("MATMSG:TO:ana@acme.es;SUB:x;BODY:y;;", "emails", "ana@acme.es"),
        ("tel:+34911234567", "phones", Phone("+34911234567", "+34911234567", PhoneType.WORK)),
        ("https://wa.me/34600123456", "phones", Phone("+34600123456", "+34600123456", PhoneType.MOBILE)),
    ],
)
def test_a_code_with_one_thing_gives_that_thing(payload: str, field: str, value: object) -> None:
    contact = codes.understand([payload])
    assert contact is not None
    assert getattr(contact, field) == (value,)


@pytest.mark.parametrize(
    "payload", ["", "hola", "WIFI:S:net;T:WPA;P:x;;", "BEGIN:VCARD\nbroken", "12345", "geo:40.4,-3.7"]
)
def test_a_code_without_a_contact_gives_none(payload: str) -> None:
    assert codes.understand([payload]) is None


def test_several_codes_make_one_contact() -> None:
    contact = codes.understand([MECARD, "https://acme.es/ana", MECARD])
    assert contact is not None
    assert contact.urls == ("https://acme.es", "https://acme.es/ana")
    assert contact.emails == ("ana@acme.es",)


def test_what_print_and_code_both_say_is_there_once_and_surer() -> None:
    lines = card("Ana García", "ana@acme.es", "+34 600 123 456")
    printed, both = points.propose(lines), points.propose(lines, [MECARD])
    assert [mail.value for mail in both.emails] == ["ana@acme.es"]
    assert len(both.phones) == 1
    assert both.emails[0].score > printed.emails[0].score
    assert "code" in both.emails[0].passed
    assert [url.kind for url in both.urls] == ["code"]


def test_the_print_of_what_the_code_says_may_be_misread() -> None:
    both = points.propose(card("Ana García", "ana@acrne.es", "+34 600 123 45"), [MECARD])
    assert [mail.value for mail in both.emails] == ["ana@acme.es"]
    assert [number.value.e164 for number in both.phones] == ["+34600123456"]


@given(st.text(max_size=200))
def test_no_payload_breaks_it(text: str) -> None:
    for head in ("", "BEGIN:VCARD\n", "MECARD:", "tel:", "mailto:", "http://"):
        codes.understand([head + text])
