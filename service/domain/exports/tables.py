"""Contacts as rows, under the headings that Outlook and Google give their own files."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from service.domain.exports.client import Client
from service.domain.exports.losses import kind_of_number
from service.domain.people.content_lines import Line, lines_of, parts, plain
from service.domain.people.vcard_three import as_three

_NAME: Final = ("Last Name", "First Name", "Middle Name", "Title", "Suffix")
"""As the parts of a name stand in a vCard."""
_OUTLOOK: Final = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,"
    "Business State,Business Postal Code,Business Country/Region,Business Fax,Business Phone,Business Phone 2,"
    "Home Phone,Home Phone 2,Mobile Phone,Other Phone,Birthday,Categories,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Notes,Web Page"
).split(",")
_GOOGLE: Final = [
    *"First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Labels".split(","),
    *(f"E-mail {number} - {what}" for number in (1, 2, 3) for what in ("Label", "Value")),
    *(f"Phone {number} - {what}" for number in (1, 2, 3, 4) for what in ("Label", "Value")),
    *(
        f"Address {number} - {what}"
        for number in (1, 2)
        for what in ("Label", "Formatted", "Street", "City", "Region", "Postal Code", "Country")
    ),
    *(f"Website {number} - {what}" for number in (1, 2, 3) for what in ("Label", "Value")),
]
_OUTLOOK_NUMBERS: Final = {
    "WORK": ("Business Phone", "Business Phone 2"),
    "HOME": ("Home Phone", "Home Phone 2"),
    "MOBILE": ("Mobile Phone",),
    "FAX": ("Business Fax",),
    "OTHER": ("Other Phone",),
}
_GOOGLE_LABELS: Final = {"MOBILE": "Mobile", "FAX": "Work Fax", "WORK": "Work", "HOME": "Home", "OTHER": "Other"}
_NUMBER: Final = re.compile(r"\+?[\d\s().-]+(ext\. \d+)?")


def headings(client: Client) -> Sequence[str]:
    return _OUTLOOK if client is Client.OUTLOOK_CSV else _GOOGLE


def head(client: Client) -> str:
    """The first line, behind the mark by which spreadsheets know UTF-8."""
    return "\ufeff" + _line(headings(client))


def row(text: str, client: Client) -> str:
    """A contact as a line of the file."""
    lines = list(lines_of(as_three(text)))
    told = dict(_common(lines))
    told |= dict(_outlook(lines) if client is Client.OUTLOOK_CSV else _google(lines))
    return _line([_safe(told.get(heading, "")) for heading in headings(client)])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _safe(cell: str) -> str:
    """Never a formula: what begins like one is led by an apostrophe; a number with its country's prefix is none."""
    if cell[:1] in tuple("=+-@\t\r") and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _common(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    name = [plain(part) for part in parts(_one(lines, "N"))]
    yield from zip(_NAME, [*name, *[""] * 5][:5], strict=True)
    if not any(name) and not _one(lines, "ORG"):
        yield "First Name", plain(_one(lines, "FN"))
    yield "Birthday", plain(_one(lines, "BDAY"))
    yield "Notes", plain(_one(lines, "NOTE"))


def _outlook(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    firm = [plain(part) for part in parts(_one(lines, "ORG"))]
    yield "Company", firm[0]
    yield "Department", " ".join(firm[1:])
    yield "Job Title", plain(_one(lines, "TITLE"))
    yield "Categories", plain(_one(lines, "CATEGORIES"))
    yield "Web Page", plain(_one(lines, "URL"))
    mails = [plain(line.value) for line in lines if line.name == "EMAIL"]
    yield from zip(("E-mail Address", "E-mail 2 Address", "E-mail 3 Address"), mails, strict=False)
    for kind, columns in _OUTLOOK_NUMBERS.items():
        numbers = [plain(line.value) for line in lines if line.name == "TEL" and kind_of_number(line) == kind]
        yield from zip(columns, numbers, strict=False)
    address = next((line for line in lines if line.name == "ADR"), None)
    if address:
        _street, *places = _places(address)
        yield "Business Street", _street
        where = ("Business City", "Business State", "Business Postal Code", "Business Country/Region")
        yield from zip(where, places, strict=True)


def _google(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    firm = [plain(part) for part in parts(_one(lines, "ORG"))]
    name = dict(_common(lines))
    yield "Name Prefix", name["Title"]
    yield "Name Suffix", name["Suffix"]
    yield "Nickname", plain(_one(lines, "NICKNAME"))
    yield "Organization Name", firm[0]
    yield "Organization Department", " ".join(firm[1:])
    yield "Organization Title", plain(_one(lines, "TITLE"))
    labels = [plain(_one(lines, "CATEGORIES")), "* myContacts"]
    yield "Labels", " ::: ".join(label for label in labels if label)
    yield from _numbered("E-mail", [("* " if at == 0 else "", line) for at, line in enumerate(_named(lines, "EMAIL"))])
    yield from _numbered("Phone", [(_GOOGLE_LABELS[kind_of_number(line)], line) for line in _named(lines, "TEL")])
    yield from _numbered("Website", [("", line) for line in _named(lines, "URL")])
    for number, line in enumerate(_named(lines, "ADR"), start=1):
        street, city, region, code, country = _places(line)
        yield f"Address {number} - Label", "Work"
        yield f"Address {number} - Street", street
        yield f"Address {number} - City", city
        yield f"Address {number} - Region", region
        yield f"Address {number} - Postal Code", code
        yield f"Address {number} - Country", country


def _numbered(what: str, found: Sequence[tuple[str, Line]]) -> Iterator[tuple[str, str]]:
    for number, (label, line) in enumerate(found, start=1):
        yield f"{what} {number} - Label", label.strip()
        yield f"{what} {number} - Value", plain(line.value)


def _places(line: Line) -> tuple[str, ...]:
    """Street, town, region, code and country of an address."""
    box, extra, street, town, region, code, country = [*map(plain, parts(line.value)), *[""] * 7][:7]
    return ", ".join(part for part in (street, extra, box) if part), town, region, code, country


def _named(lines: Sequence[Line], name: str) -> list[Line]:
    return [line for line in lines if line.name == name]


def _one(lines: Sequence[Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")
