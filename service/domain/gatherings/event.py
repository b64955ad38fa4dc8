"""A gathering as an event of a calendar, the same for its host and its guests."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from service.domain.entering.ring import moment_of
from service.domain.gatherings.gathering import Gathering
from service.domain.reaching.calendar import Event, Person

_USUAL_HOURS: Final = 2.0


def uid_of(gathering_id: str) -> str:
    """What names it in every calendar, for ever."""
    return f"gathering-{gathering_id}@undrawer"


def event_of(gathering: Gathering, zone: ZoneInfo, *, url: str = "", organiser: Person | None = None) -> Event:
    begins, ends = _span(gathering, zone)
    return Event(
        uid=uid_of(gathering.id),
        summary=gathering.name,
        begins=begins,
        ends=ends,
        changed_at=gathering.changed_at,
        sequence=gathering.sequence,
        text=gathering.details,
        place=gathering.place,
        url=url,
        organiser=organiser,
        cancelled=gathering.cancelled,
    )


def _span(gathering: Gathering, zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    """On its days, or from its hour for as long as it lasts: two hours where nobody said."""
    if not gathering.begins or gathering.last_day:
        return gathering.day, gathering.last_day
    start = moment_of(gathering.day, time.fromisoformat(gathering.begins), zone)
    end = start + timedelta(hours=gathering.hours or _USUAL_HOURS)
    return start.astimezone(zone), end.astimezone(zone)
