from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from service.domain.errors import BadValue, Conflict
from service.storage import accounts, sessions, tokens
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.tables import accounts as accounts_table
from service.storage.tables import sessions as sessions_table
from service.storage.tables import sign_in_links
from service.storage.tables import tokens as tokens_table
from service.storage.tokens import Scope


def test_the_first_account_is_the_oldest(db: Database, account: Account, stranger: Account) -> None:
    with db.reading() as tx:
        assert accounts.first(tx) == account


def test_the_right_password_gives_the_account_whatever_the_capitals_of_the_address(
    db: Database, account: Account
) -> None:
    with db.reading() as tx:
        assert accounts.check_password(tx, email=" ANA@example.com", password="cien tarjetas") == account


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ana@example.com", "mil tarjetas"),
        ("ana@example.com", ""),
        ("nobody@example.com", "cien tarjetas"),
        ("", ""),
        ("bruno@example.com", ""),
        ("a\0\ud800", "\ud800"),
    ],
)
def test_anything_else_gives_none(db: Database, account: Account, stranger: Account, email: str, password: str) -> None:
    with db.reading() as tx:
        assert accounts.check_password(tx, email=email, password=password) is None


def test_a_password_can_be_changed_but_not_to_a_short_one(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        accounts.set_password(tx, owner=account.id, password="mil tarjetas")
        assert accounts.check_password(tx, email=account.email, password="mil tarjetas") == account
        with pytest.raises(BadValue):
            accounts.set_password(tx, owner=account.id, password="corta")


def test_an_address_belongs_to_one_account(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        with pytest.raises(Conflict):
            accounts.create(tx, name="Another", email="Ana@Example.com")
        accounts.create(tx, name="No address")
        accounts.create(tx, name="None either")


def test_an_account_gets_an_address_that_nobody_has(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        accounts.set_email(tx, owner=stranger.id, email="Bruno.Lima@Example.com")
        found = accounts.by_email(tx, "bruno.lima@example.com ")
        assert found is not None
        assert found.id == stranger.id
        with pytest.raises(Conflict):
            accounts.set_email(tx, owner=stranger.id, email=account.email)
        accounts.set_email(tx, owner=stranger.id, email="")
        assert accounts.by_email(tx, "bruno.lima@example.com") is None
        assert accounts.by_email(tx, "") is None


def test_a_sign_in_link_opens_once(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        token = accounts.new_sign_in_link(tx, owner=account.id)

    def use(_: int) -> Account | None:
        with db.transaction() as tx:
            return accounts.use_sign_in_link(tx, token)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(use, range(6)))
    assert answers.count(account) == 1
    assert answers.count(None) == 5


def test_an_old_sign_in_link_opens_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        token = accounts.new_sign_in_link(tx, owner=account.id, minutes=0)
        assert accounts.use_sign_in_link(tx, token) is None
        assert accounts.use_sign_in_link(tx, "\0made up\ud800") is None


def test_a_session_lasts_until_it_is_ended(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        token = sessions.start(tx, owner=account.id, user_agent="a phone")
        other = sessions.start(tx, owner=account.id, user_agent="a laptop")
        assert sessions.account_of(tx, token) == account
        sessions.end(tx, token)
        assert sessions.account_of(tx, token) is None
        assert sessions.account_of(tx, other) == account


def test_a_session_does_not_last_for_ever(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        token = sessions.start(tx, owner=account.id, user_agent="a phone")
        tx.execute(update(sessions_table).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        assert sessions.account_of(tx, token) is None


def test_only_what_opens_nothing_any_more_is_forgotten(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        sessions.start(tx, owner=account.id, user_agent="an old phone")
        accounts.new_sign_in_link(tx, owner=account.id, minutes=0)
        tx.execute(update(sessions_table).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        token = sessions.start(tx, owner=account.id, user_agent="a phone")
        link = accounts.new_sign_in_link(tx, owner=account.id)
        accounts.forget_expired(tx)
        sessions.forget_expired(tx)
        assert len(tx.execute(select(sessions_table)).all()) == len(tx.execute(select(sign_in_links)).all()) == 1
        assert sessions.account_of(tx, token) == accounts.use_sign_in_link(tx, link) == account


def test_a_token_speaks_for_its_account(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        secret = tokens.create(tx, owner=account.id, name="script")
        tokens.create(tx, owner=stranger.id, name="script")
        bearer = tokens.bearer_of(tx, secret)
        assert bearer
        assert (bearer.account, bearer.scope) == (account, Scope.ALL)
        assert tokens.bearer_of(tx, "made up") is None


def test_no_secret_is_kept_as_it_is(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        secrets = {
            accounts.new_sign_in_link(tx, owner=account.id),
            sessions.start(tx, owner=account.id, user_agent=""),
            tokens.create(tx, owner=account.id, name=""),
            "cien tarjetas",
        }
        kept = str(
            [tx.execute(select(table)).all() for table in (accounts_table, sign_in_links, sessions_table, tokens_table)]
        )
    assert not [secret for secret in secrets if secret in kept]
