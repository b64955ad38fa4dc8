"""Calendars to subscribe to: a secret address an account, and the numbers by which programs see what changed."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from service.domain.errors import NotFound
from service.domain.reaching.calendar import Event
from service.domain.reaching.feed import fingerprint
from service.domain.ties.touch import Touch
from service.storage.following.tie_tables import ties, touches
from service.storage.following.touch_rows import touch_of
from service.storage.moment import now
from service.storage.reaching.feed_tables import feed_events as events
from service.storage.reaching.feed_tables import feeds as rows
from service.storage.tables import contacts
from service.storage.words import kept

SECRET_BYTES: Final = 32
REMEMBERED_DAYS: Final = 400
"""So long an event that is gone keeps its number, in case it comes back."""

_ASKED_EVERY: Final = timedelta(hours=1)
_AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Feed:
    """`asked_at` is when a program last fetched it, to the hour; none while nobody did."""

    owner: str
    names: bool
    locale: str
    created_at: datetime
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A touch with the contact that it is for."""

    id: str
    touch: Touch
    name: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """Events with their numbers; `changed_at` is when anything of the calendar last changed."""

    events: tuple[Event, ...]
    changed_at: datetime


def of(tx: Connection, *, owner: str) -> Feed | None:
    row = tx.execute(select(rows).where(rows.c.account_id == owner)).first()
    return _feed(row) if row else None


def make(tx: Connection, *, owner: str, locale: str) -> str:
    """Give a new secret, which is shown once; the one before opens nothing any more."""
    secret, mine = token_urlsafe(SECRET_BYTES), rows.c.account_id == owner
    fresh = {"secret_hash": _hashed(secret), "locale": kept(locale), "created_at": now(), "asked_at": None}
    if tx.execute(update(rows).where(mine).values(fresh)).rowcount == 0:
        tx.execute(insert(rows).values(account_id=owner, **fresh))
    return secret


def set_names(tx: Connection, *, owner: str, names: bool) -> None:
    if tx.execute(update(rows).where(rows.c.account_id == owner).values(names=names)).rowcount == 0:
        raise NotFound("feed", "There is no calendar to subscribe to. Make its address first.")


def revoke(tx: Connection, *, owner: str) -> None:
    tx.execute(delete(rows).where(rows.c.account_id == owner))


def by_secret(tx: Connection, secret: str) -> Feed | None:
    """Whose calendar a secret opens. What is looked up is its hash, so time tells nothing of the secret."""
    hashed = _hashed(secret)
    row = tx.execute(select(rows).where(rows.c.secret_hash == hashed)).first()
    return _feed(row) if row and hmac.compare_digest(row.secret_hash, hashed) else None


def asked(tx: Connection, feed: Feed) -> None:
    """Note that it was fetched; once an hour is enough to tell that it works."""
    late = rows.c.asked_at.is_(None) | (rows.c.asked_at < now() - _ASKED_EVERY)
    tx.execute(update(rows).where(rows.c.account_id == feed.owner, late).values(asked_at=now()))


def is_news(feed: Feed) -> bool:
    return feed.asked_at is None or feed.asked_at < now() - _ASKED_EVERY


def owed(tx: Connection, *, owner: str, first: date, last: date) -> list[Owed]:
    """Debts and what was planned by hand between two days."""
    join = touches.join(ties, ties.c.id == touches.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (touches.c.account_id == owner, touches.c.state == "planned", contacts.c.deleted_at.is_(None))
    when = (~touches.c.proposed, touches.c.day >= first, touches.c.day <= last)
    query = select(touches, contacts.c.name.label("contact_name"), contacts.c.org.label("contact_org"))
    found = tx.execute(
        query.select_from(join).where(*mine, *when).order_by(touches.c.day, touches.c.id).limit(_AT_MOST)
    )
    return [Owed(row.id, touch_of(row), row.contact_name or row.contact_org) for row in found]


def numbered(tx: Connection, found: Iterable[Event], *, owner: str, write: bool) -> Numbered | None:
    """The events with a sequence that grew whenever they changed; None where something changed and is not to be written."""
    known = {row.uid: row for row in tx.execute(select(events).where(events.c.account_id == owner))}
    there = {event.uid: event for event in found}
    changed = [event for uid, event in there.items() if not _same(known.get(uid), event)]
    gone = [uid for uid, row in known.items() if uid not in there and row.gone_at is None]
    if (changed or gone) and not write:
        return None
    for event in changed:
        _keep(tx, owner, known.get(event.uid), event)
    for uid in gone:
        tx.execute(update(events).where(events.c.account_id == owner, events.c.uid == uid).values(gone_at=now()))
    after = {row.uid: row for row in tx.execute(select(events).where(events.c.account_id == owner))}
    last = max((moment for row in after.values() for moment in (row.changed_at, row.gone_at) if moment), default=now())
    told = (replace(e, sequence=after[uid].sequence, changed_at=after[uid].changed_at) for uid, e in there.items())
    return Numbered(tuple(sorted(told, key=lambda event: event.uid)), last)


def forget(tx: Connection) -> None:
    """Remove the numbers of events that are gone for good. For the sweep."""
    tx.execute(delete(events).where(events.c.gone_at < now() - timedelta(days=REMEMBERED_DAYS)))


def _same(row: Row[Any] | None, event: Event) -> bool:
    return row is not None and row.gone_at is None and row.fingerprint == fingerprint(event)


def _keep(tx: Connection, owner: str, row: Row[Any] | None, event: Event) -> None:
    said = {"fingerprint": fingerprint(event), "changed_at": now(), "gone_at": None}
    if row is None:
        tx.execute(insert(events).values(account_id=owner, uid=event.uid, sequence=event.sequence, **said))
        return
    mine = (events.c.account_id == owner, events.c.uid == event.uid)
    tx.execute(update(events).where(*mine).values(sequence=max(row.sequence + 1, event.sequence), **said))


def _hashed(secret: str) -> str:
    """Without salt or stretching: 32 random bytes are not to be guessed."""
    return sha256(kept(secret).encode()).hexdigest()


def _feed(row: Row[Any]) -> Feed:
    return Feed(row.account_id, row.names, row.locale, row.created_at, row.asked_at)
