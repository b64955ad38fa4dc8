"""A card as the review screen shows it: what is in doubt first, then what looks right, then what no field took."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.people.contact import CardFields
from service.domain.reading.card import Box, Doubt, Found, Line, PersonName, Phone, Reading, Side
from service.domain.reading.correction import corrected
from service.storage.reading.cards import Card
from service.web.pages.ways import number

ONE_OF_EACH = ("name", "org", "title", "department")
MANY = ("phones", "emails", "urls", "addresses")
PARTS_OF_NAME = ("name", "prefix", "given", "family")


@dataclass(frozen=True, slots=True)
class Entry:
    """One input of the form: its value as shown, and why a person should look at it if they should."""

    key: str
    field: str
    value: str
    type: str = ""
    doubt: Doubt | None = None
    other: str = ""
    box: Box | None = None
    side: Side = Side.FRONT
    kept: str = ""
    """What stands behind the value where the screen shows it more readably."""


@dataclass(frozen=True, slots=True)
class Review:
    """All that the screen needs; `missing` names the single fields that the card seems not to have."""

    heading: str
    subheading: str
    doubts: tuple[Entry, ...]
    sure: tuple[Entry, ...]
    missing: tuple[str, ...]
    profiles: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str

    @property
    def unclaimed(self) -> tuple[str, ...]:
        """What no field took."""
        return tuple(line.text for line in self.lines)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.doubts + self.sure


def heading_of(card: Card) -> str:
    """Whose card it is, in a line; "" for one that says nothing."""
    return corrected(card.reading, card.changes).shown_as


def review_of(reading: Reading, changes: Mapping[str, Any]) -> Review:
    """The reading with its corrections laid over it; what a person corrected is no longer in doubt."""
    fields = corrected(reading, changes)
    entries = tuple(_entries(reading, fields, changes))
    return Review(
        heading=fields.shown_as,
        subheading=" · ".join(part for part in (fields.title, fields.org if fields.name else "") if part),
        doubts=tuple(entry for entry in entries if entry.doubt),
        sure=tuple(entry for entry in entries if not entry.doubt),
        missing=missing_of(fields, entries),
        profiles=tuple(profile.url or profile.handle for profile in fields.profiles),
        lines=reading.unclaimed,
        note=fields.note,
    )


def entries_of(fields: CardFields) -> tuple[Entry, ...]:
    """The inputs for values that nobody doubts."""
    return tuple(_entries(Reading(), fields, {}))


def missing_of(fields: CardFields, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The single fields that have no input yet."""
    shown = {entry.field for entry in entries} | ({"name"} if fields.name else set())
    return tuple(field for field in ONE_OF_EACH if field not in shown)


def _entries(reading: Reading, fields: CardFields, changes: Mapping[str, Any]) -> Iterator[Entry]:
    yield from _name(reading.name, fields, changes)
    for field in ("org", "title", "department"):
        value = str(getattr(fields, field))
        if value:
            yield _entry(field, field, value, None if field in changes else getattr(reading, field))
    for field in MANY:
        founds: tuple[Found[Any], ...] = () if field in changes else getattr(reading, field)
        for at, value in enumerate(getattr(fields, field)):
            yield _entry(f"{field}-{at}", field, value, founds[at] if at < len(founds) else None)


def _name(found: Found[PersonName] | None, fields: CardFields, changes: Mapping[str, Any]) -> Iterator[Entry]:
    """A name in doubt is asked for whole, as printed; one that looks right is shown in its parts."""
    if not fields.name:
        return
    if found and found.doubt and not any(part in changes for part in PARTS_OF_NAME):
        yield _entry("name", "name", fields.name, found)
        return
    parts = [part for part in PARTS_OF_NAME[1:] if getattr(fields.name, part)]
    if not parts:
        yield _entry("name", "name", fields.name, None)
    for part in parts:
        yield Entry(key=part, field=part, value=getattr(fields.name, part))


def _entry(key: str, field: str, value: Any, found: Found[Any] | None) -> Entry:
    return Entry(
        key=key,
        field=field,
        value=text_of(value),
        type=str(value.type) if isinstance(value, Phone) else "",
        doubt=found.doubt if found else None,
        other=text_of(found.other) if found and found.other else "",
        box=found.evidence.box if found else None,
        side=found.evidence.side if found else Side.FRONT,
        kept=value.raw if isinstance(value, Phone) else "",
    )


def text_of(value: Any) -> str:
    """A value as a person would type it."""
    if isinstance(value, Phone):
        return number(value) if value.raw == value.e164 else value.raw
    return str(getattr(value, "printed", value))
