"""All is destroyed, and all comes back: from either database into either, with every file and key."""

import errno
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from service.config import Config
from service.domain.reading.card import ReadCard
from service.domain.reading.stamp import Stamp
from service.storage import accounts, named_files, snapshot
from service.storage.database import Database, upgrade
from service.storage.files import Files
from service.storage.people import contacts
from service.storage.people.which import Which
from service.storage.reading import cards, photos, sides
from service.storage.tables import accounts as accounts_table
from service.storage.tables import cards as cards_table
from service.storage.tables import photos as photos_table
from tests.kept_files import path_of
from tests.storage.test_sides import BACK, CORNERS, FRONT
from workers.command import archive, main
from workers.command.archive import END, FILES, HEAD, TABLES

Say = Callable[..., Result]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, data: Path) -> Say:
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    return lambda *words, **more: CliRunner().invoke(main, words, **more)


@pytest.fixture
def full(say: Say) -> Config:
    """Give the settings of an installation with two people, a confirmed card of two sides, and its files."""
    config = Config.from_env()
    upgrade(config.database_url)
    fill(config)
    return config


def fill(config: Config) -> None:
    files = Files(config.files)
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        ana = accounts.create(tx, name="Ana", email="ana@example.com", password="a long password").id
        accounts.create(tx, name="Bruno «Bé» 日本")
        both = []
        for at, reading in enumerate((FRONT, BACK)):
            sha256 = files.put(b"photo %d" % at)
            stamp = Stamp(gathering="Feria de Bilbao", place="BEC", met_on=date(2026, 3, 4), note="un «velero»")
            photo, _ = photos.receive(
                tx, owner=ana, id=str(uuid4()), sha256=sha256, size=7, kind="image/jpeg", stamp=stamp
            )
            found, picture = ReadCard(CORNERS, b"", 10, 6, reading), files.put(b"card %d" % at)
            photos.finish(tx, photo=photo, cards=[found], pictures=[picture])
            both += cards.of_photo(tx, owner=ana, photo_id=photo.id)
        sides.join(tx, owner=ana, back=both[0].id, front=both[1].id)
        cards.confirm(tx, owner=ana, id=both[1].id)


def everything(config: Config) -> dict[str, list[str]]:
    """Every row of every table, as lines; a row's place in SQLite's index of words is its own."""
    with closing(Database(config.database_url)) as db, db.snapshot() as tx:
        rows = {table.name: [json.loads(line) for line in snapshot.lines(tx, table)] for table in snapshot.tables(tx)}
    for contact in rows["contacts"]:
        contact.pop("found_row")
    return {name: sorted(json.dumps(row, sort_keys=True) for row in some) for name, some in rows.items()}


def contents(config: Config) -> dict[str, bytes]:
    files = Files(config.files)
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        return {sha256: files.get(sha256) for sha256, _ in named_files.named(tx)}


@pytest.mark.parametrize("before", ["sqlite", "postgresql"])
@pytest.mark.parametrize("after", ["sqlite", "postgresql"])
def test_all_is_destroyed_and_all_comes_back(
    before: str, after: str, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if "postgresql" in (before, after):
        postgres = request.getfixturevalue("postgres_url")
    if before == "postgresql":
        monkeypatch.setenv("UNDRAWER_DATABASE_URL", postgres)
    was = Config.from_env()
    upgrade(was.database_url)
    fill(was)
    rows, files, key = everything(was), contents(was), (was.data / "secret-key").read_bytes()
    assert say("backup", str(tmp_path / "all.tar")).exit_code == 0

    shutil.rmtree(was.data)
    if before == "postgresql":
        request.getfixturevalue("forget_rows")()
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", postgres if after == "postgresql" else "")
    said = say("restore", str(tmp_path / "all.tar"))
    assert said.exit_code == 0, said.output

    now = Config.from_env()
    assert everything(now) == rows
    assert contents(now) == files
    assert (now.data / "secret-key").read_bytes() == key
    with closing(Database(now.database_url)) as db, db.transaction() as tx:
        ana = accounts.check_password(tx, email="ana@example.com", password="a long password")
        assert ana
        [found] = contacts.page(tx, owner=ana.id, which=Which(query="maren")).rows
        contacts.delete(tx, owner=ana.id, id=found.id)  # PostgreSQL's own numbers go on where they were


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_made_while_people_work_is_all_of_one_moment(
    kind: str, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "postgresql":
        monkeypatch.setenv("UNDRAWER_DATABASE_URL", request.getfixturevalue("postgres_url"))
    was = Config.from_env()
    upgrade(was.database_url)
    fill(was)
    kept, stop = [keep_one(was, number) for number in range(20)], Event()
    with ThreadPoolExecutor(2) as people:
        working = [people.submit(come_and_go, was, stop, person) for person in range(2)]
        said = say("backup", str(tmp_path / "all.tar"))
        stop.set()
    done = [one.result() for one in working]
    assert said.exit_code == 0, said.output
    assert all(done), "both of them worked meanwhile"

    shutil.rmtree(was.data)
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", "")
    assert say("restore", str(tmp_path / "all.tar")).exit_code == 0
    now = Config.from_env()
    with closing(Database(now.database_url)) as db, db.reading() as tx:
        rows = tx.execute(select(photos_table.c.id, cards_table.c.id).outerjoin(cards_table)).all()
    assert {*kept} <= {photo for photo, _ in rows}
    assert all(card for _, card in rows), "a photo came into it without the card that was written with it"
    assert say("check", "--at-rest").exit_code == 0


def test_a_backup_that_finds_no_room_says_so_and_leaves_the_one_before(
    full: Config, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "all.tar"
    to.write_bytes(b"the one before")

    def no_room(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive.Writer, "table", no_room)
    said = say("backup", str(to))
    assert said.exit_code == 1
    assert "No space left on device. Make room" in said.output
    assert to.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.glob("all.tar*")] == ["all.tar"]


def keep_one(config: Config, number: int) -> str:
    """Keep a photo with its card in one transaction, as the reader does; give its id."""
    files = Files(config.files)
    with closing(Database(config.database_url)) as db:
        sha256, picture = files.put(b"photo of %d" % number), files.put(b"card of %d" % number)
        with db.transaction() as tx:
            ana = accounts.first(tx)
            assert ana
            id_ = str(uuid4())
            photo, _ = photos.receive(tx, owner=ana.id, id=id_, sha256=sha256, size=7, kind="image/jpeg")
            photos.finish(tx, photo=photo, cards=[ReadCard(CORNERS, b"", 10, 6, FRONT)], pictures=[picture])
    return id_


def come_and_go(config: Config, stop: Event, person: int) -> int:
    """Keep photos and throw every second one away until told to stop, at least a few; give how many."""
    number = 0
    while number < 4 or not stop.is_set():
        number += 1
        id_ = keep_one(config, 1_000_000 * (person + 1) + number)
        if number % 2:
            with closing(Database(config.database_url)) as db, db.transaction() as tx:
                ana = accounts.first(tx)
                assert ana
                unneeded = photos.delete(tx, owner=ana.id, id=id_)
            for sha256 in unneeded:
                Files(config.files).delete(sha256)
    return number


@pytest.fixture
def forget_rows(postgres_url: str) -> Callable[[], None]:
    def forget() -> None:
        with closing(Database(postgres_url)) as db, db.transaction() as tx:
            tx.execute(accounts_table.delete())

    return forget


def test_a_backup_goes_through_pipes(full: Config, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = everything(full)
    whole = say("backup", "-")
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "elsewhere"))
    assert say("restore", "-", input=whole.stdout_bytes).exit_code == 0
    assert everything(Config.from_env()) == rows


def test_nobody_else_may_read_it_and_half_a_one_takes_no_ones_place(full: Config, say: Say, tmp_path: Path) -> None:
    to = tmp_path / "all.tar"
    say("backup", str(to))
    assert to.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("all*")] == ["all.tar"]


