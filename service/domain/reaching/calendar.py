"""iCalendar texts (RFC 5545): events as calendars take them, at local times that hold over every change of clocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import icalendar
from icalendar import TRANSP, Timezone, vCalAddress

from service.domain.reaching.clock_changes import rules

PRODUCT: Final = "-//Undrawer//Undrawer//EN"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """Who invites or is invited: a name and an address of mail."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: on days (`begins` and `ends` are dates, both within) or between two moments with their zone.

    `uid` stays for ever and `sequence` grows with every change; `changed_at` is when that was. One that takes no time
    of anybody is `free`. Without `ends` it lasts a day, or an hour.
    """

    uid: str
    summary: str
    begins: date | datetime
    changed_at: datetime
    ends: date | datetime | None = None
    sequence: int = 0
    text: str = ""
    place: str = ""
    url: str = ""
    organiser: Person | None = None
    guests: tuple[Person, ...] = ()
    free: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do by the end of a day; `done_at` says when it was done."""

    uid: str
    summary: str
    due: date
    changed_at: datetime
    done_at: datetime | None = None
    sequence: int = 0
    text: str = ""
    url: str = ""


def calendar(
    events: Iterable[Event | Task], *, name: str = "", method: str | None = None, every: timedelta | None = None
) -> bytes:
    """Give a calendar file: UTF-8, lines of at most 75 octets that end in CRLF.

    `method` is REQUEST for an invitation, CANCEL for calling it off, PUBLISH or none for a calendar to look at; `every`
    says how often a program that subscribed should ask again.
    """
    there = list(events)
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    if method:
        made.add("method", method)
    if name:
        made.add("name", _line(name))
        made.add("x-wr-calname", icalendar.vText(_line(name)))
    if every:
        made.add("refresh-interval", every, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", icalendar.vDuration(every))
    for zone in _zones([one for one in there if isinstance(one, Event)]):
        made.add_component(zone)
    for one in there:
        made.add_component(_event(one) if isinstance(one, Event) else _task(one))
    written: bytes = made.to_ical()
    return written


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", _line(event.uid))
    made.add("dtstamp", event.changed_at.astimezone(UTC))
    made.add("last-modified", event.changed_at.astimezone(UTC))
    made.add("sequence", event.sequence)
    made.add("dtstart", _moment(event.begins))
    made.add("dtend", _moment(_end(event)))
    made.add("summary", _line(event.summary))
    for key, said in (("description", _clean(event.text)), ("location", _line(event.place)), ("url", _url(event.url))):
        if said:
            made.add(key, said)
    if event.free:
        made.add("transp", TRANSP.TRANSPARENT)
    if event.cancelled:
        made.add("status", "CANCELLED")
    if event.organiser:
        made.add("organizer", _address(event.organiser))
    for guest in event.guests:
        made.add("attendee", _address(guest, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="TRUE"))
    return made


def _task(task: Task) -> icalendar.Todo:
    made = icalendar.Todo()
    made.add("uid", _line(task.uid))
    made.add("dtstamp", task.changed_at.astimezone(UTC))
    made.add("last-modified", task.changed_at.astimezone(UTC))
    made.add("sequence", task.sequence)
    made.add("due", task.due)
    made.add("summary", _line(task.summary))
    for key, said in (("description", _clean(task.text)), ("url", _url(task.url))):
        if said:
            made.add(key, said)
    made.add("status", "COMPLETED" if task.done_at else "NEEDS-ACTION")
    if task.done_at:
        made.add("completed", task.done_at.astimezone(UTC))
        made.add("percent-complete", 100)
    return made


def _end(event: Event) -> date | datetime:
    """The first day or moment after it, as DTEND wants."""
    if not isinstance(event.begins, datetime):
        return (event.ends or event.begins) + _DAY
    # By UTC: an hour by the clocks of the night in which they change may be none, or two.
    return event.ends or (event.begins.astimezone(UTC) + timedelta(hours=1)).astimezone(event.begins.tzinfo)


def _moment(moment: date | datetime) -> date | datetime:
    """A day, or a moment by its zone; by UTC where the zone has no name, or its clocks show that hour twice or never.

    By RFC 5545 the first of two hours is meant; ical.js 2.2 takes the second.
    """
    if not isinstance(moment, datetime) or (_zone(moment) and _shown_once(moment)):
        return moment
    return moment.astimezone(UTC)


def _shown_once(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()


def _zone(moment: date | datetime) -> ZoneInfo | None:
    zone = moment.tzinfo if isinstance(moment, datetime) else None
    return zone if isinstance(zone, ZoneInfo) and zone.key != "UTC" else None


def _zones(events: Sequence[Event]) -> Iterator[Timezone]:
    """The rules of every zone used, for the years of the events and one more to either side."""
    years: dict[ZoneInfo, list[int]] = {}
    for moment in (_moment(one) for event in events for one in (event.begins, _end(event))):
        if zone := _zone(moment):
            years.setdefault(zone, []).append(moment.year)
    for zone, used in sorted(years.items(), key=lambda one: one[0].key):
        yield rules(zone, first_year=min(used) - 1, last_year=max(used) + 1)


def _address(person: Person, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{_url(person.mail)}")
    if person.name:
        # A parameter knows no escape for these.
        address.params["CN"] = _line(person.name).replace('"', "'")
    address.params.update(parameters)
    return address


def _clean(value: str) -> str:
    """Without control characters, which no calendar may hold."""
    return "".join(sign for sign in value.replace("\r\n", "\n") if sign.isprintable() or sign == "\n")


def _line(value: str) -> str:
    return " ".join(_clean(value).split())


def _url(value: str) -> str:
    """An address is written unescaped: with a line break in it, it could write properties of its own."""
    return "".join(_clean(value).split())
