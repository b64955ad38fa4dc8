"""`undrawer account` and `token`: ways in, from the command line."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from service.config import Config
from service.domain.reading.stamp import Stamp
from service.storage import accounts, tokens
from service.storage.database import Database
from service.storage.files import Files
from service.storage.reading import photos
from workers.command import main


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, data: Path) -> Callable[..., Result]:
    """Call `undrawer` with these words, on a data folder of its own."""
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture
def db(say: Callable[..., Result]) -> Database:
    assert say("upgrade").exit_code == 0
    return Database(Config.from_env().database_url)


def test_a_token_is_printed_once_and_opens_the_first_account(say: Callable[..., Result], db: Database) -> None:
    secret = say("token", "create", "phone").stdout.strip()
    with db.transaction() as tx:
        bearer = tokens.bearer_of(tx, secret)
        assert bearer
        assert bearer.account == accounts.first(tx)


def test_a_new_account_gets_a_link_that_works_once(say: Callable[..., Result], db: Database) -> None:
    link = say("account", "create", "Bruno Lima", "--email", "bruno@example.com").stdout.strip()
    token = urlsplit(link).path.removeprefix("/sign-in/")
    with db.transaction() as tx:
        account = accounts.use_sign_in_link(tx, token)
        assert account
        assert account.name == "Bruno Lima"
        assert accounts.use_sign_in_link(tx, token) is None


def test_the_first_account_takes_the_address_that_its_password_comes_with(
    say: Callable[..., Result], db: Database
) -> None:
    assert say("account", "link").exit_code == 0
    said = say("account", "password", "ana@example.com", "--password", "cien tarjetas")
    assert said.exit_code == 0
    with db.transaction() as tx:
        account = accounts.check_password(tx, email="ana@example.com", password="cien tarjetas")
        assert account
        assert account == accounts.first(tx)


def test_nobodys_address_is_told_with_a_way_out(say: Callable[..., Result], db: Database) -> None:
    said = say("token", "create", "phone", "--email", "nobody@example.com")
    assert said.exit_code == 1
    assert "undrawer account create" in said.stderr


def test_a_wrong_setting_stops_the_command_with_its_name(
    say: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_PORT", "eighty")
    said = say("upgrade")
    assert said.exit_code == 1
    assert "UNDRAWER_PORT is 'eighty'" in said.stderr


@pytest.mark.parametrize("sure", [("--yes",), ()])
def test_an_account_is_erased_with_its_files_once_its_address_is_typed(db: Database, sure: tuple[str, ...]) -> None:
    files = Files(Config.from_env().files)
    with db.transaction() as tx:
        first = accounts.create(tx, name="Ana Torres Vidal")
        bruno = accounts.create(tx, name="Bruno Lima", email="bruno@example.com")
        for owner, content in ((first, b"hers"), (bruno, b"his")):
            stamp, file = Stamp(), files.put(content)
            photos.receive(
                tx, owner=owner.id, id=str(uuid4()), sha256=file, size=4, kind="image/jpeg", name="", stamp=stamp
            )
    if not sure:
        refused = CliRunner().invoke(main, ["account", "erase", "bruno@example.com"], input="bruno\n")
        assert (refused.exit_code, "Nothing was erased." in refused.output) == (1, True)
    done = CliRunner().invoke(main, ["account", "erase", "bruno@example.com", *sure], input="bruno@example.com\n")
    assert done.exit_code == 0, done.output
    with db.transaction() as tx:
        assert accounts.by_email(tx, "bruno@example.com") is None
        assert accounts.first(tx) == first
    assert [name for name, _ in files.there()] == [sha256(b"hers").hexdigest()]


def test_the_first_account_is_erased_by_its_name_and_nobody_by_a_wrong_one(
    say: Callable[..., Result], db: Database
) -> None:
    with db.transaction() as tx:
        accounts.create(tx, name="Ana Torres Vidal")
    assert say("account", "erase", "nobody@example.com", "--yes").exit_code != 0
    assert CliRunner().invoke(main, ["account", "erase", "", "--yes"]).exit_code != 0
    assert say("account", "erase", "Ana Torres Vidal", "--yes").exit_code == 0
    with db.transaction() as tx:
        assert accounts.first(tx) is None
