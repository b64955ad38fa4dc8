"""The doctor names what is wrong, and how to mend it; of a service that runs there is nothing wrong."""

import json
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from service.config import Config
from service.storage.database import upgrade
from workers.command import main

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
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        monkeypatch.setenv("UNDRAWER_PORT", str(free.getsockname()[1]))
    status, found = ask()
    assert status == 1
    assert [about for about, one in found.items() if one["state"] == "wrong"] == ["Workers", "Web server"]
    assert {found[about]["state"] for about in ("Clock", "Models")} == {"well"}
    assert found["Redis keeps"]["mend"].startswith("appendonly yes")
    assert "script/run" in found["Workers"]["mend"]


def test_a_database_of_an_older_version_is_told(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = f"sqlite:///{tmp_path}/old.db"
    upgrade(old, revision="0003")
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", old)
    _, found = ask()
    assert found["Database"]["state"] == "wrong"
    assert found["Database"]["mend"] == "undrawer upgrade"


def test_redis_that_is_gone_and_a_database_that_is_gone_do_not_hide_the_rest(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_REDIS_URL", "unix:///nowhere/redis.sock")
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    _, found = ask()
    wrong = {about for about, one in found.items() if one["state"] == "wrong"}
    assert {"Redis", "Database", "Workers"} <= wrong
    assert found["Keys"]["state"] == "well"


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
