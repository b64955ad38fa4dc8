"""An edit changes the lines that it is about, and no other byte."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.people.vcard import edit, fields_of
from service.domain.people.vcard_rows import rows_of
from service.domain.people.vcard_three import as_three

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ODD = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nPHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGB\r\n"
    ' gcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U\r\nFN:Ana Muñoz\r\nN:Muñoz;Ana;;;\r\nitem1.TEL;VALUE=uri;TYPE="cell,voice":tel:+34600123123\r\n'
    'item1.X-ABLabel:Barco\r\nTEL;TYPE=HOME:+34600123124\r\nx-odd;a="b;c":k\\;ept\r\nORG:Arce;Compras;Norte\r\n'
    "REV:20260101T000000Z\r\nEND:VCARD\r\n"
)


def test_all_other_lines_stay_byte_for_byte() -> None:
    after = edit(ODD, {"title": "Directora"}, now=NOW)
    before = ODD.replace("REV:20260101T000000Z\r\n", "")
    assert after.replace("TITLE:Directora\r\n", "").replace("REV:2026-11-01T00:00:00Z\r\n", "") == before
    assert fields_of(after).title == "Directora"


def test_a_number_that_goes_takes_its_label_along() -> None:
    kept = [{"raw": "+34600123124", "e164": "+34600123124", "type": "home", "extension": ""}]
    after = edit(ODD, {"phones": kept}, now=NOW)
    assert "item1" not in after
    assert "TEL;TYPE=HOME:+34600123124\r\n" in after
    assert "PHOTO:data:image/jpeg;base64,/9j/" in after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_new_lines_end_as_the_others_do(end: str) -> None:
    text = ODD.replace("\r\n", end)
    after = edit(text, {"org": "Faro", "note": "Una nota muy larga " * 9}, now=NOW)
    assert after.count("\n") == after.count(end)
    assert fields_of(after).org == "Faro"


@given(st.text())
def test_rows_put_together_are_the_text(text: str) -> None:
    assert "".join(row.raw for row in rows_of(text)) == text


def test_a_card_of_version_3_is_given_as_it_is_and_one_of_4_with_all_that_3_knows() -> None:
    three = as_three(ODD)
    assert as_three(three) == three
    assert "PHOTO;ENCODING=b;TYPE=JPEG:/9j/" in three.replace("\r\n ", "")
    assert "item1.X-ABLABEL:Barco" in three or "item1.X-ABLabel:Barco" in three
    assert '"' not in three.partition("X-ODD")[0]
    assert fields_of(three).phones[0].raw == "+34600123123"


def test_a_card_of_version_2_is_read_with_its_soft_breaks_and_its_charset() -> None:
    old = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:u\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;=\r\nAna;;;\r\n"
        "TEL;CELL:600123123\r\nNOTE;ENCODING=QUOTED-PRINTABLE:uno=0D=0Ados, tres\r\nEND:VCARD\r\n"
    )
    found = fields_of(as_three(old))
    assert found.name
    assert (found.name.family, found.name.given) == ("Muñoz", "Ana")
    assert found.note == "uno\ndos, tres"
