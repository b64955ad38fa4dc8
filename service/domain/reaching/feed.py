"""What the calendar to subscribe to holds: windows of touches, calls with a time, meetings of three, gatherings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from service.domain.entering.ring import moment_of
from service.domain.notices import Due, what, words_of
from service.domain.reaching.calendar import Event
from service.domain.ties.days import monday, sunday
from service.domain.ties.touch import Kind, Touch

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Teller:
    """How events are told: in which language, whether people are named, and where Undrawer is reached."""

    lang: str
    names: bool
    address: str


def window(touch: Touch, *, id: str, name: str, today: date, tell: Teller) -> Event:  # noqa: A002  # of the touch
    """A touch on the days that it is for; what the week has chosen, within the week. It takes nobody's time."""
    begins, ends = touch.day, None
    if touch.lane.proposed:
        begins = max(touch.day, monday(today))
        ends = max(begins, min(touch.until or sunday(today), sunday(today)))
    about = touch.why.text if tell.names and touch.kind is Kind.PROMISE else ""
    return Event(
        uid=f"window-{id}@undrawer",
        summary=_said(Due(touch.kind, name), tell),
        begins=begins,
        ends=ends,
        changed_at=_BEGINNING,
        text=about,
        url=f"{tell.address}/today?touch={id}",
        free=True,
    )


def call(begins: datetime, *, id: str, minutes: int, name: str, tell: Teller) -> Event:  # noqa: A002  # of the call
    return Event(
        uid=f"call-{id}@undrawer",
        summary=_said(Due(Kind.CALL, name), tell),
        begins=begins,
        ends=begins + timedelta(minutes=minutes),
        changed_at=_BEGINNING,
        url=f"{tell.address}/today",
    )


def meeting(
    day: date,
    at: str,
    *,
    id: str,  # noqa: A002  # of the introduction
    place: str,
    people: Sequence[str],
    zone: ZoneInfo,
    tell: Teller,
) -> Event:
    """A meeting of three, on its day, or from its hour for an hour."""
    words = words_of(tell.lang)["calendar"]
    start = moment_of(day, time.fromisoformat(at), zone) if at else None
    return Event(
        uid=f"introduction-{id}@undrawer",
        summary=str(words["three_named"]).format(one=people[0], other=people[1]) if tell.names else str(words["three"]),
        begins=start.astimezone(zone) if start else day,
        ends=(start + _HOUR).astimezone(zone) if start else None,
        changed_at=_BEGINNING,
        place=place,
        url=f"{tell.address}/introductions/{id}",
    )


def unnamed(event: Event) -> Event:
    """An event without its words and its people: what it is called, when and where."""
    return replace(event, text="", guests=(), organiser=None)


def fingerprint(event: Event) -> str:
    """The same for two that say the same, whenever that was."""
    return sha256(repr(replace(event, sequence=0, changed_at=_BEGINNING)).encode()).hexdigest()


def _said(due: Due, tell: Teller) -> str:
    said = what(due, lang=tell.lang, names=tell.names)
    return said[:1].upper() + said[1:]
