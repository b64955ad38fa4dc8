"""All rows of an account, or all that are about one contact, as plain values; what opens a door is left out."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, or_, select

from service.storage.following.tie_tables import ties
from service.storage.tables import accounts, cards, contacts, metadata, photos

ROWS_AT_ONCE: Final = 500
LEFT_OUT: Final = frozenset(
    {
        "sessions",
        "sign_in_links",
        "signed_links",
        "recovery_codes",
        "contact_keys",
        "note_terms",
        "dav_changes",
        "dav_logs",
        "tie_states",
    }
)
"""Tables that only open doors, or are made again from the others."""

SECRETS: Final = frozenset(
    {"password_hash", "secret_hash", "secret", "sealed", "password", "p256dh", "auth", "endpoint", "session_hash"}
)
"""Columns that open doors, in whichever table they stand."""

Row = dict[str, Any]


def of_account(tx: Connection, *, owner: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """Every table with its rows, a few hundred in memory at a time."""
    yield "accounts", _rows(tx, accounts, select(accounts).where(accounts.c.id == owner))
    for table in metadata.sorted_tables:
        if "account_id" in table.c and table.name not in LEFT_OUT:
            yield table.name, _rows(tx, table, select(table).where(table.c.account_id == owner))


def of_contacts(tx: Connection, *, owner: str, ids: Collection[str], card_ids: Collection[str]) -> dict[str, list[Row]]:
    """The rows about some contacts, who are one person: whatever points at them, at their ties, or at their cards."""
    mine = select(ties.c.id).where(ties.c.account_id == owner, ties.c.contact_id.in_(ids))
    targets = {contacts.name: set(ids), ties.name: set(tx.execute(mine).scalars()), cards.name: set(card_ids)}
    found: dict[str, list[Row]] = {}
    for table in metadata.sorted_tables:
        if "account_id" not in table.c or table.name in LEFT_OUT:
            continue
        pointing = [column.in_(targets[to]) for column, to in _pointers(table, targets)]
        if table.name in targets:
            pointing.append(table.c.id.in_(targets[table.name]))
        if pointing and (
            rows := list(_rows(tx, table, select(table).where(table.c.account_id == owner, or_(*pointing))))
        ):
            found[table.name] = rows
    return found


def files_of_account(tx: Connection, *, owner: str) -> Iterator[tuple[str, str]]:
    """The name that each kept file is given, and its hash."""
    query = select(photos.c.id, photos.c.sha256, photos.c.kind, photos.c.spoken, photos.c.spoken_kind)
    for row in _some(tx, query.where(photos.c.account_id == owner)):
        yield f"photos/{row.id}{_ending(row.kind)}", row.sha256
        if row.spoken:
            yield f"spoken/{row.id}{_ending(row.spoken_kind)}", row.spoken
    for row in _some(tx, select(cards.c.id, cards.c.picture).where(cards.c.account_id == owner, cards.c.picture != "")):
        yield f"cards/{row.id}.jpg", row.picture


def _pointers(table: Table, targets: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    for column in table.c:
        for key in column.foreign_keys:
            if (to := key.column.table.name) in targets:
                yield column, to


def _rows(tx: Connection, table: Table, query: Select[Any]) -> Iterator[Row]:
    shown = [column.name for column in table.c if column.name not in SECRETS]
    for row in _some(tx, query):
        yield {name: _plain(getattr(row, name)) for name in shown}


def _some(tx: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from tx.execution_options(yield_per=ROWS_AT_ONCE).execute(query)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _ending(kind: str) -> str:
    ending = kind.rpartition("/")[2].partition(";")[0]
    return {"jpeg": ".jpg", "": ""}.get(ending, f".{ending}")
