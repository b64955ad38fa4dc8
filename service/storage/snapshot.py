"""All rows of all tables as lines of JSON, and back: from any of the databases into any of them."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

ROWS_AT_ONCE: Final = 500
_REVISION: Final = "alembic_version"
_DERIVED: Final = "contacts_found"


def revision(tx: Connection) -> str:
    """Give the revision of the tables; "" of a database that has none."""
    if not inspect(tx).has_table(_REVISION):
        return ""
    return str(tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def tables(tx: Connection) -> list[Table]:
    """Give the tables as they stand in the database, those first that others point at, without what is made again."""
    seen = MetaData()
    seen.reflect(tx, only=lambda name, _: name != _REVISION and not name.startswith(_DERIVED))
    for table in seen.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return seen.sorted_tables


def lines(tx: Connection, table: Table) -> Iterator[str]:
    """Give a line of JSON a row, a few hundred rows in memory at a time; of rows that point at others those come first."""
    at_each_other = [key.parent.is_not(None) for key in table.foreign_keys if key.column.table is table]
    query = select(table).order_by(*at_each_other, *table.primary_key.columns)
    for row in tx.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).mappings():
        yield json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)


def load(tx: Connection, table: Table, rows: Iterable[str]) -> int:
    """Add the rows to an empty table, and give how many they were."""
    types = {column.name: column.type for column in table.columns}
    naive = tx.dialect.name == "sqlite"
    count = 0
    rest = iter(rows)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        known = [json.loads(line).items() for line in some]
        values = [{name: _value(types[name], value, naive=naive) for name, value in row} for row in known]
        tx.execute(insert(table), values)
        count += len(values)
    return count


def go_on_counting(tx: Connection, table: Table) -> None:
    """Let PostgreSQL's own numbers go on after those that were loaded."""
    if tx.dialect.name != "postgresql":
        return
    for column in table.columns:
        name = {"table": f'"{table.name}"', "column": column.name}
        counter = tx.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), name).scalar()
        last = tx.execute(select(column).order_by(column.desc()).limit(1)).scalar() if counter else None
        if last is not None:
            tx.execute(text("SELECT setval(:counter, :last)"), {"counter": counter, "last": last})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _value(of: TypeEngine[Any], value: Any, *, naive: bool) -> Any:
    if value is None:
        return None
    if isinstance(of, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if naive else moment
    if isinstance(of, Date):
        return date.fromisoformat(value)
    if isinstance(of, LargeBinary):
        return base64.b64decode(value)
    return value
