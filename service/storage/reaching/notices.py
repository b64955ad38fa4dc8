"""Notices: when they ring, that each goes to a device once, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from service.domain.entering.ring import moment_of, next_ring
from service.domain.errors import BadValue
from service.domain.reaching.push import PushState
from service.domain.ties.account import WEEKDAYS, zone_of
from service.domain.ties.days import is_open
from service.storage.claims import Claims
from service.storage.following import policies
from service.storage.moment import now
from service.storage.reaching.device_tables import devices, notice_settings
from service.storage.reaching.device_tables import notices as rows

WAITS_MINUTES: Final = (1, 5, 15, 30, 60)
"""Before the next try, the last again and again until the day is over."""

KEPT_DAYS: Final = 30
_DAY: Final = timedelta(days=1)
_EVERY_DAY: Final = frozenset(range(WEEKDAYS))

CLAIMS: Final = Claims(
    table=rows,
    waiting=rows.c.state == PushState.WAITING,
    since=rows.c.due_at,
    given_up={"state": PushState.GIVEN_UP},
    ended="ended_at",
    ahead=2 * _DAY,  # one that was refused for now is tried again within its day
)


@dataclass(frozen=True, slots=True)
class Settings:
    """At which time of the account's day, and of what, it is told."""

    at: time = time(9, 0)
    promises: bool = True
    first_touch: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice in a worker's hands. Its `key` is what it is about; after `until` it is of no use."""

    id: str
    owner: str
    device_id: str
    key: str
    day: date
    until: datetime
    refusals: int


def settings(tx: Connection, *, owner: str) -> Settings:
    row = tx.execute(select(notice_settings).where(notice_settings.c.account_id == owner)).first()
    return Settings(time(row.hour, row.minute), row.promises, row.first_touch) if row else Settings()


def keep(tx: Connection, wanted: Settings, *, owner: str) -> None:
    """Keep the settings; the next ring is reckoned anew. Raises BadValue where it would ring for nothing."""
    if not wanted.promises and not wanted.first_touch:
        raise BadValue("notices_empty", "Choose what you want to be told, or remove the devices.")
    values = {
        "hour": wanted.at.hour,
        "minute": wanted.at.minute,
        "promises": wanted.promises,
        "first_touch": wanted.first_touch,
        "next_at": _next(tx, owner, wanted.at),
    }
    mine = notice_settings.c.account_id == owner
    if tx.execute(update(notice_settings).where(mine).values(values)).rowcount == 0:
        tx.execute(insert(notice_settings).values(account_id=owner, **values))


def wind(tx: Connection, *, owner: str) -> None:
    """Set the alarm, where it is not set: a device has been added."""
    row = tx.execute(select(notice_settings.c.next_at).where(notice_settings.c.account_id == owner)).first()
    if row is None or row.next_at is None:
        keep(tx, settings(tx, owner=owner), owner=owner)


def due(tx: Connection, *, limit: int = 500) -> list[str]:
    """The accounts whose hour has come."""
    late = select(notice_settings.c.account_id).where(notice_settings.c.next_at <= now())
    return list(tx.execute(late.order_by(notice_settings.c.next_at).limit(limit)).scalars())


def ring(tx: Connection, *, owner: str) -> list[str]:
    """Write a notice for each device of the account and set the alarm anew; of two who come at once, one does.

    On quiet days nothing is written. A zone that was changed since may have moved the hour: then it rings later.
    """
    at = settings(tx, owner=owner).at
    mine = (notice_settings.c.account_id == owner, notice_settings.c.next_at <= now())
    if tx.execute(update(notice_settings).where(*mine).values(next_at=_next(tx, owner, at))).rowcount == 0:
        return []
    account = policies.of(tx, owner=owner).account
    day, zone = policies.today(tx, owner=owner), zone_of(account.zone)
    if not is_open(day, account) or now() < moment_of(day, at, zone):
        return []
    until = moment_of(day + _DAY, time(), zone)
    asked = select(devices.c.id).where(devices.c.account_id == owner).order_by(devices.c.created_at)
    written = [_put(tx, owner, device, f"day:{day}", day, until) for device in tx.execute(asked).scalars()]
    if not written:
        tx.execute(update(notice_settings).where(notice_settings.c.account_id == owner).values(next_at=None))
    return [id_ for id_ in written if id_]


def attempt(tx: Connection, *, owner: str, device_id: str) -> str:
    """Write a notice that only tries the way; it is of no use after ten minutes."""
    day = policies.today(tx, owner=owner)
    return _put(tx, owner, device_id, f"try:{uuid4()}", day, now() + timedelta(minutes=10))


def claim(tx: Connection, id: str, *, held_seconds: float) -> Waiting | None:  # noqa: A002
    row = CLAIMS.take(tx, id, held_seconds=held_seconds)
    return _waiting(row) if row else None


def settle(tx: Connection, waiting: Waiting, state: PushState, *, reason: str = "") -> None:
    """Say what became of a notice, and of its device the same."""
    ended = {"state": state, "reason": reason, "ended_at": now(), "claimed_at": None}
    tx.execute(update(rows).where(rows.c.id == waiting.id).values(ended))
    reached = {"used_at": now(), "trouble": ""} if state is PushState.SENT else {"trouble": reason}
    if state is not PushState.NOTHING:
        tx.execute(update(devices).where(devices.c.id == waiting.device_id).values(reached))


def later(tx: Connection, waiting: Waiting, *, reason: str, wait_seconds: int = 0) -> None:
    """Try again after a while, longer each time or as the service asks; not beyond its day."""
    minutes = WAITS_MINUTES[min(waiting.refusals, len(WAITS_MINUTES) - 1)]
    due_at = now() + max(timedelta(minutes=minutes), timedelta(seconds=wait_seconds))
    if due_at >= waiting.until:
        settle(tx, waiting, PushState.TOO_LATE, reason=reason)
        return
    again = {"due_at": due_at, "claimed_at": None, "tries": 0, "refusals": waiting.refusals + 1, "reason": reason}
    tx.execute(update(rows).where(rows.c.id == waiting.id).values(again))
    tx.execute(update(devices).where(devices.c.id == waiting.device_id).values(trouble=reason))


def gone(tx: Connection, waiting: Waiting) -> None:
    """The service knows the device no more; with it go the notices that wait for it."""
    tx.execute(delete(devices).where(devices.c.id == waiting.device_id))


def forget(tx: Connection) -> None:
    """Remove what was told a month ago."""
    tx.execute(delete(rows).where(rows.c.ended_at < now() - KEPT_DAYS * _DAY))


def _next(tx: Connection, owner: str, at: time) -> datetime:
    zone = zone_of(policies.of(tx, owner=owner).account.zone)
    return next_ring(now(), at, zone, weekdays=_EVERY_DAY)


def _put(tx: Connection, owner: str, device_id: str, key: str, day: date, until: datetime) -> str:
    """Give the id of a new notice; "" where the device was told the same before."""
    id_ = str(uuid4())
    insert_once: Any = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    row = {"id": id_, "account_id": owner, "device_id": device_id, "key": key, "day": day, "until": until}
    new = insert_once(rows).values(**row, state=PushState.WAITING, due_at=now()).on_conflict_do_nothing()
    return str(tx.execute(new.returning(rows.c.id)).scalar() or "")


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, row.account_id, row.device_id, row.key, row.day, row.until, row.refusals)
