"""What a form says of a gathering, as values; hours and money as people write them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request
from flask_babel import format_decimal

from service.domain.errors import BadValue
from service.domain.gatherings.gathering import Gathering


def values_given() -> dict[str, Any]:
    """By name, what the form has a field for. A tick box is told by the hidden field that stands before it."""
    given = {name: read(request.form[name].strip()) for name, read in _FIELDS.items() if name in request.form}
    if "reminds_asked" in request.form:
        given["reminds"] = bool(request.form.get("reminds"))
    return given


def needed(values: dict[str, Any], name: str) -> Any:
    """A value that no gathering is without."""
    if values.get(name) is None:
        raise BadValue("day", "This is no day. Choose one from the calendar.")
    return values.pop(name)


def as_written(gathering: Gathering) -> dict[str, str]:
    """The values of the fields when the form opens."""
    hours = "" if gathering.hours is None else str(format_decimal(gathering.hours, "0.##"))
    cents = gathering.cost_cents
    cost = "" if cents is None else str(format_decimal(cents / 100, "0.00" if cents % 100 else "0"))
    return {"hours": hours, "cost_cents": cost}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadValue("day", "This is no day. Choose one from the calendar.") from None


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise BadValue("number", "This is no number. Write it as 3 or 2.5.") from None


def _cents(text: str) -> int | None:
    amount = _number(text.removesuffix("€").removeprefix("€").strip())
    return None if amount is None else _whole(amount * 100)


def _whole(amount: float) -> int:
    try:
        return round(amount)
    except (ValueError, OverflowError):
        raise BadValue("number", "This is no number. Write it as 3 or 2.5.") from None


def _seats(text: str) -> int | None:
    amount = _number(text)
    return None if amount is None else _whole(amount)


_FIELDS: dict[str, Callable[[str], Any]] = {
    "name": str,
    "day": _day,
    "last_day": _day,
    "begins": str,
    "place": str,
    "kind": str,
    "hours": _number,
    "cost_cents": _cents,
    "activity": str,
    "details": str,
    "reply_by": _day,
    "with_me": str,
    "seats_kept": _seats,
}
