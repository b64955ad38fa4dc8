"""The events of the calendar to subscribe to, gathered from all that has a day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from service.domain.gatherings.event import event_of
from service.domain.reaching import feed as wording
from service.domain.reaching.calendar import Event
from service.domain.reaching.feed import Teller
from service.storage.database import Database, Transaction
from service.storage.following import calls, ties, weeks
from service.storage.following.calls import Call
from service.storage.following.weeks import Settled
from service.storage.meeting import gatherings, introductions
from service.storage.people import contacts
from service.storage.reaching import feeds
from service.storage.reaching.feeds import Feed, Numbered
from service.web.given_out import site

LOOKED_BACK: Final = timedelta(days=90)
"""A calendar keeps its past: what was shall not vanish from it the day after."""

LOOKED_AHEAD: Final = timedelta(days=180)
_DEBTS_BACK: Final = timedelta(days=30)


def told(db: Database, feed: Feed) -> Numbered:
    """The events of a feed, with numbers that grew where something changed; written only then."""
    week = weeks.settled(db, owner=feed.owner)
    tell = Teller(feed.locale or "en", feed.names, site())
    with db.reading() as tx:
        found = feeds.numbered(tx, list(_events(tx, week, feed.owner, tell)), owner=feed.owner, write=False)
        if found is not None and not feeds.is_news(feed):
            return found
    with db.transaction() as tx:
        feeds.asked(tx, feed)
        written = feeds.numbered(tx, list(_events(tx, week, feed.owner, tell)), owner=feed.owner, write=True)
    assert written is not None  # noqa: S101  # for mypy: what may be written is never refused
    return written


def _events(tx: Transaction, week: Settled, owner: str, tell: Teller) -> Iterator[Event]:
    today, zone = week.today, ZoneInfo(week.rules.account.zone)
    agreed = calls.agreed(tx, owner=owner, since=_begin(today - LOOKED_BACK, zone))
    timed = {(call.tie_id, call.cause) for call in agreed}
    yield from (event for call in agreed for event in _call(tx, call, owner, tell))
    yield from _windows(tx, week, owner, timed, tell)
    yield from _meetings(tx, owner, today, zone, tell)
    for one in gatherings.ahead(tx, owner=owner, today=today - LOOKED_BACK, called_off=True):
        event = event_of(one, zone, url=f"{tell.address}/gatherings/{one.id}")
        yield event if tell.names else wording.unnamed(event)


def _windows(tx: Transaction, week: Settled, owner: str, timed: set[tuple[str, str]], tell: Teller) -> Iterator[Event]:
    """What the week has chosen, then debts and what was planned by hand; what has an hour stands at its hour."""
    owed = feeds.owed(tx, owner=owner, first=week.today - _DEBTS_BACK, last=week.today + LOOKED_AHEAD)
    by_id = {one.id: (one.touch, one.name) for one in owed}
    for one in week.chosen:
        if one.id not in by_id:
            by_id[one.id] = one.touch, _name(tx, owner, one.contact_id)
    tasks: set[object] = set()
    for id_, (touch, name) in by_id.items():
        # All invitations of a gathering are one thing to do.
        if touch.key not in timed and touch.task not in tasks:
            tasks.add(touch.task)
            yield wording.window(touch, id=id_, name=name, today=week.today, tell=tell)


def _call(tx: Transaction, call: Call, owner: str, tell: Teller) -> Iterator[Event]:
    if call.chosen:
        name = _name(tx, owner, call.contact_id)
        yield wording.call(call.chosen, id=call.id, minutes=call.minutes, name=name, tell=tell)


def _meetings(tx: Transaction, owner: str, today: date, zone: ZoneInfo, tell: Teller) -> Iterator[Event]:
    for one in introductions.meetings(tx, owner=owner, since=today - LOOKED_BACK):
        people = [_name(tx, owner, ties.contact_of(tx, owner=owner, id=tie)) for tie in (one.a, one.b)]
        if one.meets_on:
            yield wording.meeting(
                one.meets_on, one.meets_at, id=one.id, place=one.place, people=people, zone=zone, tell=tell
            )


def _name(tx: Transaction, owner: str, contact_id: str) -> str:
    contact = contacts.get(tx, owner=owner, id=contact_id)
    return contact.name or contact.org


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
