"""Files without rows, rows without files, and files that are not what they were."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Row, func, select

from service.config import Config
from service.storage import accounts, named_files
from service.storage.database import Database, upgrade
from service.storage.files import ASIDE_SECONDS, Files
from service.storage.folder_shelf import FolderShelf
from service.storage.reading import photos
from service.storage.tables import cards
from service.storage.tables import photos as photos_table
from tests.command.test_backup import fill
from tests.kept_files import path_of
from workers.command import main

Say = Callable[..., Result]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, data: Path) -> Say:
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    config = Config.from_env()
    upgrade(config.database_url)
    fill(config)
    return lambda *words: CliRunner().invoke(main, ["check", *words], catch_exceptions=False)


@pytest.fixture
def files(say: Say) -> Files:
    return Files(Config.from_env().files)


@pytest.fixture
def one(say: Say) -> str:
    """Give the name of a file that a row names."""
    with closing(Database(Config.from_env().database_url)) as db, db.reading() as tx:
        return next(named_files.named(tx))[0]


def nobodys(files: Files, *, seconds_ago: float) -> str:
    sha256 = files.put(b"whose is this?")
    then = time.time() - seconds_ago
    os.utime(path_of(files, sha256), (then, then))
    return sha256


def found(files: Files, sha256: str) -> Path:
    assert isinstance(files.shelf, FolderShelf)
    return files.shelf.path(f"found/{sha256}")


def those(column: str, value: str) -> list[Row[Any]]:
    with closing(Database(Config.from_env().database_url)) as db, db.reading() as tx:
        return list(tx.execute(select(photos_table).where(photos_table.c[column] == value)))


def receive(sha256: str) -> str:
    """Send a photo's row, as the service does when its bytes are kept; give the state it was found in."""
    with closing(Database(Config.from_env().database_url)) as db, db.transaction() as tx:
        owner = accounts.first(tx)
        assert owner
        photo, _ = photos.receive(tx, owner=owner.id, id=str(uuid4()), sha256=sha256, size=1, kind="image/jpeg")
    return photo.state.value


def test_all_is_well(say: Say) -> None:
    said = say()
    assert (said.exit_code, said.stdout) == (0, "")


def test_a_missing_file_is_told_with_who_names_it(say: Say, files: Files, one: str) -> None:
    path_of(files, one).unlink()
    said = say()
    assert said.exit_code == 1
    assert f"{one} (photos) is missing" in said.stdout


def test_a_photo_whose_file_is_lost_says_so_and_keeps_its_cards(say: Say, files: Files, one: str) -> None:
    path_of(files, one).unlink()
    assert "is lost, and its rows say so" in say("--repair").stdout
    assert say().exit_code == 0
    (row,) = those("sha256", one)
    assert (row.state, row.reason, row.gone_at is None) == ("read", "lost", False)


def test_a_photo_lost_before_it_was_read_waits_again_when_it_comes_again(say: Say, files: Files) -> None:
    sha256 = hashlib.sha256(b"never read").hexdigest()
    assert receive(sha256) == "received"
    say("--repair")
    (row,) = those("sha256", sha256)
    assert (row.state, row.reason) == ("unreadable", "lost")
    files.put(b"never read")
    assert receive(sha256) == "unreadable"
    (row,) = those("sha256", sha256)
    assert (row.state, row.reason, row.gone_at, row.read_at) == ("received", "", None, None)
    assert say().exit_code == 0


def test_lost_pictures_and_notes_are_named_no_more(say: Say, files: Files) -> None:
    for path in [path_of(files, sha256) for sha256, _ in files.there()]:
        path.unlink()
    assert say("--repair").exit_code == 0
    with closing(Database(Config.from_env().database_url)) as db, db.reading() as tx:
        assert list(named_files.named(tx)) == []
        assert tx.execute(select(func.count()).select_from(cards)).scalar_one() == 2


def test_a_damaged_file_is_found_by_reading_it(say: Say, files: Files, one: str) -> None:
    path_of(files, one).write_bytes(b"rotten")
    assert f"{one} (photos) is damaged" in say().stdout
    assert say("--quick").exit_code == 0


def test_a_damaged_file_is_moved_apart_so_that_it_can_come_again_whole(say: Say, files: Files, one: str) -> None:
    content = files.get(one)
    path_of(files, one).write_bytes(content[::-1])
    assert say("--repair").exit_code == 0
    assert found(files, one).read_bytes() == content[::-1]
    assert files.put(content) == one
    assert files.get(one) == content


def test_nobodys_file_is_moved_apart_and_no_sweep_takes_it_from_there(say: Say, files: Files) -> None:
    sha256 = nobodys(files, seconds_ago=ASIDE_SECONDS + 60)
    assert f"{sha256} is named by no row" in say().stdout
    assert say("--repair").exit_code == 0
    assert sha256 not in dict(files.there())
    assert say().exit_code == 0
    assert files.set_aside() == []
    assert found(files, sha256).read_bytes() == b"whose is this?"


def test_at_rest_every_file_needs_a_row(say: Say, files: Files) -> None:
    sha256 = nobodys(files, seconds_ago=0)
    assert say().exit_code == 0
    assert f"{sha256} is named by no row" in say("--at-rest").stdout


def test_a_row_that_points_at_nothing_is_told(say: Say) -> None:
    with closing(sqlite3.connect(Config.from_env().data / "undrawer.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM photos")
    said = say("--repair", "--quick")
    assert said.exit_code == 1
    assert "a row of cards points at one of photos that is not there" in said.stdout


def test_an_upload_on_its_way_is_left_alone(say: Say, files: Files) -> None:
    sha256 = nobodys(files, seconds_ago=30)
    assert say("--repair").exit_code == 0
    assert sha256 in dict(files.there())


def test_a_file_put_aside_by_mistake_comes_back(say: Say, files: Files, one: str) -> None:
    content = files.get(one)
    files.delete(one)
    assert say().exit_code == 1
    assert say("--repair").exit_code == 0
    assert files.get(one) == content
