"""A person's corrections to a card or a contact: JSON in, plain values out, nonsense refused.

The keys of `changes`: `name` (or `given`, `family`), `prefix`, `org`, `department`, `title`, `note` (strings);
`emails`, `urls` (lists of strings); `phones` (strings, or objects with `raw`, `type`, `extension`); `addresses`
(strings, or objects with `printed` and the parts of an address). A key that is there replaces the whole value.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any, TypeVar

import phonenumbers

from service.domain.errors import BadValue
from service.domain.people.contact import CardFields, fields_of_reading
from service.domain.people.name import split_name
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Reading

MAX_TEXT = 500
MAX_NOTE = 5_000
MAX_VALUES = 30

Value = TypeVar("Value")
Changes = Mapping[str, Any]

NAME_KEYS = frozenset({"name", "given", "family", "prefix"})
_TEXT_KEYS = frozenset({"org", "department", "title", "note"})
LIST_KEYS = frozenset({"emails", "urls", "phones", "addresses"})
KEYS = NAME_KEYS | _TEXT_KEYS | LIST_KEYS


def corrected(reading: Reading, changes: Changes) -> CardFields:
    """What the card says once a person's changes are laid over what was read. Raises BadValue."""
    return apply(fields_of_reading(reading), changes)


def apply(before: CardFields, changes: Changes) -> CardFields:
    """Lay the changes over the values; raises BadValue that names the key."""
    check_keys(changes)

    def line(key: str, old: str, limit: int = MAX_TEXT) -> str:
        return text(key, changes[key], limit=limit) if key in changes else old

    def several(key: str, old: tuple[Value, ...], one: Callable[[Any], Value | None]) -> tuple[Value, ...]:
        return _values(key, changes[key], one) if key in changes else old

    return replace(
        before,
        name=_name(changes, before) if NAME_KEYS & changes.keys() else before.name,
        org=line("org", before.org),
        department=line("department", before.department),
        title=line("title", before.title),
        note=line("note", before.note, MAX_NOTE),
        emails=several("emails", before.emails, lambda one: text("emails", one)),
        urls=several("urls", before.urls, lambda one: text("urls", one)),
        phones=several("phones", before.phones, lambda one: _phone(one, before)),
        addresses=several("addresses", before.addresses, lambda one: _address(one, before)),
    )


def check_keys(changes: Changes) -> None:
    if not isinstance(changes, Mapping):
        raise BadValue("not_an_object", "Send the corrections as a JSON object.")
    unknown = sorted(str(key) for key in changes.keys() - KEYS)
    if unknown:
        raise BadValue("unknown_field", f"There is no field {unknown[0]!r}. Fields: {', '.join(sorted(KEYS))}.")


def text(key: str, value: object, *, limit: int = MAX_TEXT) -> str:
    """One line (a note may have several) without control characters; raises BadValue."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadValue("not_text", f"{key} must be text.")
    if len(value) > limit:
        raise BadValue("too_long", f"{key} may have at most {limit} characters.")
    kept = "".join(sign if sign.isprintable() or sign == "\n" else " " * sign.isspace() for sign in value)
    return kept.strip() if key == "note" else " ".join(kept.split())


def _values(key: str, value: object, one: Callable[[Any], Value | None]) -> tuple[Value, ...]:
    if not isinstance(value, list):
        raise BadValue("not_a_list", f"{key} must be a list.")
    if len(value) > MAX_VALUES:
        raise BadValue("too_many", f"{key} may have at most {MAX_VALUES} values.")
    return tuple(made for made in map(one, value) if made)


def _name(changes: Changes, before: CardFields) -> PersonName | None:
    old = before.name or PersonName("")
    prefix = text("prefix", changes["prefix"]) if "prefix" in changes else old.prefix
    if "name" in changes:
        printed = text("name", changes["name"])
        if printed == old.printed:
            return replace(old, prefix=prefix) if printed else None
        name = split_name(printed, lang=before.lang, prefix=prefix)
    else:
        name = replace(old, prefix=prefix)
    given = text("given", changes["given"]) if "given" in changes else name.given
    family = text("family", changes["family"]) if "family" in changes else name.family
    if (given, family) != (name.given, name.family):
        name = replace(name, given=given, family=family, printed=" ".join(part for part in (given, family) if part))
    return name if name.printed else None


def _phone(value: object, before: CardFields) -> Phone | None:
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"raw": value}
    raw = text("phones", given.get("raw") or given.get("e164"))
    if not raw:
        return None
    try:
        kind = PhoneType(given.get("type") or "")
    except ValueError:
        raise BadValue("unknown_type", "A phone's type is work, mobile, fax or home.") from None
    known = next((phone for phone in before.phones if phone.raw == raw), None)
    extension = text("phones", given.get("extension")) or (known.extension if known else "")
    return Phone(raw=raw, e164=known.e164 if known else e164_of(raw, before.country), type=kind, extension=extension)


def e164_of(raw: str, country: str) -> str:
    """The number in E.164 if it is a valid one of that country (ISO code, "" for none), else ""."""
    try:
        number = phonenumbers.parse(raw, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_ADDRESS_PARTS = tuple(field.name for field in dataclass_fields(Address))


def _address(value: object, before: CardFields) -> Address | None:
    known = next((address for address in before.addresses if address.printed == value), None)
    if known:
        return known
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"printed": value}
    unknown = sorted(str(key) for key in given.keys() - set(_ADDRESS_PARTS))
    if unknown:
        raise BadValue("unknown_field", f"An address has no part {unknown[0]!r}.")
    parts = {part: text("addresses", given.get(part)) for part in _ADDRESS_PARTS}
    if not parts["printed"]:
        town = " ".join(part for part in (parts["postcode"], parts["city"]) if part)
        parts["printed"] = ", ".join(
            part for part in (parts["street"], parts["extra"], town, parts["region"], parts["country"]) if part
        )
    return Address(**parts) if parts["printed"] else None
