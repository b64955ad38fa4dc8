"""An edit changes the lines that it is about, and no other byte."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.people.content_lines import lines_of, text_of
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


@given(st.text(st.sampled_from("aN:;\r\n \t\x85\u2028")) | st.text())
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


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x85", "\x0b"])
def test_an_end_of_line_within_a_line_is_read_everywhere_alike(end: str) -> None:
    """A bare CR ends a line; the breaks that notes of iOS hold, and others that Python knows, are letters."""
    odd = ODD.replace("VERSION:4.0", "VERSION:3.0").replace("ORG:", f"NOTE:uno{end}TEL:+34600999999\r\nORG:")
    numbers = [phone.raw for phone in fields_of(odd).phones]
    assert ("+34600999999" in numbers) is (end == "\r")
    written = [line.value for line in lines_of(odd) if line.name == "TEL"]
    assert [one.removeprefix("tel:") for one in written] == numbers
    after = edit(odd, {"phones": [], "note": "otra"}, now=NOW)
    assert (fields_of(after).phones, fields_of(after).note) == ((), "otra")


LINES = st.sampled_from(
    'TEL:1234567|TEL;TYPE=cell,work:+34600123123|item1.TEL;X-A="a:b;c,d":+34600123124|ITEM1.X-ABLabel:Uno|tel:7|TEL:|'
    "EMAIL:a@b.example|EMAIL;type=INTERNET;type=pref:c@d.example|EMAIL:|URL:|item2.URL:https://x.example|ORG:|ORG:a;b;c|"
    "ADR:|ADR;TYPE=home:;;Calle\\, 1;Bilbao|item3.ADR:;;a\\nb;;;;|NOTE:uno\\ndos|NOTE:\u2028tres|NOTE:a\rTITLE:b|TITLE:x|"
    'TITLE:y|X-ODD;P="":z|BDAY:1604-05-12|N:Gil;Ana|N:x|NICKNAME:a,b|CATEGORIES:a\\,b,c|PHOTO;ENCODING=b:AAAA|'
    "X-SOCIALPROFILE;type=x:https://x.example/a|REV:now|UID:other".split("|")
)
CHANGES = {
    "name": "Eva Gil",
    "org": "Arce",
    "title": "T",
    "note": "n",
    "emails": ["n@x.example"],
    "urls": ["https://n.example"],
    "phones": ["+34611111111"],
    "addresses": ["Calle Mayor 1"],
}


@given(st.lists(LINES, max_size=12), st.sampled_from(sorted(CHANGES)))
def test_whatever_a_device_wrote_an_edit_changes_what_it_is_about(lines: list[str], name: str) -> None:
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:u", "FN:Ana", *lines, "END:VCARD", ""])
    before, after = fields_of(text), fields_of(edit(text, {name: CHANGES[name]}, now=NOW))
    wanted = fields_of(edit(text_of(lines_of(text)), {name: CHANGES[name]}, now=NOW))
    assert after == wanted
    untouched = {"title", "note", "emails", "urls", "phones", "addresses", "profiles"} - {name}
    assert all(getattr(after, one) == getattr(before, one) for one in untouched)
