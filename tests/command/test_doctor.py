"""The doctor names what is wrong, and how to mend it; of a service that runs there is nothing wrong."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from redis import Redis

from bench.standing import free_port
from service.config import Config
from service.storage.database import upgrade
from workers import jobs
from workers.command import main
from workers.command.examining import running_findings
from workers.extraction.readers import tesseract

Ask = Callable[[], tuple[int, dict[str, dict[str, Any]]]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, data: Path, redis_server: str) -> Ask:
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", redis_server)
    upgrade(Config.from_env().database_url)

    def asked() -> tuple[int, dict[str, dict[str, Any]]]:
        said = CliRunner().invoke(main, ["doctor", "--format", "json"], catch_exceptions=False)
        return said.exit_code, {one["about"]: one for one in json.loads(said.stdout)}

    return asked


def test_where_nothing_runs_that_is_all_that_is_wrong(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDRAWER_PORT", str(free_port()))
    status, found = ask()
    assert status == 1
    assert [about for about, one in found.items() if one["state"] == "wrong"] == ["Workers", "Web server"]
    assert {found[about]["state"] for about in ("Clock", "Models")} == {"well"}
    assert found["Redis keeps"]["mend"].startswith("appendonly yes")
    assert "script/run" in found["Workers"]["mend"]


@pytest.mark.parametrize(("ahead", "took", "state"), [(0, 60, "well"), (60, 0, "wrong"), (-60, 0, "wrong")])
def test_a_clock_is_wrong_by_what_it_differs_and_not_by_how_long_the_answer_took(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, ahead: int, took: int, state: str
) -> None:
    hours = [0.0]

    def answer(_redis: Redis) -> tuple[int, int]:
        at = int(hours[0]) + ahead
        hours[0] += took
        return at, 0

    monkeypatch.setattr(Redis, "time", answer)
    monkeypatch.setattr(running_findings, "time", SimpleNamespace(time=lambda: hours[0]))
    assert ask()[1]["Clock"]["state"] == state


def test_a_database_of_an_older_version_is_told(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = f"sqlite:///{tmp_path}/old.db"
    upgrade(old, revision="0003")
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", old)
    _, found = ask()
    assert found["Database"]["state"] == "wrong"
    assert found["Database"]["mend"].endswith("undrawer upgrade")
    assert found["Photos"]["state"] == "advice"


def test_a_database_of_a_later_version_is_told_and_no_way_back_is_promised(ask: Ask, data: Path) -> None:
    with closing(sqlite3.connect(data / "undrawer.db", isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    _, found = ask()
    assert "later version (9999" in found["Database"]["said"]
    assert "restore a backup" in found["Database"]["mend"]
    assert "upgrade" not in found["Database"]["mend"]
    assert found["Models"]["state"] == "well"


def test_a_damaged_database_is_told_wherever_it_is_damaged(ask: Ask, data: Path) -> None:
    path = data / "undrawer.db"
    whole = path.read_bytes()
    for broken in (b"no database" * 1000, whole[:8192] + b"\xff" * 8192 + whole[16384:]):
        path.write_bytes(broken)
        status, found = ask()
        assert (status, found["Database"]["state"]) == (1, "wrong")
        assert "damaged" in found["Database"]["said"]
        assert "undrawer restore" in found["Database"]["mend"]
        assert found["Photos"]["state"] == "advice"


def test_a_folder_where_nothing_is_yet_is_told(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "mistyped"))
    _, found = ask()
    assert "no installation here" in found["Database"]["said"]
    assert "UNDRAWER_DATA" in found["Database"]["mend"]


@pytest.mark.parametrize(("closed", "about"), [("secret-key", "Data folder"), ("photos/ab", "Files")])
def test_what_belongs_to_another_user_is_told(
    ask: Ask, data: Path, monkeypatch: pytest.MonkeyPatch, closed: str, about: str
) -> None:
    (data / "photos" / "ab").mkdir(parents=True)
    ask()
    really = os.access
    # The tests may be run as root, to whom nothing is closed.
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != data / closed and really(path, mode))
    status, found = ask()
    assert (status, found[about]["state"]) == (1, "wrong")
    assert str(data / closed) in found[about]["said"]
    assert "chown -R" in found[about]["mend"]


def test_a_disk_that_is_full_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(".")._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    status, found = ask()
    assert (status, found["Disk"]["state"]) == (1, "wrong")


def test_a_language_that_tesseract_lacks_is_told_with_its_package(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    there = set(tesseract.LANGUAGES.values()) - {"por"}
    monkeypatch.setattr(tesseract, "installed", lambda: there)
    assert ask()[1]["Readers"]["mend"] == "apt-get install tesseract-ocr-por"


def test_redis_that_is_gone_and_a_database_that_is_gone_do_not_hide_the_rest(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_REDIS_URL", "unix:///nowhere/redis.sock")
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    _, found = ask()
    wrong = {about for about, one in found.items() if one["state"] == "wrong"}
    assert {"Redis", "Database", "Workers"} <= wrong
    assert found["Keys"]["state"] == "well"


def test_a_timetable_that_does_not_run_is_missed_until_a_sweep_was_made(ask: Ask) -> None:
    before = ask()[1]["Timetable"]
    assert (before["state"], "workers.schedule" in before["mend"]) == ("advice", True)
    jobs.sweep()
    assert ask()[1]["Timetable"]["state"] == "well"


def test_a_key_that_others_can_read_is_wrong(ask: Ask, data: Path) -> None:
    ask()
    (data / "secret-key").chmod(0o644)
    _, found = ask()
    assert found["Keys"]["state"] == "wrong"
    assert found["Keys"]["mend"] == f"chmod 600 {data / 'secret-key'}"


def test_a_backup_is_missed_until_there_is_one(ask: Ask, tmp_path: Path) -> None:
    assert ask()[1]["Backup"]["state"] == "advice"
    CliRunner().invoke(main, ["backup", str(tmp_path / "all.tar")], catch_exceptions=False)
    assert ask()[1]["Backup"]["state"] == "well"
