"""The connection to SQLite or PostgreSQL, its transactions, and its migrations."""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from service.domain.errors import BadValue
from service.storage import snapshot
from service.storage.dav import dav_changes
from service.storage.people import contact_keys, words_index
from service.storage.people.erased import KEYS

log = logging.getLogger(__name__)

Transaction = Connection
"""What every function of storage takes first, for those who must not know SQLAlchemy."""

DatabaseAway = OperationalError
"""What is raised where the database is locked, full, starting or gone: nothing is wrong with what was asked."""

_SQLITE_AWAY: Final = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
)
_PRIMARY_CODE: Final = 0xFF
"""SQLite says more in the higher bits."""
_POSTGRESQL_FULL: Final = "53100"

DAMAGED: Final = "The file of the database is damaged, or none of SQLite's. Move it away and restore a backup."

BUSY_TIMEOUT_SECONDS: Final = 10
UPGRADE_SECONDS: Final = 600
"""How long an upgrade of SQLite waits for another, which may have many rows to move."""
MIGRATIONS: Final = Path(__file__).parent / "migrations"
_UPGRADE_LOCK: Final = 0x75_6E_64_72  # any number, the same for everybody who migrates


class Database:
    """One database. It is not to be shared over a fork: the child opens its own.

    `keeps` says how many connections to SQLite stay open between transactions; each that is opened anew reads all the
    tables' descriptions first, for some milliseconds. PostgreSQL's stay open anyway. `keys` are those of the
    installation, by which the marks of erased people are read. `waits_seconds` is how long it waits for somebody else
    who writes to SQLite.
    """

    def __init__(
        self, url: str, *, keeps: int = 0, keys: Sequence[str] = (), waits_seconds: float | None = None
    ) -> None:
        self._keys = tuple(keys)
        waits = BUSY_TIMEOUT_SECONDS if waits_seconds is None else waits_seconds
        self._engine = _sqlite(url, keeps, waits) if url.startswith("sqlite") else _postgresql(url)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection on which all is done or nothing; nobody else writes to SQLite meanwhile."""
        with self._engine.begin() as tx:
            tx.info[KEYS] = self._keys
            dav_changes.drop_notes(tx)
            yield tx
            dav_changes.write_down(tx)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading only, which never waits for who writes."""
        with self._engine.connect().execution_options(undrawer_reads=True) as tx:
            tx.info[KEYS] = self._keys
            yield tx

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees all of the database as it is now, whatever is written meanwhile."""
        level = {} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect().execution_options(undrawer_reads=True, **level) as tx:
            yield tx

    def reachable(self) -> bool:
        try:
            with self.reading() as tx:
                tx.execute(text("SELECT 1"))
        except (SQLAlchemyError, BadValue):
            return False
        return True

    def settle(self) -> None:
        """Empty SQLite's log of writes, which would hold what was erased until it is written over."""
        if self._engine.dialect.name == "sqlite":
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        self._engine.dispose()


def why_away(error: DatabaseAway) -> str:
    """`full` where its disk is, `away` where it may answer in a moment, "" where it was asked what it cannot answer."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
        return "full" if code == sqlite3.SQLITE_FULL else "away" if code in _SQLITE_AWAY else ""
    return "full" if getattr(cause, "sqlstate", None) == _POSTGRESQL_FULL else "away"


def upgrade(url: str, *, revision: str = "head") -> None:
    """Bring the tables to this version, or as far as a revision.

    Several may try at once: one does it, the others wait and find it done. Raises BadValue for tables of a later version.
    """
    settings = _settings()
    with closing(Database(url, waits_seconds=UPGRADE_SECONDS)) as database, database.transaction() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        _demand_known(snapshot.revision(tx))
        settings.attributes["connection"] = tx
        command.upgrade(settings, revision)
        if revision == "head":
            words_index.make(tx)
            contact_keys.fill(tx)


def _demand_known(revision: str) -> None:
    """There is no way back from later tables: what they hold would have no place."""
    if revision and not knows(revision):
        said = f"The database has the tables of a later version ({revision}); this one knows those up to"
        raise BadValue(
            "database_too_new", f"{said} {newest_revision()}. Install the later version, or restore a backup."
        )


def knows(revision: str) -> bool:
    """Whether this version knows the tables of that revision."""
    return any(known.revision == revision for known in ScriptDirectory.from_config(_settings()).walk_revisions())


def newest_revision() -> str:
    """Give the revision of the tables that this version works with."""
    return str(ScriptDirectory.from_config(_settings()).get_current_head())


def _settings() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def _sqlite(url: str, keeps: int, waits_seconds: float) -> Engine:
    # Without `keeps` no connection is left over for a fork to share.
    pool: dict[str, Any] = {"pool_size": keeps, "max_overflow": -1} if keeps else {"poolclass": NullPool}
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": waits_seconds}, **pool)
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _tell_damage)
    return engine


def _settle_sqlite(connection: Any, _record: object) -> None:
    # Python's driver would begin transactions by its own rules, and later than told; we begin them ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # NORMAL would lose the last commits with the power; what was acknowledged must be on the disk.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _tell_damage(context: ExceptionContext) -> None:
    """What SQLite finds wrong with its file is nothing that a person could read in its own words."""
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        log.error("The file of the database is damaged")
        raise BadValue("database_damaged", DAMAGED) from None


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait for the lock in between: SQLite refuses at once.
    reads = connection.get_execution_options().get("undrawer_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql(url: str) -> Engine:
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True, pool_recycle=1800
    )
