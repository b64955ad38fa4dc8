"""A reading as JSON: whole and lossless for keeping, flat and short for showing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from service.domain.reading.card import (
    Address,
    Box,
    Doubt,
    Evidence,
    Found,
    Line,
    PersonName,
    Phone,
    PhoneType,
    Profile,
    Reading,
    Side,
)

Value = TypeVar("Value")
Json = dict[str, Any]


def to_json(reading: Reading) -> Json:
    """Everything a reading holds, as JSON values; `from_json` gives the same reading back."""
    return asdict(reading)


def from_json(kept: Mapping[str, Any]) -> Reading:
    return Reading(
        name=_one(kept["name"], lambda v: PersonName(**v)),
        org=_one(kept["org"], str),
        department=_one(kept["department"], str),
        title=_one(kept["title"], str),
        emails=_many(kept["emails"], str),
        phones=_many(kept["phones"], phone_from_json),
        urls=_many(kept["urls"], str),
        profiles=_many(kept["profiles"], lambda v: Profile(**v)),
        addresses=_many(kept["addresses"], lambda v: Address(**v)),
        lang=kept["lang"],
        country=kept["country"],
        unclaimed=tuple(_line(line) for line in kept["unclaimed"]),
        # Readings kept before cards had two sides do not have it.
        other_langs=tuple(kept.get("other_langs", ())),
    )


def phone_from_json(kept: Mapping[str, Any]) -> Phone:
    return Phone(**{**kept, "type": PhoneType(kept.get("type", ""))})


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{**kept, "box": Box(**kept["box"]), "side": Side(kept.get("side", Side.FRONT))})


def _evidence(kept: Mapping[str, Any]) -> Evidence:
    return Evidence(
        engines=tuple(kept["engines"]),
        confidence=kept["confidence"],
        box=Box(**kept["box"]) if kept["box"] else None,
        side=Side(kept["side"]),
        margin=kept["margin"],
        passed=tuple(kept["passed"]),
        failed=tuple(kept["failed"]),
    )


def _found(kept: Mapping[str, Any], value: Callable[[Any], Value]) -> Found[Value]:
    return Found(
        value=value(kept["value"]),
        evidence=_evidence(kept["evidence"]),
        doubt=Doubt(kept["doubt"]) if kept["doubt"] else None,
        other=None if kept["other"] is None else value(kept["other"]),
    )


def _one(kept: Mapping[str, Any] | None, value: Callable[[Any], Value]) -> Found[Value] | None:
    return None if kept is None else _found(kept, value)


def _many(kept: Iterable[Mapping[str, Any]], value: Callable[[Any], Value]) -> tuple[Found[Value], ...]:
    return tuple(_found(one, value) for one in kept)


def summary(reading: Reading) -> Json:
    """The flat shape that `undrawer scan` prints; what the card does not say is left out."""
    name = reading.name.value if reading.name else PersonName("")
    printed = [found.value.printed for found in reading.addresses]
    flat: Json = {
        "name": name.printed,
        "prefix": name.prefix,
        "org": reading.org and reading.org.value,
        "title": reading.title and reading.title.value,
        "department": reading.department and reading.department.value,
        "emails": [found.value for found in reading.emails],
        "phones": [_flat_phone(found.value) for found in reading.phones],
        "urls": [found.value for found in reading.urls],
        "profiles": [asdict(found.value) for found in reading.profiles],
        "address": printed[0] if printed else "",
        "other_addresses": printed[1:],
        "lang": reading.lang,
        "other_langs": list(reading.other_langs),
        "country": reading.country,
        "doubts": doubts(reading),
        "unclaimed": [line.text for line in reading.unclaimed],
    }
    return {field: value for field, value in flat.items() if value}


def doubts(reading: Reading) -> dict[str, str]:
    """Field -> why it should be looked at."""
    return {field: found.doubt.value for field, found in values(reading).items() if found.doubt}


def values(reading: Reading) -> dict[str, Found[Any]]:
    """Field -> its value with evidence; lists carry their place: `phones.1`."""
    single = {field: getattr(reading, field) for field in ("name", "org", "department", "title")}
    several = {
        f"{field}.{place}": found
        for field in ("emails", "phones", "urls", "profiles", "addresses")
        for place, found in enumerate(getattr(reading, field))
    }
    return {field: found for field, found in {**single, **several}.items() if found}


def _flat_phone(phone: Phone) -> Json:
    return {field: value for field, value in asdict(phone).items() if value or field == "type"}
