"""`undrawer rotate-keys` and `invite`: a new key that signs nobody out and loses nothing, and ways in for others."""

import re
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from service.config import Config
from service.domain.entering.sealed import seal, unseal
from service.domain.entering.signed import read, sign
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.entering import second_factors
from service.storage.reaching import mail_settings
from service.storage.reaching.mail_settings import SEALED_FOR
from service.web import create_app
from tests.pages.coming_in import browser, post
from workers.command import main


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, config: Config) -> Callable[..., Result]:
    monkeypatch.setenv("UNDRAWER_DATA", str(config.data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", config.redis_url)
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", config.database_url)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as opened:
        yield opened


@pytest.fixture
def ana(db: Database) -> Account:
    with db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com")


def keep_password(db: Database, config: Config, ana: Account, password: str) -> None:
    sealed = seal(config.signing_keys, SEALED_FOR, password)
    server = {"host": "mail.example.com", "port": "587", "security": "starttls", "username": "ana", "password": sealed}
    with db.transaction() as tx:
        mail_settings.set_server(tx, owner=ana.id, from_address="ana@example.com", **server)


def open_page(config: Config, *, cookie: str = "", link: str = "") -> tuple[int, str]:
    """What a browser with this cookie sees, and its cookie afterwards."""
    app = create_app(config)
    client = browser(app)
    if cookie:
        client.set_cookie("undrawer", cookie)
    if link:
        post(client, link, form=link)
    status = client.get("/contacts").status_code
    app.extensions["undrawer"].db.close()
    kept = client.get_cookie("undrawer")
    return status, kept.value if kept else ""


def test_a_new_key_signs_nobody_out_and_loses_nothing(
    say: Callable[..., Result], config: Config, db: Database, ana: Account
) -> None:
    keep_password(db, config, ana, "contraseña del correo")
    until = datetime.now(UTC) + timedelta(days=1)
    signed = sign(config.signing_keys, "mail", {"a": 1}, until)
    with db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.id)}"
        second_factors.begin(tx, owner=ana.id, keys=config.signing_keys)
    status, cookie = open_page(config, link=link)
    assert status == 200

    answer = say("rotate-keys")
    assert answer.exit_code == 0, answer.output
    assert "2 values sealed anew" in answer.output
    now = Config.from_env()
    assert now.secret_key != config.secret_key
    assert now.signing_keys == (now.secret_key, config.secret_key)
    assert stat.S_IMODE((config.data / "old-secret-keys").stat().st_mode) == 0o600
    assert open_page(now, cookie=cookie)[0] == 200
    assert read(now.signing_keys, "mail", signed, now=datetime.now(UTC)).values == {"a": 1}
    with db.reading() as tx:
        only_new = (now.secret_key,)
        kept = mail_settings.of(tx, owner=ana.id).password
        assert unseal(only_new, SEALED_FOR, kept) == "contraseña del correo"
        assert second_factors.begun(tx, owner=ana.id, keys=only_new)

    assert say("rotate-keys", "--forget-old").exit_code == 0
    assert Config.from_env().signing_keys == (now.secret_key,)
    assert open_page(Config.from_env(), cookie=cookie)[0] == 302


def test_twice_turned_the_first_key_still_reads(say: Callable[..., Result], config: Config) -> None:
    for _ in range(2):
        assert say("rotate-keys").exit_code == 0
    keys = Config.from_env().signing_keys
    assert len(set(keys)) == 3
    assert keys[2] == config.secret_key


def test_a_key_from_the_environment_is_changed_there(
    say: Callable[..., Result], config: Config, db: Database, ana: Account, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    keep_password(db, config, ana, "contraseña")
    (data / "new").write_text("a new and very long key of the environment")
    monkeypatch.setenv("UNDRAWER_SECRET_KEY_FILE", str(data / "new"))
    refused = say("rotate-keys")
    assert refused.exit_code == 1
    assert "UNDRAWER_OLD_SECRET_KEYS" in refused.output
    monkeypatch.setenv("UNDRAWER_OLD_SECRET_KEYS", config.secret_key)
    assert "1 values sealed anew" in say("rotate-keys", "--reseal-only").output
    with db.reading() as tx:
        kept = mail_settings.of(tx, owner=ana.id).password
    assert unseal(["a new and very long key of the environment"], SEALED_FOR, kept) == "contraseña"


def test_what_no_key_opens_is_told_and_left_as_it_is(
    say: Callable[..., Result], config: Config, db: Database, ana: Account
) -> None:
    with db.transaction() as tx:
        second_factors.begin(tx, owner=ana.id, keys=["a key that nobody has"])
    answer = say("rotate-keys")
    assert answer.exit_code == 0
    assert "1 values no key opens any more" in answer.output


def test_an_invitation_from_the_command_line_makes_an_account(
    say: Callable[..., Result], config: Config, db: Database, ana: Account
) -> None:
    answer = say("invite", "--name", "Carla", "--email", "carla@example.com", "--days", "3")
    link = re.search(r"https?://\S+", answer.stdout)
    assert link
    app = create_app(config)
    client, path = browser(app), urlsplit(link[0]).path
    assert post(client, path, form=path, name="Carla Ríos", password="una agenda nueva").status_code == 303
    app.extensions["undrawer"].db.close()
    with db.reading() as tx:
        assert accounts.by_email(tx, "carla@example.com")


def test_where_nobody_is_let_in_the_command_says_what_to_do(
    say: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_SIGN_UP", "closed")
    answer = say("invite")
    assert answer.exit_code == 1
    assert "undrawer account create" in answer.output