def test_it_is_not_restored_over_somebodys_rows(full: Config, say: Say, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "all.tar"))
    rows = everything(full)
    refused = say("restore", str(tmp_path / "all.tar"))
    assert refused.exit_code == 1
    assert "There are accounts here already" in refused.output
    assert everything(full) == rows


def spoiled(whole: bytes, *, leave_out: str = "", change: str = "", to: bytes = b"") -> bytes:
    """The backup with a member left out, or with other bytes."""
    result = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(whole)) as old, tarfile.open(fileobj=result, mode="w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content
            kept = content.read()
            if leave_out and member.name.startswith(leave_out):
                continue
            if change and member.name.startswith(change):
                kept, change = to, ""
                member.size = len(kept)
            new.addfile(member, io.BytesIO(kept))
    return result.getvalue()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"leave_out": END}, "breaks off"),
        ({"leave_out": HEAD}, "no backup of Undrawer"),
        ({"leave_out": f"{TABLES}cards"}, "other numbers of rows"),
        ({"change": FILES, "to": b"other bytes"}, "is damaged"),
        ({"change": HEAD, "to": b'{"format": 1, "revision": "9999"}'}, "later version"),
        ({"change": HEAD, "to": b'{"format": 2, "revision": "0001"}'}, "later version"),
    ],
)
def test_a_bad_backup_is_told_and_leaves_nothing(
    full: Config, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: dict[str, Any], told: str
) -> None:
    whole = say("backup", "-").stdout_bytes
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "elsewhere"))
    refused = say("restore", "-", input=spoiled(whole, **how))
    assert refused.exit_code == 1
    assert told in refused.output
    assert say("restore", "-", input=whole).exit_code == 0  # the same folder takes the good one


def test_one_cut_off_in_the_middle_is_told(
    full: Config, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = say("backup", "-").stdout_bytes
    monkeypatch.setenv("UNDRAWER_DATA", str(tmp_path / "elsewhere"))
    refused = say("restore", "-", input=whole[: len(whole) * 2 // 3])
    assert refused.exit_code == 1
    assert "backup" in refused.output
    upgrade(Config.from_env().database_url)
    with closing(Database(Config.from_env().database_url)) as db, db.reading() as tx:
        assert tx.execute(select(func.count()).select_from(accounts_table)).scalar_one() == 0


def test_a_file_that_is_missing_is_named_and_the_rest_is_saved(full: Config, say: Say, tmp_path: Path) -> None:
    files = Files(full.files)
    gone = next(iter(contents(full)))
    path_of(files, gone).unlink()
    said = say("backup", str(tmp_path / "all.tar"))
    assert said.exit_code == 1
    assert gone in said.output
    with tarfile.open(tmp_path / "all.tar") as tar:
        end = tar.extractfile(END)
        assert end
        assert json.load(end)["missing"] == [gone]


def test_a_file_put_aside_meanwhile_is_in_it(full: Config, say: Say, tmp_path: Path) -> None:
    sha256 = next(iter(contents(full)))
    Files(full.files).delete(sha256)
    assert say("backup", str(tmp_path / "all.tar")).exit_code == 0
    with tarfile.open(tmp_path / "all.tar") as tar:
        assert f"{FILES}{sha256}" in tar.getnames()
