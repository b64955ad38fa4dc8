"""What changed in the books that other devices hold, so that a sync costs what changed and not what is there.

Each thing has a row: the name by which devices know it (`href`), and the transaction in which it last changed. Whoever
writes takes a note, and the notes are written down as the last thing of the transaction: only then, and only for a
moment, is the row of the log locked, so that numbers follow the order of the commits and nobody waits in a circle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from service.storage.dav.dav_tables import changes, logs
from service.storage.moment import now
from service.storage.tables import contacts

CONTACT: Final = "contact"
KEPT_DAYS: Final = 90
"""So long it is known what is gone; a device that comes later reads everything anew."""

_NOTES: Final = "undrawer_changed"
_BATCH: Final = 400
_AWAY: Final = "away"


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing of a short list: its name, its id, and when it last changed."""

    href: str
    id: str
    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """`seq` is the last number given; what is gone is known since `floor`."""

    seq: int
    floor: int


def drop_notes(tx: Connection) -> None:
    """Forget what a transaction noted that never came to its end: the connection is used again."""
    tx.info.pop(_NOTES, None)


def note(tx: Connection, *, owner: str, id: str, href: str | None = None) -> None:  # noqa: A002
    """Note that a contact was written, deleted, brought back or erased; `href` where a device chose its name."""
    noted: dict[str, str | None] = tx.info.setdefault(_NOTES, {}).setdefault(owner, {})
    noted[id] = href or noted.get(id)


def write_down(tx: Connection) -> None:
    """Write the notes of a transaction into the log."""
    for owner, noted in sorted(tx.info.pop(_NOTES, {}).items()):
        at = _next(tx, owner, CONTACT)
        for some in _batches(noted):
            _put_all(tx, owner, at, some)


def log_of(tx: Connection, *, owner: str, kind: str) -> Log:
    row = tx.execute(select(logs).where(logs.c.account_id == owner, logs.c.kind == kind)).first()
    return Log(row.seq, row.floor) if row else Log(0, 0)


def since(tx: Connection, *, owner: str, kind: str, seq: int) -> list[str]:
    """The names of all that changed after `seq`, whether it is still there or not."""
    mine = (changes.c.account_id == owner, changes.c.kind == kind, changes.c.seq > seq)
    return list(tx.execute(select(changes.c.href).where(*mine).order_by(changes.c.seq)).scalars())


def reconcile(tx: Connection, *, owner: str, kind: str, there: Mapping[str, tuple[str, str]]) -> None:
    """Make the log say what is there now: name -> id and etag. For short lists that are made up when they are asked for."""
    if not differs(tx, owner=owner, kind=kind, there=there):
        return
    at = _next(tx, owner, kind)
    known = {row.href: row for row in tx.execute(_of(owner, kind))}
    for href, (id_, etag) in there.items():
        row = known.get(href)
        if row is None or row.gone or row.etag != etag:
            _put(tx, owner, kind, href, item_id=id_, etag=etag, seq=at, gone=False)
    for href, row in known.items():
        if href not in there and not row.gone:
            _put(tx, owner, kind, href, item_id=row.item_id, etag="", seq=at, gone=True)


def differs(tx: Connection, *, owner: str, kind: str, there: Mapping[str, tuple[str, str]]) -> bool:
    query = _of(owner, kind).where(~changes.c.gone)
    return {row.href: (row.item_id, row.etag) for row in tx.execute(query)} != dict(there)


def put_away(tx: Connection, *, owner: str, kind: str, href: str) -> None:
    """Take a thing off a short list for good, because a device wants it away, whatever is there."""
    mine = (changes.c.account_id == owner, changes.c.kind == kind, changes.c.href == href)
    values = {"gone": True, "etag": _AWAY, "seq": _next(tx, owner, kind), "changed_at": now()}
    tx.execute(update(changes).where(*mine).values(values))


def away(tx: Connection, *, owner: str, kind: str) -> set[str]:
    """The names of what was put away."""
    return {row.href for row in tx.execute(_of(owner, kind).where(changes.c.gone, changes.c.etag == _AWAY))}


def listed(tx: Connection, *, owner: str, kind: str) -> list[Listed]:
    """A short list as it was last made up."""
    query = _of(owner, kind).where(~changes.c.gone).order_by(changes.c.href)
    return [Listed(row.href, row.item_id, row.etag, row.changed_at) for row in tx.execute(query)]


def forget_old(tx: Connection) -> None:
    """Forget what is gone for long. For the sweep."""
    old = (changes.c.gone, changes.c.changed_at < now() - timedelta(days=KEPT_DAYS))
    last = select(changes.c.account_id, changes.c.kind, func.max(changes.c.seq).label("seq")).where(*old)
    for row in tx.execute(last.group_by(changes.c.account_id, changes.c.kind)).all():
        mine = (logs.c.account_id == row.account_id, logs.c.kind == row.kind, logs.c.floor < row.seq)
        tx.execute(update(logs).where(*mine).values(floor=row.seq))
    tx.execute(delete(changes).where(*old))


def _of(owner: str, kind: str) -> Any:
    return select(changes).where(changes.c.account_id == owner, changes.c.kind == kind)


def _next(tx: Connection, owner: str, kind: str) -> int:
    """The next number of a log; who asks second waits until the first has committed."""
    mine = (logs.c.account_id == owner, logs.c.kind == kind)
    counted = update(logs).where(*mine).values(seq=logs.c.seq + 1).returning(logs.c.seq)
    found = tx.execute(counted).scalar()
    if found is None:
        into: Any = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
        tx.execute(into(logs).values(account_id=owner, kind=kind).on_conflict_do_nothing())
        found = tx.execute(counted).scalar_one()
    return int(found)


def _put_all(tx: Connection, owner: str, at: int, noted: Mapping[str, str | None]) -> None:
    alive = (contacts.c.account_id == owner, contacts.c.id.in_(noted), contacts.c.deleted_at.is_(None))
    there = set(tx.execute(select(contacts.c.id).where(*alive)).scalars())
    known: dict[str, Any] = {}
    for one in tx.execute(
        _of(owner, CONTACT).where(changes.c.item_id.in_(noted)).order_by(~changes.c.gone, changes.c.seq)
    ):
        known[one.item_id] = one  # the name in use, else the last one
    new: list[dict[str, Any]] = []
    for id_, wanted in noted.items():
        row = known.get(id_)
        href = wanted or (row.href if row else f"{id_}.vcf")
        if row is None and id_ in there and not wanted:
            new.append(_row(owner, CONTACT, href, item_id=id_, seq=at))
        elif row is not None or id_ in there:
            _put(tx, owner, CONTACT, href, item_id=id_, seq=at, gone=id_ not in there)
        if row is not None and row.href != href and not row.gone:
            _put(tx, owner, CONTACT, row.href, item_id=id_, seq=at, gone=True)
    if new:
        tx.execute(insert(changes), new)


def _put(tx: Connection, owner: str, kind: str, href: str, **values: Any) -> None:
    mine = (changes.c.account_id == owner, changes.c.kind == kind, changes.c.href == href)
    if tx.execute(update(changes).where(*mine).values(changed_at=now(), **values)).rowcount == 0:
        tx.execute(insert(changes).values(_row(owner, kind, href, **values)))


def _row(owner: str, kind: str, href: str, **values: Any) -> dict[str, Any]:
    return {"account_id": owner, "kind": kind, "href": href, "changed_at": now(), **values}


def _batches(noted: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    rest = iter(noted.items())
    while some := dict(islice(rest, _BATCH)):
        yield some
