"""A touch as its row keeps it, and as a seat of a week keeps a copy of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.ties.circle import Circle
from service.domain.ties.touch import Channel, Kind, Lane, Reason, Touch, Why


def columns_of(touch: Touch) -> dict[str, Any]:
    """The columns of a touch, but for its key and its state."""
    why = touch.why
    return {
        "kind": touch.kind,
        "lane": touch.lane,
        "proposed": touch.lane.proposed,
        "day": touch.day,
        "until": touch.until,
        "channel": touch.channel,
        "points": touch.points,
        "place": -touch.points,
        "why": {
            "reason": why.reason,
            "day": _said(why.day),
            "text": why.text,
            "tries": why.tries,
            "thanks_for": why.thanks_for,
        },
        "more": {
            "circle": touch.circle,
            "interval_days": touch.interval_days,
            "company": touch.company,
            "begun_on": _said(touch.begun_on),
            "easy": touch.easy,
            "postponements": touch.postponements,
        },
    }


def touch_of(row: Any) -> Touch:
    """The touch of a row, or of any mapping with the same names."""
    kept = row if isinstance(row, Mapping) else row._mapping  # noqa: SLF001  # SQLAlchemy's public name for it
    why, more = kept["why"], kept["more"]
    return Touch(
        tie=kept["tie_id"],
        cause=kept["cause"],
        kind=Kind(kept["kind"]),
        lane=Lane(kept["lane"]),
        day=kept["day"],
        until=kept["until"],
        channel=Channel(kept["channel"]) if kept["channel"] else None,
        why=Why(Reason(why["reason"]), _day(why["day"]), why["text"], why["tries"], why["thanks_for"]),
        circle=Circle(more["circle"]),
        interval_days=more["interval_days"],
        points=kept["points"],
        company=more["company"],
        begun_on=_day(more["begun_on"]),
        easy=more["easy"],
        postponements=more["postponements"],
    )


def to_json(touch: Touch) -> dict[str, Any]:
    columns = columns_of(touch)
    return {**columns, "day": _said(touch.day), "until": _said(touch.until), "tie_id": touch.tie, "cause": touch.cause}


def from_json(kept: Mapping[str, Any]) -> Touch:
    return touch_of({**kept, "day": date.fromisoformat(kept["day"]), "until": _day(kept["until"])})


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
