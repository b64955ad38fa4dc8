"""Passwords of other devices."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.dav import app_passwords
from service.storage.dav.dav_tables import app_passwords as rows
from service.storage.moment import now


def test_a_secret_has_192_bits_and_is_kept_as_its_hash_alone(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=account.id, name="Telefon")
        _, other = app_passwords.make(tx, owner=account.id, name="Telefon")
        kept = tx.execute(select(rows)).all()
    assert len(secret.replace("-", "")) * 5 >= 192
    assert secret != other
    assert secret.replace("-", "") not in repr(kept)
    assert {len(row.secret_hash) for row in kept} == {64}


@pytest.mark.parametrize("typed", [str, str.upper, lambda secret: secret.replace("-", ""), lambda s: f" {s} "])
def test_a_secret_tells_whose_it_is_however_it_is_typed(db: Database, account: Account, typed: type[str]) -> None:
    with db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=account.id, name="Telefon")
        found = app_passwords.owner_of(tx, typed(secret))
    assert found
    assert found.id == account.id
    assert {account.id, account.email} == found.names


def test_one_that_was_taken_back_opens_nothing(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        id_, secret = app_passwords.make(tx, owner=account.id, name="  Mi   móvil ")
        with pytest.raises(NotFound):
            app_passwords.take_back(tx, owner=stranger.id, id=id_)
        assert app_passwords.take_back(tx, owner=account.id, id=id_) == "Mi móvil"
        assert app_passwords.owner_of(tx, secret) is None
        assert app_passwords.owner_of(tx, "") is None
        assert app_passwords.page(tx, owner=account.id) == []


def test_it_is_good_as_long_as_was_said(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        _, always = app_passwords.make(tx, owner=account.id, name="Telefon")
        _, secret = app_passwords.make(tx, owner=account.id, name="Tablet", days=30)
        assert app_passwords.owner_of(tx, secret)
        [tablet, telefon] = sorted(app_passwords.page(tx, owner=account.id), key=lambda one: one.name)
        assert tablet.expires_at == tablet.created_at + timedelta(days=30)
        assert telefon.expires_at is None
        tx.execute(update(rows).where(rows.c.expires_at.is_not(None)).values(expires_at=now()))
        assert app_passwords.owner_of(tx, secret) is None
        assert app_passwords.owner_of(tx, always)
        for days in (0, -1, app_passwords.LONGEST_DAYS + 1):
            with pytest.raises(BadValue):
                app_passwords.make(tx, owner=account.id, name="Uhr", days=days)


def test_its_last_use_is_known_to_the_hour(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=account.id, name="Telefon")
        assert not lately(tx, secret)
        app_passwords.used(tx, secret)
        assert lately(tx, secret)
        first = app_passwords.page(tx, owner=account.id)[0].used_at
        app_passwords.used(tx, secret)
        assert app_passwords.page(tx, owner=account.id)[0].used_at == first
        tx.execute(update(rows).values(used_at=now() - timedelta(hours=2)))
        assert not lately(tx, secret)


def lately(tx: Transaction, secret: str) -> bool:
    found = app_passwords.owner_of(tx, secret)
    return found is not None and found.used_lately


def test_a_device_has_a_name_and_there_are_not_too_many(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        with pytest.raises(BadValue):
            app_passwords.make(tx, owner=account.id, name=" ")
        for number in range(app_passwords.AT_MOST):
            app_passwords.make(tx, owner=account.id, name=str(number))
        with pytest.raises(Conflict):
            app_passwords.make(tx, owner=account.id, name="one more")


def test_who_has_no_address_signs_in_by_the_beginning_of_his_id() -> None:
    assert app_passwords.user_name("0f3a9c21-aaaa", "") == "0f3a9c21"
    assert app_passwords.user_name("0f3a9c21-aaaa", "Ana@Example.com") == "ana@example.com"
