import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from service.domain.errors import BadValue
from service.storage import accounts, database
from service.storage.accounts import Account
from service.storage.database import Database, upgrade
from service.storage.tables import accounts as accounts_table
from service.storage.tables import photos
from tests.storage.comparing import differences


@pytest.fixture(name="tx")
def transaction(db: Database) -> Iterator[Connection]:
    with db.transaction() as tx:
        yield tx


def test_the_revisions_make_the_tables_that_the_code_describes(tx: Connection) -> None:
    assert differences(tx) == []


def test_several_may_upgrade_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(upgrade, url)
        upgrade_in_another_process(url)
        done.result()
    with closing(Database(url)) as db, db.reading() as tx:
        assert accounts.first(tx) is None


def upgrade_in_another_process(url: str) -> None:
    import subprocess
    import sys

    code = "import sys; from service.storage.database import upgrade; upgrade(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, url], check=True)


def test_an_upgrade_waits_for_another_however_long_that_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    upgrade(url)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0)
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN IMMEDIATE")
        done = pool.submit(upgrade, url)
        wait([done], timeout=1)  # who waits for nobody has failed by then
        other.execute("ROLLBACK")
        done.result()


def test_tables_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'later.db'}"
    upgrade(url)
    with closing(sqlite3.connect(tmp_path / "later.db", isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadValue, match=r"later version \(9999\)") as caught:
        upgrade(url)
    assert caught.value.code == "database_too_new"


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 1000)
    with closing(Database(f"sqlite:///{tmp_path / 'broken.db'}")) as broken:
        assert not broken.reachable()
        with pytest.raises(BadValue, match="restore a backup"), broken.reading():
            raise AssertionError


def test_times_come_back_in_utc_with_their_zone(db: Database) -> None:
    noon = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    with db.transaction() as tx:
        tx.execute(accounts_table.insert().values(id="a", name="Ana", created_at=noon))
        kept = tx.execute(select(accounts_table.c.created_at)).scalar_one()
    assert kept == noon
    assert kept.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(tx: Connection) -> None:
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="without a zone"):
        tx.execute(accounts_table.insert().values(id="a", name="Ana", created_at=datetime(2026, 3, 1)))  # noqa: DTZ001


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    def fail() -> None:
        with db.transaction() as tx:
            accounts.create(tx, name="Ana")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with db.reading() as tx:
        assert accounts.first(tx) is None


def test_no_row_stands_without_an_account(tx: Connection) -> None:
    row = {"id": "p", "account_id": "nobody", "sha256": "", "size": 1, "kind": "", "state": "received"}
    with pytest.raises(IntegrityError):
        tx.execute(photos.insert().values({**row, "received_at": datetime.now(UTC)}))


def test_an_error_of_the_database_tells_no_value(tx: Connection) -> None:
    row = {"id": "p", "account_id": "nobody", "sha256": "", "size": 1, "kind": "", "state": "", "note": "secret words"}
    with pytest.raises(IntegrityError) as caught:
        tx.execute(photos.insert().values({**row, "received_at": datetime.now(UTC)}))
    assert "secret words" not in str(caught.value)


def test_reading_does_not_wait_for_who_writes(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        accounts.create(tx, name="Bruno", email="bruno@example.com")
        with db.reading() as other:
            assert accounts.check_password(other, email="bruno@example.com", password="x") is None
            assert accounts.first(other) == account


def test_two_who_write_wait_for_each_other(db: Database) -> None:
    def add(number: int) -> None:
        with db.transaction() as tx:
            accounts.first(tx)
            accounts.create(tx, name=f"Account {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    with db.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM accounts")).scalar_one() == 24


def test_what_cannot_be_reached_says_so(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/nowhere/undrawer.db")) as db:
        assert not db.reachable()


def test_a_database_that_answers_is_reachable(db: Database) -> None:
    assert db.reachable()
