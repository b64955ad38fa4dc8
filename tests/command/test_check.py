"""Files without rows, rows without files, and files that are not what they were."""

import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.config import Config
from service.storage import named_files
from service.storage.database import Database, upgrade
from service.storage.files import ASIDE_SECONDS, Files
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


def test_all_is_well(say: Say) -> None:
    said = say()
    assert (said.exit_code, said.stdout) == (0, "")


def test_a_missing_file_is_told_with_who_names_it(say: Say, files: Files, one: str) -> None:
    path_of(files, one).unlink()
    said = say("--repair")
    assert said.exit_code == 1
    assert f"{one} (photos) is missing" in said.stdout


def test_a_damaged_file_is_found_by_reading_it(say: Say, files: Files, one: str) -> None:
    path_of(files, one).write_bytes(b"rotten")
    assert f"{one} (photos) is damaged" in say().stdout
    assert say("--quick").exit_code == 0


def test_nobodys_file_is_put_aside(say: Say, files: Files) -> None:
    sha256 = nobodys(files, seconds_ago=ASIDE_SECONDS + 60)
    assert f"{sha256} is named by no row" in say().stdout
    assert say("--repair").exit_code == 0
    assert sha256 not in dict(files.there())
    assert say().exit_code == 0


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
