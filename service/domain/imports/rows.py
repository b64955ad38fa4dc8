"""A row as a contact: its values checked one by one, what cannot be kept left out with the reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from service.domain.errors import BadValue
from service.domain.imports.cells import DAYS_OF_ANY_YEAR, Cell, cells_of, places_of
from service.domain.imports.columns import Column
from service.domain.imports.days import birthday_of, day_of
from service.domain.imports.labels import Beside, Labels
from service.domain.people.contact import CardFields
from service.domain.reading.card import Profile
from service.domain.reading.correction import apply

_MAIL: Final = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]+\.[^\s@<>\"',;]{2,}")
_SINGLE: Final = (Column.NAME, Column.GIVEN, Column.FAMILY, Column.ORG, Column.DEPARTMENT, Column.TITLE)
_PHONES: Final = {
    Column.PHONE: "",
    Column.MOBILE: "mobile",
    Column.WORK_PHONE: "work",
    Column.HOME_PHONE: "home",
    Column.FAX: "fax",
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
    labels: Labels = field(default=Labels())


@dataclass(frozen=True, slots=True)
class Habits:
    """What the file leaves unsaid: the country of its numbers (ISO code, or ""), and whether days come before months."""

    country: str = ""
    lang: str = ""
    day_first: bool = True


def entry_of(cells: Sequence[str], columns: Sequence[Column], *, habits: Habits, today: date) -> Entry | Trouble:
    """Make a contact of a row, or say why it is none."""
    left_out: list[tuple[Column, Trouble]] = []
    good: list[Cell] = []
    for cell in cells_of(cells, columns):
        trouble = _trouble(cell, habits, today)
        if trouble:
            left_out.append((cell.column, trouble))
        else:
            good.append(cell)
    return _entry(good, tuple(left_out), habits)


def _entry(cells: Sequence[Cell], left_out: tuple[tuple[Column, Trouble], ...], habits: Habits) -> Entry | Trouble:
    values: dict[Column, list[str]] = {}
    for cell in cells:
        values.setdefault(cell.column, []).append(cell.text)
    try:
        fields = apply(CardFields(lang=habits.lang, country=habits.country), dict(_changes(values, cells)))
    except BadValue:
        return Trouble.TOO_LONG
    fields = _with_profiles(_with_ends(fields, values))
    if not fields.shown_as:
        return next((trouble for _, trouble in left_out), Trouble.NOBODY)
    days = {column: day_of(values[column][0], day_first=habits.day_first) for column in _DAYS if column in values}
    labels = _labels(cells, values, habits)
    return Entry(fields, days.get(Column.LAST_CONTACT), days.get(Column.KNOWN_SINCE), left_out, labels)


_ENDS: Final = {Column.PREFIX: "prefix", Column.SUFFIX: "suffix"}
_DAYS: Final = (Column.LAST_CONTACT, Column.KNOWN_SINCE)


def _changes(values: Mapping[Column, list[str]], cells: Sequence[Cell]) -> Iterator[tuple[str, Any]]:
    """The values as corrections to an empty card, so that one place knows what a value may be."""
    said = {**values}
    if Column.MIDDLE in said:
        said[Column.GIVEN] = [*said.get(Column.GIVEN, []), *said[Column.MIDDLE]]
    if not {*said} & {Column.NAME, Column.GIVEN, Column.FAMILY, Column.ORG} and Column.NICKNAME in said:
        said[Column.NAME] = said[Column.NICKNAME]
    yield from ((str(column), " ".join(said[column])) for column in _SINGLE if column in said)
    yield "emails", values.get(Column.EMAIL, [])
    yield "urls", values.get(Column.URL, [])
    yield "phones", [{"raw": cell.text, "type": _PHONES[cell.column]} for cell in cells if cell.column in _PHONES]
    yield "addresses", [place.value for place in places_of(cells)]
    yield "note", "\n".join(values.get(Column.NOTE, []))


def _labels(cells: Sequence[Cell], values: Mapping[Column, list[str]], habits: Habits) -> Labels:
    return Labels(
        phones=tuple(cell.label for cell in cells if cell.column in _PHONES),
        emails=tuple(cell.label for cell in cells if cell.column is Column.EMAIL),
        addresses=tuple(place.label for place in places_of(cells)),
        birthday=next(
            (birthday_of(text, day_first=habits.day_first) for text in values.get(Column.BIRTHDAY, [])), None
        ),
        beside=Beside(
            nicknames=tuple(values.get(Column.NICKNAME, ())),
            pagers=tuple(values.get(Column.PAGER, ())),
            categories=tuple(values.get(Column.CATEGORIES, ())),
            events=tuple(_events(cells, habits)),
            relations=tuple(_relations(cells)),
        ),
    )


def _events(cells: Sequence[Cell], habits: Habits) -> Iterator[tuple[str, date]]:
    for cell in cells:
        day = birthday_of(cell.text, day_first=habits.day_first)
        if day and cell.column in (Column.ANNIVERSARY, Column.EVENT):
            yield cell.label or ("Anniversary" if cell.column is Column.ANNIVERSARY else ""), day


def _relations(cells: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        if cell.column in (Column.SPOUSE, Column.RELATION):
            yield cell.label or ("Spouse" if cell.column is Column.SPOUSE else ""), cell.text


def _with_ends(fields: CardFields, values: Mapping[Column, list[str]]) -> CardFields:
    """What stands before and behind a name."""
    ends = {name: " ".join(values[column]) for column, name in _ENDS.items() if column in values}
    return replace(fields, name=replace(fields.name, **ends)) if fields.name and ends else fields


def _trouble(cell: Cell, habits: Habits, today: date) -> Trouble | None:
    column, text = cell.column, cell.text
    if cell.formula:
        return Trouble.FORMULA
    if column is Column.EMAIL and not _MAIL.fullmatch(text):
        return Trouble.MAIL
    if column in DAYS_OF_ANY_YEAR:
        return _born(text, habits, today)
    if column in _DAYS:
        day = day_of(text, day_first=habits.day_first)
        if day is None or day < _EARLIEST:
            return Trouble.DAY
        return Trouble.FUTURE if day > today + timedelta(days=1) else None
    return None


def _born(text: str, habits: Habits, today: date) -> Trouble | None:
    day = birthday_of(text, day_first=habits.day_first)
    if day is None:
        return Trouble.DAY
    return Trouble.FUTURE if day > today else None


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
