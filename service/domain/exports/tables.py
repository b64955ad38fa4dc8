"""Contacts as rows, under the headings that Outlook and Google give their own files."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
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
    "Home Phone,Home Phone 2,Mobile Phone,Other Phone,Pager,Nickname,Birthday,Anniversary,Categories,E-mail Address,"
    "E-mail 2 Address,E-mail 3 Address,Notes,Web Page"
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
    *(f"{what} 1 - {part}" for what in ("Event", "Relation") for part in ("Label", "Value")),
]
_OUTLOOK_NUMBERS: Final = {
    "WORK": ("Business Phone", "Business Phone 2"),
    "HOME": ("Home Phone", "Home Phone 2"),
    "MOBILE": ("Mobile Phone",),
    "FAX": ("Business Fax",),
    "PAGER": ("Pager",),
    "OTHER": ("Other Phone",),
}
_KINDS_OF_NUMBERS: Final = {"MOBILE": "Mobile", "PAGER": "Pager", "WORK": "Work", "HOME": "Home", "OTHER": "Other"}
_EVENTS: Final = ("X-ABDATE", "X-ANNIVERSARY", "ANNIVERSARY")
_OF_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_")
_NO_YEAR: Final = "1604-"
"""How Apple begins a birthday of which nobody knows the year; Google writes two hyphens."""
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
    """Never a formula: what begins like one is led by an apostrophe; a number with its country's prefix is none.

    What has apostrophes before such a beginning gets one more, so that an import may take one away and finds it as it was.
    """
    if cell.lstrip("'")[:1] in tuple("=+-@\t\r") and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _common(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    name = [plain(part) for part in parts(_one(lines, "N"))]
    yield from zip(_NAME, [*name, *[""] * 5][:5], strict=True)
    if not any(name) and not _one(lines, "ORG"):
        yield "First Name", plain(_one(lines, "FN"))
    yield "Birthday", plain(_one(lines, "BDAY"))
    yield "Nickname", plain(_one(lines, "NICKNAME"))
    yield "Notes", plain(_one(lines, "NOTE"))


def _outlook(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    firm = [plain(part) for part in parts(_one(lines, "ORG"))]
    yield "Company", firm[0]
    yield "Department", " ".join(firm[1:])
    yield "Job Title", plain(_one(lines, "TITLE"))
    yield "Categories", ";".join(_categories(lines))
    yield "Anniversary", next((plain(line.value) for line in lines if line.name in _EVENTS[1:]), "")
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
    yield "Birthday", re.sub(f"^{_NO_YEAR}", "--", name["Birthday"])
    yield "Organization Name", firm[0]
    yield "Organization Department", " ".join(firm[1:])
    yield "Organization Title", plain(_one(lines, "TITLE"))
    yield "Labels", " ::: ".join([*_categories(lines), "* myContacts"])
    own = {line.group.lower(): _OF_APPLE.sub(r"\1", plain(line.value)) for line in lines if line.name == "X-ABLABEL"}
    for what, names in (("E-mail", ("EMAIL",)), ("Phone", ("TEL",)), ("Website", ("URL",)), ("Address", ("ADR",))):
        yield from _numbered(what, _named(lines, *names), own)
    yield from _numbered("Event", _named(lines, *_EVENTS), own)
    yield from _numbered("Relation", _named(lines, "X-ABRELATEDNAMES"), own)


def _numbered(what: str, found: Sequence[Line], own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Values with their labels; of several mails the first is marked, as Google does."""
    for number, line in enumerate(found, start=1):
        label = own.get(line.group.lower(), "") if line.group else ""
        first = "* " if what == "E-mail" and number == 1 else ""
        yield f"{what} {number} - Label", f"{first}{label or _usual_label(line)}".strip()
        if line.name == "ADR":
            parted = zip(("Street", "City", "Region", "Postal Code", "Country"), _places(line), strict=True)
            yield from ((f"{what} {number} - {part}", said) for part, said in parted)
        else:
            yield f"{what} {number} - Value", plain(line.value)


def _usual_label(line: Line) -> str:
    """By what the value is for."""
    of = next((word for kind, word in (("HOME", "Home"), ("WORK", "Work")) if kind in line.types), "")
    if line.name == "TEL":
        kind = kind_of_number(line)
        return f"{of or 'Work'} Fax" if kind == "FAX" else _KINDS_OF_NUMBERS[kind]
    return "Anniversary" if line.name in _EVENTS[1:] else of


def _categories(lines: Sequence[Line]) -> list[str]:
    said = (part for line in lines if line.name == "CATEGORIES" for part in parts(line.value, ","))
    return [plain(part).strip() for part in said if part.strip()]


def _places(line: Line) -> tuple[str, ...]:
    """Street, town, region, code and country of an address."""
    box, extra, street, town, region, code, country = [*map(plain, parts(line.value)), *[""] * 7][:7]
    return ", ".join(part for part in (street, extra, box) if part), town, region, code, country


def _named(lines: Sequence[Line], *names: str) -> list[Line]:
    return [line for line in lines if line.name in names]


def _one(lines: Sequence[Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")
