"""Devices that want notices: asked for by a tap on each, listed with when they were last reached, and removed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from service.domain.errors import Conflict, NotFound
from service.domain.reaching.push import Subscription
from service.storage.moment import now
from service.storage.reaching.device_tables import devices as rows
from service.storage.words import kept

AT_MOST: Final = 20
_NAME_LETTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is told. `names` is whether people may be named there; `trouble` why the last notice failed."""

    id: str
    owner: str
    subscription: Subscription
    name: str
    locale: str
    names: bool
    created_at: datetime
    used_at: datetime | None
    trouble: str


def subscribe(
    tx: Connection, *, owner: str, subscription: Subscription, name: str = "", locale: str = "", session_hash: str = ""
) -> Device:
    """Keep a device, once by its address. One that another account had here before is now this account's.

    Raises Conflict where there are too many.
    """
    at_place = rows.c.endpoint == subscription.endpoint
    known = tx.execute(select(rows).where(at_place).with_for_update()).first()
    if known is not None and known.account_id != owner:
        tx.execute(delete(rows).where(at_place))
        known = None
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    told = {**keys, "locale": kept(locale), "session_hash": session_hash, "trouble": ""}
    if known is None:
        _room(tx, owner)
        row = {"id": str(uuid4()), "account_id": owner, "endpoint": subscription.endpoint, "created_at": now()}
        tx.execute(insert(rows).values({**row, **told, "name": _name(name)}))
    else:
        tx.execute(update(rows).where(at_place).values(told))
    return _device(tx.execute(select(rows).where(at_place)).one())


def of(tx: Connection, *, owner: str) -> list[Device]:
    """The devices of an account, oldest first."""
    mine = select(rows).where(rows.c.account_id == owner)
    return [_device(row) for row in tx.execute(mine.order_by(rows.c.created_at, rows.c.id))]


def get(tx: Connection, *, owner: str, id: str) -> Device:  # noqa: A002
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == kept(id))).first()
    if row is None:
        raise NotFound("device", "There is no such device.")
    return _device(row)


def change(tx: Connection, *, owner: str, id: str, name: str | None = None, names: bool | None = None) -> Device:  # noqa: A002
    """Give a device another name, or say whether people may be named on it."""
    device = get(tx, owner=owner, id=id)
    values = {"name": _name(device.name if name is None else name), "names": device.names if names is None else names}
    tx.execute(update(rows).where(rows.c.id == device.id).values(values))
    return get(tx, owner=owner, id=id)


def remove(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    tx.execute(delete(rows).where(rows.c.id == get(tx, owner=owner, id=id).id))


def _room(tx: Connection, owner: str) -> None:
    count = tx.execute(select(func.count()).select_from(rows).where(rows.c.account_id == owner)).scalar_one()
    if count >= AT_MOST:
        raise Conflict("too_many_devices", "There are too many devices already. Remove one that you no longer use.")


def _name(name: str) -> str:
    return " ".join(kept(name).split())[:_NAME_LETTERS]


def _device(row: Row[Any]) -> Device:
    return Device(
        id=row.id,
        owner=row.account_id,
        subscription=Subscription(row.endpoint, row.p256dh, row.auth),
        name=row.name,
        locale=row.locale,
        names=row.names,
        created_at=row.created_at,
        used_at=row.used_at,
        trouble=row.trouble,
    )
