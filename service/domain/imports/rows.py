"""A row as a contact: its values checked one by one, what cannot be kept left out with the reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from service.domain.errors import BadValue
from service.domain.imports.columns import Column
from service.domain.imports.days import day_of
from service.domain.people.contact import CardFields
from service.domain.reading.card import Profile
from service.domain.reading.correction import apply

_MAIL: Final = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]+\.[^\s@<>\"',;]{2,}")
_FORMULA: Final = re.compile(r"\s*(?:=|[@+-]\s*[A-Za-z_]+\s*\()")
_SINGLE: Final = (Column.NAME, Column.GIVEN, Column.FAMILY, Column.ORG, Column.DEPARTMENT, Column.TITLE)
_PHONES: Final = {
    Column.PHONE: "",
    Column.MOBILE: "mobile",
    Column.WORK_PHONE: "work",
    Column.HOME_PHONE: "home",
    Column.FAX: "fax",
}
_BY_LABEL: Final = (
    ("fax", Column.FAX),
    ("mobile", Column.MOBILE),
    ("cell", Column.MOBILE),
    ("móvil", Column.MOBILE),
    ("work", Column.WORK_PHONE),
    ("trabajo", Column.WORK_PHONE),
    ("home", Column.HOME_PHONE),
    ("casa", Column.HOME_PHONE),
)
_SEVERAL: Final = " ::: "
"""Between two values in one cell of Google's."""
_SPLIT: Final = frozenset({*_PHONES, Column.EMAIL, Column.URL})
_PLACE: Final = {
    Column.ADDRESS: "street",
    Column.TOWN: "city",
    Column.POSTCODE: "postcode",
    Column.REGION: "region",
    Column.COUNTRY: "country",
}
_EARLIEST: Final = date(1920, 1, 1)


class Trouble(StrEnum):
    """Why a row, or one value of it, did not go in."""

    BROKEN = "broken"
    NOBODY = "nobody"
    TOO_LONG = "too long"
    FORMULA = "formula"
    MAIL = "mail"
    DAY = "day"
    FUTURE = "future"
    TWICE = "twice"
    NOT_CLOSED = "not closed"
    GROUP = "group"
    ELSEWHERE = "elsewhere"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that goes in; `left_out` says which columns did not, and why."""

    fields: CardFields
    last_contact: date | None = None
    known_since: date | None = None
    left_out: tuple[tuple[Column, Trouble], ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """What the file leaves unsaid: the country of its numbers (ISO code, or ""), and whether days come before months."""

    country: str = ""
    lang: str = ""
    day_first: bool = True


def entry_of(cells: Sequence[str], columns: Sequence[Column], *, habits: Habits, today: date) -> Entry | Trouble:
    """Make a contact of a row, or say why it is none."""
    left_out: list[tuple[Column, Trouble]] = []
    values: dict[Column, list[str]] = {}
    for column, text in _cells(cells, columns):
        trouble = _trouble(column, text, habits, today)
        if trouble:
            left_out.append((column, trouble))
        else:
            values.setdefault(column, []).append(text)
    return _entry(values, tuple(left_out), habits)


def _cells(cells: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
    """The values of a row, those of one cell apart; the label before a number says what the number is for."""
    label = ""
    for column, cell in zip(columns, cells, strict=False):
        text = _unescaped(cell.strip())
        if column is Column.LABEL:
            label = text.casefold()
        elif column not in (Column.NOTHING, Column.PHOTO) and text:
            is_labelled = column is Column.PHONE and label
            kind = next((kind for word, kind in _BY_LABEL if word in label), column) if is_labelled else column
            for one in text.split(_SEVERAL) if column in _SPLIT else (text,):
                yield kind, one
        if column is not Column.LABEL:
            label = ""


def _entry(
    values: Mapping[Column, list[str]], left_out: tuple[tuple[Column, Trouble], ...], habits: Habits
) -> Entry | Trouble:
    try:
        fields = apply(CardFields(lang=habits.lang, country=habits.country), dict(_changes(values)))
    except BadValue:
        return Trouble.TOO_LONG
    fields = _with_profiles(_with_ends(fields, values))
    if not fields.shown_as:
        return next((trouble for _, trouble in left_out), Trouble.NOBODY)
    days = {column: day_of(values[column][0], day_first=habits.day_first) for column in _DAYS if column in values}
    return Entry(fields, days.get(Column.LAST_CONTACT), days.get(Column.KNOWN_SINCE), left_out)


_ENDS: Final = {Column.PREFIX: "prefix", Column.SUFFIX: "suffix"}
_DAYS: Final = (Column.LAST_CONTACT, Column.KNOWN_SINCE)


def _changes(values: Mapping[Column, list[str]]) -> Iterator[tuple[str, Any]]:
    """The values as corrections to an empty card, so that one place knows what a value may be."""
    said = {**values}
    if Column.MIDDLE in said:
        said[Column.GIVEN] = [*said.get(Column.GIVEN, []), *said[Column.MIDDLE]]
    yield from ((str(column), " ".join(said[column])) for column in _SINGLE if column in said)
    yield "emails", values.get(Column.EMAIL, [])
    yield "urls", values.get(Column.URL, [])
    yield "phones", [{"raw": raw, "type": kind} for column, kind in _PHONES.items() for raw in values.get(column, [])]
    yield "addresses", [place for place in (_place(values),) if place]
    yield "note", "\n".join(values.get(Column.NOTE, []))


def _place(values: Mapping[Column, list[str]]) -> str | dict[str, str]:
    """In its parts where the file has them, else in one line."""
    found = {name: ", ".join(values[column]) for column, name in _PLACE.items() if column in values}
    if found.keys() <= {"street", "city"}:
        return ", ".join(found.values())
    return found


def _with_ends(fields: CardFields, values: Mapping[Column, list[str]]) -> CardFields:
    """What stands before and behind a name."""
    ends = {name: " ".join(values[column]) for column, name in _ENDS.items() if column in values}
    return replace(fields, name=replace(fields.name, **ends)) if fields.name and ends else fields


def _trouble(column: Column, text: str, habits: Habits, today: date) -> Trouble | None:
    if _FORMULA.match(text):
        return Trouble.FORMULA
    if column is Column.EMAIL and not _MAIL.fullmatch(text):
        return Trouble.MAIL
    if column in _DAYS:
        day = day_of(text, day_first=habits.day_first)
        if day is None or day < _EARLIEST:
            return Trouble.DAY
        return Trouble.FUTURE if day > today + timedelta(days=1) else None
    return None


def _unescaped(text: str) -> str:
    """Without the apostrophe that guards what a spreadsheet would take for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _with_profiles(fields: CardFields) -> CardFields:
    """Addresses of people on LinkedIn are profiles, not sites."""
    profiles = {url: profile for url in fields.urls if (profile := _profile(url))}
    urls = tuple(url for url in fields.urls if url not in profiles)
    return replace(fields, urls=urls, profiles=tuple(profiles.values()))


def _profile(url: str) -> Profile | None:
    try:
        parted = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return None
    way = [part for part in parted.path.split("/") if part]
    on_linkedin = f".{parted.hostname}".endswith(".linkedin.com")
    if on_linkedin and len(way) > 1 and way[0] == "in":
        return Profile(network="linkedin", handle=way[1], url=f"https://www.linkedin.com/in/{way[1]}")
    return None
