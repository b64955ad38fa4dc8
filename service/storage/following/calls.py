"""Calls after a reconnect: three times are offered, one is chosen; from then on it stands on its day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, insert, select, update

from service.domain.errors import BadValue, NotFound
from service.domain.outcomes.hours import CALL_MINUTES, times
from service.domain.ties.account import zone_of
from service.domain.ties.touch import Channel, Kind
from service.storage.following import deeds, free_hours, policies, touches
from service.storage.following.outcome_tables import calls
from service.storage.following.tie_tables import ties
from service.storage.following.touches import KeptTouch
from service.storage.moment import now
from service.storage.tables import contacts
from service.storage.words import kept

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)
_TAKEN_AT_MOST: Final = 200
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Call:
    """Times offered to somebody, local and with their zone; `chosen` is None while none was. `id` is "" until kept."""

    id: str
    tie_id: str
    contact_id: str
    cause: str
    offered: tuple[datetime, ...]
    chosen: datetime | None = None
    minutes: int = CALL_MINUTES
    sequence: int = 0
    changed_at: datetime | None = None

    @property
    def ends(self) -> datetime | None:
        return self.chosen and self.chosen + timedelta(minutes=self.minutes)


def is_offered(touch: KeptTouch) -> bool:
    """Whether a touch is the call after a warm answer, put off or not."""
    return touch.touch.kind is Kind.CALL and touch.touch.cause.startswith("answer:")


def of_touch(tx: Connection, *, owner: str, touch: KeptTouch) -> Call | None:
    """The call that a touch asks for: as it was offered, else with times that are free as of today."""
    if not is_offered(touch):
        return None
    known = _known(tx, owner, touch.touch.tie, touch.touch.cause)
    return known or Call("", touch.touch.tie, touch.contact_id, touch.touch.cause, _free(tx, owner, touch))


def offer(tx: Connection, *, owner: str, touch: KeptTouch) -> Call | None:
    """Keep the times as they are offered, which from then on stay the same."""
    call = of_touch(tx, owner=owner, touch=touch)
    if call is None or call.id:
        return call
    id_ = str(uuid4())
    row = {"id": id_, "account_id": owner, "tie_id": call.tie_id, "cause": call.cause, "minutes": call.minutes}
    tx.execute(insert(calls).values({**row, "offered": _written(call.offered), "made_at": now()}))
    return replace(call, id=id_)


def choose(tx: Connection, *, owner: str, id: str, at: datetime) -> Call:  # noqa: A002
    """Take the time that they chose, offered or not. It stands on its day; choosing another one moves it."""
    row = tx.execute(_mine(owner).where(calls.c.id == kept(id)).with_for_update(of=calls)).first()
    if row is None:
        raise NotFound("call", "There is no such call.")
    if not now() - _DAY <= at <= now() + _YEAR:
        raise BadValue("call_time", "Choose a time from today on, within a year.")
    zone = _zone(tx, owner)
    if row.chosen != at:
        _off_its_day(tx, owner, row)
        day = max(at.astimezone(zone).date(), policies.today(tx, owner=owner))
        hour = f"{at.astimezone(zone):%H:%M}"
        planned = deeds.plan_by_hand(
            tx, owner=owner, tie_id=row.tie_id, kind=Kind.CALL, day=day, channel=_phone(tx, owner, row), text=hour
        )
        values = {"chosen": at, "sequence": row.sequence + bool(row.chosen), "act_id": planned.id, "made_at": now()}
        tx.execute(update(calls).where(calls.c.id == row.id).values(values))
    return get(tx, owner=owner, id=id)


def get(tx: Connection, *, owner: str, id: str) -> Call:  # noqa: A002
    row = tx.execute(_mine(owner).where(calls.c.id == kept(id))).first()
    if row is None:
        raise NotFound("call", "There is no such call.")
    return _call(row, _zone(tx, owner))


def open_ones(tx: Connection, *, owner: str) -> list[Call]:
    """Offered and not yet chosen, or agreed and still to come; of the last two months."""
    lately = calls.c.made_at > now() - 60 * _DAY
    ahead = calls.c.chosen.is_(None) | (calls.c.chosen > now() - _DAY)
    query = _mine(owner).where(lately, ahead).order_by(calls.c.chosen.is_(None), calls.c.chosen, calls.c.made_at)
    zone = _zone(tx, owner)
    return [_call(row, zone) for row in tx.execute(query.limit(_SHOWN))]


def agreed(tx: Connection, *, owner: str, since: datetime) -> list[Call]:
    """The calls with a time from a moment on, for calendars."""
    query = _mine(owner).where(calls.c.chosen >= since).order_by(calls.c.chosen)
    zone = _zone(tx, owner)
    return [_call(row, zone) for row in tx.execute(query.limit(_TAKEN_AT_MOST))]


def _free(tx: Connection, owner: str, touch: KeptTouch) -> tuple[datetime, ...]:
    account, today = policies.of(tx, owner=owner).account, policies.today(tx, owner=owner)
    first = max(touch.touch.day, today + _DAY)
    found = times(free_hours.of(tx, owner=owner), account, first=first, now=now(), taken=_taken(tx, owner))
    return tuple(one.astimezone(zone_of(account.zone)) for one in found)


def _taken(tx: Connection, owner: str) -> list[datetime]:
    """Times that were offered to others or agreed with them."""
    since = now() - 30 * _DAY
    mine = (calls.c.account_id == owner, calls.c.made_at > since)
    rows = tx.execute(select(calls.c.offered, calls.c.chosen).where(*mine).limit(_TAKEN_AT_MOST)).all()
    chosen = [row.chosen for row in rows if row.chosen]
    return chosen + [datetime.fromisoformat(one) for row in rows if not row.chosen for one in row.offered]


def _off_its_day(tx: Connection, owner: str, row: Any) -> None:
    if row.act_id:
        touches.undo(tx, owner=owner, act_id=row.act_id)


def _phone(tx: Connection, owner: str, row: Any) -> Channel | None:
    mine = (ties.c.account_id == owner, ties.c.id == row.tie_id)
    channels = tx.execute(select(ties.c.channels).where(*mine)).scalar_one()
    return Channel.PHONE if Channel.PHONE in channels else None


def _known(tx: Connection, owner: str, tie_id: str, cause: str) -> Call | None:
    row = tx.execute(_mine(owner).where(calls.c.tie_id == tie_id, calls.c.cause == cause)).first()
    return _call(row, _zone(tx, owner)) if row else None


def _mine(owner: str) -> Select[Any]:
    join = calls.join(ties, ties.c.id == calls.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    columns = select(calls, ties.c.contact_id).select_from(join)
    return columns.where(calls.c.account_id == owner, contacts.c.deleted_at.is_(None))


def _zone(tx: Connection, owner: str) -> ZoneInfo:
    return zone_of(policies.of(tx, owner=owner).account.zone)


def _written(offered: Sequence[datetime]) -> list[str]:
    return [one.astimezone(ZoneInfo("UTC")).isoformat() for one in offered]


def _call(row: Any, zone: ZoneInfo) -> Call:
    return Call(
        id=row.id,
        tie_id=row.tie_id,
        contact_id=row.contact_id,
        cause=row.cause,
        offered=tuple(datetime.fromisoformat(one).astimezone(zone) for one in row.offered),
        chosen=row.chosen.astimezone(zone) if row.chosen else None,
        minutes=row.minutes,
        sequence=row.sequence,
        changed_at=row.made_at,
    )
