"""Real parts for every test: a data folder, a Redis and a PostgreSQL of its own, databases and an account."""

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from redis import Redis
from sqlalchemy import update

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database, upgrade
from service.storage.tables import accounts as accounts_table
from tests.real_parts import PATIENCE_SECONDS, start_redis

if TYPE_CHECKING:
    from tests.s3_server import S3Server

# How long an example takes says more of the machine's other work than of ours. The same examples each time: what the
# suite says of a change depends on the change alone. `script/test --hypothesis-profile searching` looks for new ones.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("undrawer", settings.get_profile("searching"), derandomize=True)
settings.load_profile("undrawer")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[str]:
    """One server for all tests of a process; in /tmp because a socket's path may have 107 letters at most."""
    with tempfile.TemporaryDirectory(prefix="undrawer-redis-") as folder:
        server = start_redis(Path(folder) / "redis.sock", Path(folder))
        yield f"unix://{folder}/redis.sock"
        server.terminate()
        server.wait()


@pytest.fixture
def redis_server(redis_socket: str) -> str:
    """Give the URL of an empty Redis."""
    with closing(Redis.from_url(redis_socket)) as client:
        client.flushall()
    return redis_socket


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator["S3Server"]:
    """Give an S3 server on loopback."""
    from tests.s3_server import S3Server  # for the few tests that want it: Amazon's library takes half a second

    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.end()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the URL of a PostgreSQL server, up to the name of the database, which the test makes."""
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda p: int(p.parent.name))
    home = shutil.which("initdb")
    bin_folder = tools or (Path(home).parent if home else None)
    if bin_folder is None:
        pytest.fail("PostgreSQL is not installed; script/test installs it")
    with tempfile.TemporaryDirectory(prefix="undrawer-pg-") as folder:
        user = unprivileged_user()
        if user:
            shutil.chown(folder, user)

        def run(tool: str, *arguments: str) -> None:
            subprocess.run(
                [str(bin_folder / tool), "-D", f"{folder}/cluster", *arguments],
                user=user,
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "--username=undrawer", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        quick = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        patiently = ("--wait", "--silent", f"--timeout={PATIENCE_SECONDS}")
        run("pg_ctl", "start", *patiently, "-l", f"{folder}/log", "-o", quick)
        yield f"postgresql://undrawer@/{{name}}?host={folder}"
        run("pg_ctl", "stop", *patiently, "-m", "immediate")


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "undrawer.db"
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def sqlite_url(data: Path, migrated_sqlite: Path) -> str:
    path = data / "undrawer.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """Give the URL of a database with all tables."""
    on_server(postgres.format(name="postgres"), "CREATE DATABASE undrawer")
    upgrade(postgres.format(name="undrawer"))
    return postgres.format(name="undrawer")


@pytest.fixture
def postgres_url(migrated_postgres: str) -> str:
    """Give the URL of a database with all tables and no rows; who was killed in the last test is shut out first."""
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    on_server(migrated_postgres, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    on_server(migrated_postgres, "TRUNCATE accounts CASCADE")
    return migrated_postgres


def on_server(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def config(data: Path, redis_server: str, sqlite_url: str) -> Config:
    """Settings on SQLite and the real Redis, quick to lose patience."""
    env = {"UNDRAWER_DATA": str(data), "UNDRAWER_REDIS_URL": redis_server, "UNDRAWER_DATABASE_URL": sqlite_url}
    return replace(Config.from_env(env), job_timeout_seconds=60)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a database with all tables and no rows: every test that takes it runs on both kinds."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    with closing(Database(url)) as database:
        yield database


PASSWORD = "cien tarjetas"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Of the fixture's account: made in no time, where a real one takes 64 MB and a tenth of a second on purpose."""


@pytest.fixture
def account(db: Database) -> Account:
    with db.transaction() as tx:
        account = accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com")
        tx.execute(update(accounts_table).values(password_hash=PASSWORD_HASH))
    return account


@pytest.fixture
def stranger(db: Database) -> Account:
    with db.transaction() as tx:
        return accounts.create(tx, name="Bruno Lima", email="bruno@example.com")
