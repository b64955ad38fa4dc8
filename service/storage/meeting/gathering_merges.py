"""Two gatherings that were one: what was met at the second goes over to the first, and comes back when it is undone."""

from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Column, Connection, Table, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.gatherings.gathering import Gathering
from service.storage.following.tie_tables import ties
from service.storage.meeting import gatherings as kept_gatherings
from service.storage.meeting.gathering_tables import gathering_merges, guests
from service.storage.moment import now
from service.storage.tables import contacts, gatherings
from service.storage.words import kept

_MOVED: Final[dict[str, tuple[Table, Column[Any]]]] = {
    "contacts": (contacts, contacts.c.gathering_id),
    "ties": (ties, ties.c.gathering_id),
}


def merge(tx: Connection, *, owner: str, keep: str, gone: str) -> str:
    """Give all of `gone` to `keep`; `gone` is listed no more. Gives the id by which that is undone."""
    stays = kept_gatherings.get(tx, owner=owner, id=keep)
    goes = kept_gatherings.get(tx, owner=owner, id=gone)
    if stays.id == goes.id or stays.merged_into or goes.merged_into:
        raise BadValue("gathering_merge", "Choose two different gatherings.")
    if goes.own and _has_guests(tx, goes.id):
        raise Conflict("gathering_has_guests", "It has guests of its own. Merge the other one into it instead.")
    moved = {name: _ids(tx, owner, name, goes.id) for name in _MOVED}
    _move(tx, owner, moved, stays)
    tx.execute(update(gatherings).where(gatherings.c.id == goes.id).values(merged_into=stays.id))
    row = {"id": str(uuid4()), "account_id": owner, "kept_id": stays.id, "gone_id": goes.id, "moved": moved}
    tx.execute(insert(gathering_merges).values({**row, "made_at": now()}))
    return str(row["id"])


def undo(tx: Connection, *, owner: str, id: str) -> Gathering:  # noqa: A002
    """Bring back the one that went, with all that is still where it was put. Undone already, nothing happens."""
    mine = (gathering_merges.c.account_id == owner, gathering_merges.c.id == kept(id))
    row = tx.execute(select(gathering_merges).where(*mine).with_for_update()).first()
    if row is None:
        raise NotFound("gathering_merge", "These two were not merged.")
    gone = kept_gatherings.get(tx, owner=owner, id=row.gone_id)
    if row.undone_at is None:
        there = {name: set(_ids(tx, owner, name, row.kept_id)) for name in _MOVED}
        still = {name: [one for one in ids if one in there[name]] for name, ids in row.moved.items()}
        _move(tx, owner, still, gone)
        tx.execute(update(gatherings).where(gatherings.c.id == gone.id).values(merged_into=None))
        tx.execute(update(gathering_merges).where(*mine).values(undone_at=now()))
    return kept_gatherings.get(tx, owner=owner, id=gone.id)


def _move(tx: Connection, owner: str, ids: dict[str, list[str]], to: Gathering) -> None:
    for name, rows in ids.items():
        table, column = _MOVED[name]
        values: dict[str, Any] = {column.name: to.id}
        if table is ties:
            values["gathering"] = to.name
        tx.execute(update(table).where(table.c.account_id == owner, table.c.id.in_(rows)).values(values))


def _ids(tx: Connection, owner: str, name: str, gathering_id: str) -> list[str]:
    table, column = _MOVED[name]
    mine = (table.c.account_id == owner, column == gathering_id)
    return list(tx.execute(select(table.c.id).where(*mine).order_by(table.c.id)).scalars())


def _has_guests(tx: Connection, id_: str) -> bool:
    return tx.execute(select(guests.c.id).where(guests.c.gathering_id == id_).limit(1)).first() is not None
