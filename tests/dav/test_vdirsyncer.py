"""vdirsyncer, which nobody here wrote, against the running service; khard reads what it brought."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.config import Config
from service.domain.people.vcard import edit
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.moment import now
from service.storage.people import contacts
from tests.dav.conftest import card
from tests.dav.serving import served

COUNT = 60
SETTINGS = """
[general]
status_path = "{folder}/status"
[pair book]
a = "here"
b = "there"
collections = ["from b"]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/cards"
fileext = ".vcf"
[storage there]
type = "carddav"
url = "{address}/"
username = "{user}"
password = "{secret}"
"""


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as database:
        yield database


@pytest.fixture
def address(config: Config, tmp_path: Path) -> Iterator[str]:
    with served(config, tmp_path) as where:
        yield where


@dataclass
class Computer:
    """A computer with vdirsyncer on it, and its folder of cards."""

    folder: Path

    @property
    def cards(self) -> Path:
        return self.folder / "cards" / "contacts"

    def run(self, *words: str, asked: str = "") -> str:
        done = subprocess.run(
            [Path(sys.executable).parent / "vdirsyncer", "-c", str(self.folder / "config"), *words],
            input=asked,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def computer(tmp_path: Path, address: str, db: Database, ana: Account) -> Computer:
    with db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=ana.id, name="computer")
    said = SETTINGS.format(folder=tmp_path, address=address, user="ana@example.com", secret=secret)
    (tmp_path / "config").write_text(said, encoding="utf-8")
    made = Computer(tmp_path)
    made.run("discover", asked="y\n" * 9)
    return made


@pytest.fixture
def ana(db: Database) -> Account:
    with db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com")


def kept(db: Database, owner: Account) -> dict[str, contacts.KeptContact]:
    with db.reading() as tx:
        return {one.name: one for one in contacts.page(tx, owner=owner.id, limit=500).rows}


def test_both_sides_follow_each_other(computer: Computer, db: Database, ana: Account, tmp_path: Path) -> None:
    with db.transaction() as tx:
        for number in range(COUNT):
            contacts.write(tx, owner=ana.id, vcard=card(f"Número {number}", lines=("X-ODD:kept",)))
    computer.run("sync")
    there = {path.read_text(encoding="utf-8") for path in computer.cards.iterdir()}
    ours = {one.vcard.replace("\r\n", "\n") for one in kept(db, ana).values()}
    assert {text.replace("\r\n", "\n") for text in there} == ours
    quiet = computer.run("sync")
    assert "Copying" not in quiet

    # Here: one edited in the app, one deleted, one new.
    with db.transaction() as tx:
        before = kept(db, ana)["Número 1"]
        contacts.write(tx, owner=ana.id, vcard=edit(before.vcard, {"org": "Faro Norte"}, now=now()), id=before.id)
        contacts.delete(tx, owner=ana.id, id=kept(db, ana)["Número 2"].id)
        contacts.write(tx, owner=ana.id, vcard=card("Eva Neumann", uid="eva"))
    # There: one edited, one deleted, one new.
    files = {
        path.read_text(encoding="utf-8").partition("FN:")[2].partition("\n")[0].strip(): path
        for path in computer.cards.iterdir()
    }
    edited = files["Número 3"].read_text(encoding="utf-8").replace("Taller Arce", "Taller Straße 日本")
    files["Número 3"].write_text(edited, encoding="utf-8")
    files["Número 4"].unlink()
    (computer.cards / "zoe.vcf").write_text(card("Zoé Ørsted", uid="zoe"), encoding="utf-8")
    computer.run("sync")

    found = kept(db, ana)
    assert found["Número 3"].org == "Taller Straße 日本"
    assert "X-ODD:kept" in found["Número 3"].vcard
    assert "Número 4" not in found
    assert found["Zoé Ørsted"].uid == "zoe"
    texts = "".join(path.read_text(encoding="utf-8") for path in computer.cards.iterdir())
    assert "Faro Norte" in texts
    assert "Eva Neumann" in texts
    assert "Número 2\n" not in texts
    assert len(list(computer.cards.iterdir())) == len(found) == COUNT
    assert "Copying" not in computer.run("sync")

    settings = f"[addressbooks]\n[[contacts]]\npath = {computer.cards}\n[general]\ndefault_action = list\n"
    (tmp_path / "khard.conf").write_text(settings, encoding="utf-8")
    listed = subprocess.run(
        [Path(sys.executable).parent / "khard", "-c", tmp_path / "khard.conf", "list", "--parsable"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert len(listed.strip().splitlines()) == COUNT
    assert "Zoé Ørsted" in listed
