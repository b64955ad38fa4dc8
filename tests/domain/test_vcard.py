"""A contact becomes a vCard that other programs read the same way, and that survives being edited."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import BadValue
from service.domain.people.contact import CardFields, Contact, contact_of
from service.domain.people.vcard import edit, fields_of, index_of, note_of, render
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile

NOW = datetime(2026, 3, 5, 9, 30, 1, 999, tzinfo=UTC)
NURIA = CardFields(
    name=PersonName("Nuria Ibáñez de la Peña", "Nuria", "Ibáñez de la Peña", prefix="Dra."),
    org="Filtros, Tubos & Cía; S.L.",
    department="Compras",
    title="Jefa de compras",
    emails=("nuria@filtrosytubos.es",),
    phones=(
        Phone("944 23 18 07", "+34944231807", PhoneType.WORK, extension="12"),
        Phone("655 41 20 93", "+34655412093", PhoneType.MOBILE),
        Phone("2294-9484", "", PhoneType.FAX),
    ),
    urls=("www.filtrosytubos.es",),
    profiles=(Profile("linkedin", "nuria-ibanez", "https://www.linkedin.com/in/nuria-ibanez"),),
    addresses=(Address("Gran Vía 3, 2º, 48001 Bilbao", "Gran Vía 3", "2º", "48001", "Bilbao", "", "ES"),),
)


def contact(fields: CardFields = NURIA, *, gathering: str = "", note: str = "") -> Contact:
    return contact_of(fields, uid="urn:uuid:1", gathering=gathering, note=note, met_on=date(2026, 3, 4), now=NOW)


def read(text: str) -> vobject.base.Component:
    return vobject.readOne(text)


def test_it_is_version_3_with_name_uid_and_a_plain_utc_revision() -> None:
    text = render(contact())
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("END:VCARD\r\n")
    assert "REV:2026-03-05T09:30:01Z\r\n" in text
    card = read(text)
    assert card.uid.value == "urn:uuid:1"
    assert card.fn.value == "Nuria Ibáñez de la Peña"
    assert (card.n.value.given, card.n.value.family, card.n.value.prefix) == ("Nuria", "Ibáñez de la Peña", "Dra.")


def test_the_revision_is_said_in_utc_whatever_the_zone() -> None:
    local = contact()
    moved = Contact(local.uid, local.fields, "", "", NOW.astimezone(timezone(timedelta(hours=5))))
    assert "REV:2026-03-05T09:30:01Z" in render(moved)


def test_each_number_says_what_it_is_for() -> None:
    text = render(contact())
    assert "TEL;TYPE=WORK,VOICE:+34944231807 ext. 12\r\n" in text
    assert "TEL;TYPE=CELL:+34655412093\r\n" in text
    assert "TEL;TYPE=FAX:2294-9484\r\n" in text


def test_a_profile_stands_as_a_url_too() -> None:
    card = read(render(contact()))
    assert [line.value for line in card.contents["url"]] == [
        "https://www.filtrosytubos.es",
        "https://www.linkedin.com/in/nuria-ibanez",
    ]


def test_separators_inside_values_stay_inside_them() -> None:
    card = read(render(contact(gathering="Feria, Bilbao; 2026")))
    assert card.org.value == ["Filtros, Tubos & Cía; S.L.", "Compras"]
    assert "CATEGORIES:Feria\\, Bilbao\\; 2026\r\n" in render(contact(gathering="Feria, Bilbao; 2026"))


def test_the_note_says_where_and_when_we_met_and_what_was_noted() -> None:
    card = read(render(contact(gathering="Feria de Bilbao", note="promised the paper\non Monday")))
    assert card.note.value == "Feria de Bilbao, 2026-03-04\npromised the paper\non Monday"


def test_a_company_without_a_person_is_shown_as_a_company() -> None:
    text = render(contact(CardFields(org="Taller Ñandú", phones=(Phone("2294-9484"),))))
    assert "\r\nN:;;;;\r\n" in text
    assert "FN:Taller Ñandú\r\n" in text
    assert "X-ABSHOWAS:COMPANY\r\n" in text
    assert index_of(text).kind == "company"


def test_no_line_is_longer_than_75_octets_nor_cut_inside_a_letter() -> None:
    text = render(contact(note="ñandú 日本 🙂 " * 60))
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_an_address_without_its_street_is_kept_as_printed() -> None:
    printed = "Polígono Norte, nave 4, 48001 Bilbao"
    card = read(render(contact(CardFields(org="X", addresses=(Address(printed, postcode="48001", city="Bilbao"),)))))
    assert ", ".join(card.adr.value.street) == printed or card.adr.value.street == printed
    assert not card.adr.value.code


@pytest.mark.parametrize(("code", "shown"), [("ES", "España"), ("DE", "Deutschland"), ("Perú", "Perú"), ("XX", "XX")])
def test_a_country_is_written_as_its_people_write_it(code: str, shown: str) -> None:
    office = Address("Gran Vía 3", "Gran Vía 3", country=code)
    assert read(render(contact(CardFields(org="X", addresses=(office,))))).adr.value.country == shown


PHONE = """BEGIN:VCARD\r
VERSION:3.0\r
UID:abc\r
N:Vega;Ana;;;\r
FN:Ana Vega\r
item1.TEL;TYPE=pref:+34600111222\r
item1.X-ABLabel:Madrid\r
TEL;TYPE=CELL:+34600333444\r
X-PHONETIC-LAST-NAME:be-ga\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r
END:VCARD\r
"""


def test_an_edit_leaves_what_it_does_not_know() -> None:
    text = edit(PHONE, {"title": "Arquitecta", "emails": ["ana@vega.es"]}, now=NOW)
    card = read(text)
    assert card.title.value == "Arquitecta"
    assert card.email.value == "ana@vega.es"
    assert card.contents["x-phonetic-last-name"][0].value == "be-ga"
    assert "/9j/4AAQ" in text
    assert index_of(text).uid == "abc"
    assert card.contents["x-ablabel"][0].value == "Madrid"


def test_a_number_that_goes_takes_its_label_along_and_the_other_stays_as_it_was() -> None:
    text = edit(PHONE, {"phones": [{"raw": "+34600333444", "type": "mobile"}]}, now=NOW)
    assert "X-ABLABEL" not in text.upper()
    assert "TEL;TYPE=CELL:+34600333444\r\n" in text


def test_a_typed_name_is_filed_by_given_and_family_name() -> None:
    card = read(edit(PHONE, {"name": "Ana María Vega"}, now=NOW))
    assert card.fn.value == "Ana María Vega"
    assert (card.n.value.given, card.n.value.family) == ("Ana María", "Vega")


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCARD\r\nFN:x", "BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
def test_what_is_no_vcard_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        fields_of(text)
    assert caught.value.code == "not_a_vcard"


WORDS = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=30)
TEXT = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(given_name=TEXT, family=TEXT, org=TEXT, title=TEXT, note=TEXT, emails=st.lists(WORDS, max_size=3, unique=True))
def test_what_is_written_is_read_back(
    given_name: str, family: str, org: str, title: str, note: str, emails: list[str]
) -> None:
    fields = CardFields(
        name=PersonName(f"{given_name} {family}", given_name, family),
        org=org,
        title=title,
        emails=tuple(emails),
        note=note,
    )
    text = render(contact_of(fields, uid="u", gathering="", note="", met_on=None, now=NOW))
    assert fields_of(text) == fields
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))


@given(title=TEXT)
def test_an_edit_changes_one_property_and_nothing_else(title: str) -> None:
    before = render(contact(gathering="Feria"))
    after = edit(before, {"title": title}, now=NOW)
    same = [line for line in read(before).lines() if line.name not in ("TITLE", "REV")]
    kept = [line for line in read(after).lines() if line.name not in ("TITLE", "REV")]
    assert [(line.name, line.value) for line in same] == [(line.name, line.value) for line in kept]
    assert fields_of(after).title == title


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("NOTE:Feria\\, Bilbao\\nbusca sen\r\n sores", "Feria, Bilbao\nbusca sensores"),
        ("item1.NOTE;LANGUAGE=es:hola\\; adiós", "hola; adiós"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:hola=C3=A1", ""),
        ("X-NOTE:no", ""),
        ("TITLE:NOTE:no", ""),
    ],
)
def test_the_note_alone_is_what_parsing_gives(line: str, note: str) -> None:
    text = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:Ana\r\nN:Ana;;;;\r\n{line}\r\nEND:VCARD\r\n"
    assert note_of(text) == note
    assert not note or fields_of(text).note == note


def test_a_company_beside_a_name_in_one_piece_makes_no_company_of_a_person() -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nN:;;;;\r\nFN:{}\r\nORG:Arce\\, S.L.;Compras\r\nEND:VCARD\r\n"
    assert index_of(card.format("Ana Gil")).name == "Ana Gil"
    assert index_of(card.format("Arce\\, S.L.")).kind == "company"
