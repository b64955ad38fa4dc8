"""Backup, restore, check and doctor of an installation whose files lie in a bucket."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.config import Config
from service.domain.bucket import Bucket
from service.domain.reaching import vapid
from service.storage import files as files_module
from service.storage import named_files
from service.storage.database import Database, upgrade
from service.storage.files import Files, name_of
from tests.command.test_backup import contents, everything, fill
from tests.s3_server import WHO, S3Server, unreachable
from workers.command import main

PUSH_KEY = vapid.new_key()


def settle_in(monkeypatch: pytest.MonkeyPatch, data: Path, bucket: Bucket) -> Config:
    """Give the settings of an installation with this folder and this bucket, and say them to the commands."""
    said = {
        "UNDRAWER_DATA": str(data),
        "UNDRAWER_FILES": str(bucket),
        "UNDRAWER_S3_ENDPOINT": bucket.endpoint,
        "UNDRAWER_S3_KEY_ID": WHO["key_id"],
        "UNDRAWER_S3_SECRET": WHO["secret"],
        "UNDRAWER_SECRET_KEY": "signs",
        "UNDRAWER_PUSH_KEY": PUSH_KEY,
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    return Config.from_env()


def say(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def bucket(s3_server: S3Server) -> Bucket:
    return s3_server.new_bucket()


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, data: Path, bucket: Bucket) -> Config:
    config = settle_in(monkeypatch, data, bucket)
    upgrade(config.database_url)
    fill(config)
    return config


def a_name(config: Config) -> str:
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        return next(named_files.named(tx))[0]


def test_all_comes_back_into_another_bucket(
    full: Config, data: Path, tmp_path: Path, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(full), contents(full)
    assert say("backup", str(tmp_path / "all.tar")).exit_code == 0
    new = settle_in(monkeypatch, data.parent / "new", s3_server.new_bucket("elsewhere"))
    assert say("restore", str(tmp_path / "all.tar")).exit_code == 0
    assert (everything(new), contents(new)) == before
    assert not (new.data / "photos").exists()


def test_a_backup_of_a_folder_is_restored_into_a_bucket(
    data: Path, tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Config.from_env({"UNDRAWER_DATA": str(data)})
    upgrade(old.database_url)
    fill(old)
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    assert say("backup", str(tmp_path / "all.tar")).exit_code == 0
    new = settle_in(monkeypatch, data.parent / "new", bucket)
    assert say("restore", str(tmp_path / "all.tar")).exit_code == 0
    assert contents(new) == contents(old)


def test_what_is_missing_or_spoilt_in_the_bucket_is_found(full: Config, bucket: Bucket, s3_server: S3Server) -> None:
    assert say("check").exit_code == 0
    name = a_name(full)
    s3_server.spoil(bucket, name_of(name), b"rotten")
    assert f"{name} (photos) is damaged" in say("check").output
    s3_server.spoil(bucket, name_of(name), None)
    assert f"{name} (photos) is missing" in say("check", "--quick").output


def test_what_is_nobodys_is_put_away(full: Config, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(bucket)
    sha256 = files.put(b"whose is this?")
    assert say("check", "--repair").exit_code == 0
    assert files.has(sha256), "it may be an upload"
    monkeypatch.setattr(files_module, "ASIDE_SECONDS", -60)
    monkeypatch.setattr("workers.command.check.ASIDE_SECONDS", -60)
    assert sha256 in say("check", "--repair").output
    assert sha256 not in dict(files.there())


def test_the_doctor_says_when_the_bucket_does_not_answer(
    full: Config, bucket: Bucket, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"well    Files: {bucket} answers." in say("doctor").output
    monkeypatch.setattr("service.storage.bucket_shelf.RETRIES", 0)
    for wrong in (unreachable(bucket), replace(bucket, name="nobodys-bucket")):
        settle_in(monkeypatch, data, wrong)
        said = say("doctor")
        assert said.exit_code == 1
        assert f"WRONG   Files: {wrong}: " in said.output
        assert "s3cret" not in said.output
