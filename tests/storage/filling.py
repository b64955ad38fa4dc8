"""Rows for every table of any revision: made from the tables as they stand in the database, with typical contents."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Float, Integer, Table, insert

from service.domain.people import search
from service.domain.people.vcard import index_of
from service.domain.reading.card import Evidence, Found, PersonName, Reading
from service.domain.reading.reading_json import to_json
from service.storage import snapshot

ROWS = 2
READING = Reading(name=Found(PersonName("Ana Muñoz Ωmega 日本"), Evidence(("rapidocr",), 0.9)))
CORNERS = [[0, 0], [9, 0], [9, 5], [0, 5]]
VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Ana Muñoz {uid}\r\nN:Muñoz;Ana;;;\r\nORG:Taller Arce\\, S.L.;Taller\r\n"
    "TEL;TYPE=CELL:+34 600 123 123\r\nEMAIL:ana.{uid}@example.com\r\nitem1.X-ABLABEL:_$!<Anniversary>!$_\r\n"
    "NOTE:primera línea\\nsegunda\r\nX-OTHER-PROGRAM;X-Y=1:kept as it is\r\nEND:VCARD\r\n"
)
TYPICAL: dict[str, Any] = {
    "cards.reading": to_json(READING),
    "cards.corners": CORNERS,
    "cards.changes": {"org": "Taller Arce"},
    "cards.state": "confirmed",
    "cards.apart_from": [],
    "rereadings.corners": CORNERS,
    "rereadings.state": "waiting",
    "photos.state": "read",
    "photos.kind": "image/jpeg",
    "photos.gathering": "Feria de Bilbao",
    "photos.shown_scale": 1.0,
    "contacts.kind": "person",
    "notes.kind": "need",
    "notes.text": "filtros de agua",
    "ties.circle": "active",
    "ties.channels": ["mail"],
    "ties.source": "card",
    "acts.type": "met",
    "acts.cause": "",
    "touches.kind": "hello",
    "touches.lane": "new",
    "touches.state": "planned",
    "outgoing.state": "sent",
    "imports.state": "done",
    "imports.report": [],
    "policies.zone": "Europe/Madrid",
    "policies.numbers": {},
    "free_hours.weekdays": [0, 1],
    "free_hours.hours": ["09:00"],
    "calls.offered": [],
    "tie_states.gate": [],
    "dav_logs.kind": "contact",
    "dav_changes.kind": "contact",
}
"""What some columns must hold for a revision, or for the code of today, to understand them."""

UNSAID = ("found_row", "deleted_at", "gone_at", "undone_by", "claimed_at")

Kept = dict[str, dict[str, dict[str, Any]]]


def fill(tx: Connection, batch: str) -> None:
    """Add rows to every table; `batch` tells them from those of another time."""
    made: dict[str, list[dict[str, Any]]] = {}
    for table in snapshot.tables(tx):
        made[table.name] = [_row(table, made, batch, number) for number in range(ROWS)]
        naive = tx.dialect.name == "sqlite"
        tx.execute(insert(table), [_told(row, naive=naive) for row in made[table.name]])


def kept(tx: Connection) -> Kept:
    """Give every row of every table, by what it is known by."""
    found: Kept = {}
    for table in snapshot.tables(tx):
        rows = [json.loads(line) for line in snapshot.lines(tx, table)]
        key = [column.name for column in table.primary_key.columns]
        found[table.name] = {json.dumps([row[name] for name in key]): row for row in rows}
    return found


def _row(table: Table, made: dict[str, list[dict[str, Any]]], batch: str, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    pointed: dict[str, int] = {}
    for column in table.columns:
        keys = [key.column for key in column.foreign_keys]
        if keys and keys[0].table is table:
            row[column.name] = None
        elif keys:
            to = keys[0]
            # Of two columns that point at the same table, each points at another row.
            nth = pointed[to.table.name] = pointed.get(to.table.name, -1) + 1
            row[column.name] = made[to.table.name][(number + nth) % ROWS][to.name]
        else:
            row[column.name] = _value(column, f"{batch}-{number}", number)
    return row


def _value(column: Column[Any], which: str, number: int) -> Any:
    name = f"{column.table.name}.{column.name}"
    vcard = VCARD.format(uid=which)
    special = {
        **TYPICAL,
        "contacts.vcard": vcard,
        "contacts.found_by": search.kept(index_of(vcard)),
        "contacts.uid": which,
        "accounts.email": which,
    }
    if name in special or column.name in UNSAID:
        return special.get(name)
    if isinstance(column.type, JSON):
        return {"names": ["Ana «Bé»", "日本"], "number": number}
    return _plain(column, f"{name} {which} ñ «日本» '\"\\", number)


def _plain(column: Column[Any], words: str, number: int) -> Any:
    match column.type:
        case Boolean():
            return number == 0
        case Integer() | Float():
            return number
        case DateTime():
            return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=number, microseconds=123456)
        case Date():
            return date(2026, 3, 1) + timedelta(days=number)
        case _:
            return words


def _told(row: dict[str, Any], *, naive: bool) -> dict[str, Any]:
    return {
        name: value.replace(tzinfo=None) if naive and isinstance(value, datetime) else value
        for name, value in row.items()
    }
