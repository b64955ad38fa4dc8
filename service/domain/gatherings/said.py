"""What a person may say of a gathering: every value checked, and the reason told."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from service.domain.errors import BadValue
from service.domain.gatherings.gathering import OWN, GatheringKind

LONGEST_NAME: Final = 200
LONGEST_DETAILS: Final = 2_000
MOST_DAYS: Final = 60
MOST_HOURS: Final = 1_000
MOST_CENTS: Final = 20_000_000_00
MOST_SEATS: Final = 50

_HOUR: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def checked(values: Mapping[str, Any], *, day: date) -> dict[str, Any]:
    """The values as they are kept; `day` is its day. Raises BadValue for what cannot be."""
    kept = {name: _CHECKS[name](value) for name, value in values.items()}
    if kept.get("last_day") is not None:
        kept["last_day"] = _last_day(kept["last_day"], day)
    if kept.get("reply_by") is not None and kept["reply_by"] > day:
        raise BadValue("reply_by", "Ask for the answers by the day itself at the latest.")
    if "kind" in kept:
        kept["own"] = kept["kind"] in OWN
    return kept


def _last_day(last: date, day: date) -> date | None:
    if not day <= last <= day + timedelta(days=MOST_DAYS):
        raise BadValue("last_day", "The last day comes after the first, and not too long after it.")
    return last if last > day else None


def _line(limit: int) -> Callable[[Any], str]:
    return lambda value: " ".join(_plain(value).split())[:limit]


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        raise BadValue("not_text", "This must be text.")
    return "".join(sign for sign in value if sign.isprintable() or sign in "\n\t").strip()


def _name(value: Any) -> str:
    name = _line(LONGEST_NAME)(value)
    if not name:
        raise BadValue("gathering_name", "A gathering needs a name.")
    return name


def _kind(value: Any) -> str:
    if value not in ("", *GatheringKind):
        raise BadValue("gathering_kind", f"Choose one of {', '.join(GatheringKind)}.")
    return str(value)


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise BadValue("day", "This is no day. Choose one from the calendar.")
    return value


def _begins(value: Any) -> str:
    hour = _plain(value)
    if hour and not _HOUR.fullmatch(hour):
        raise BadValue("hour", "Write the hour as 20:00.")
    return hour


def _number(code: str, most: float) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value is not None and not (isinstance(value, int | float) and 0 <= value <= most):
            raise BadValue(code, f"{code}: choose a number from 0 to {most:g}.")
        return value

    return check


def _same(value: Any) -> Any:
    return value


_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "name": _name,
    "day": _day,
    "last_day": _same,
    "begins": _begins,
    "place": _line(LONGEST_NAME),
    "kind": _kind,
    "hours": _number("hours", MOST_HOURS),
    "cost_cents": _number("cost_cents", MOST_CENTS),
    "activity": _line(LONGEST_NAME),
    "details": lambda value: _plain(value)[:LONGEST_DETAILS],
    "reply_by": _same,
    "with_me": _line(LONGEST_NAME),
    "seats_kept": _number("seats_kept", MOST_SEATS),
    "reminds": bool,
}
