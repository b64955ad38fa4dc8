import logging
from contextlib import suppress

import pytest
from sqlalchemy import text as sql

from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import contacts, words_index
from service.storage.people.which import Which
from tests.storage.test_contacts import text


def found(db: Database, account: Account, query: str) -> list[str]:
    with db.reading() as tx:
        return [contact.name for contact in contacts.page(tx, owner=account.id, which=Which(query=query)).rows]


def test_a_change_takes_the_old_words_out(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        kept = contacts.write(tx, owner=account.id, vcard=text("Ana Muñoz"))
        contacts.write(tx, owner=account.id, vcard=kept.vcard.replace("Muñoz", "Castro"), id=kept.id)
    assert found(db, account, "munoz") == []
    assert found(db, account, "castro") == ["Ana Castro"]


def test_a_deleted_contact_is_not_found_till_it_is_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        kept = contacts.write(tx, owner=account.id, vcard=text("Ana Muñoz"))
        contacts.delete(tx, owner=account.id, id=kept.id)
    assert found(db, account, "munoz") == []
    with db.transaction() as tx:
        contacts.restore(tx, owner=account.id, id=kept.id)
        contacts.restore(tx, owner=account.id, id=kept.id)
    assert found(db, account, "munoz") == ["Ana Muñoz"]


def test_what_was_undone_is_not_found(db: Database, account: Account) -> None:
    class UndoneError(Exception):
        pass

    def write_and_fail() -> None:
        with db.transaction() as tx:
            contacts.write(tx, owner=account.id, vcard=text("Ana Muñoz"))
            raise UndoneError

    with pytest.raises(UndoneError):
        write_and_fail()
    assert found(db, account, "munoz") == []


def test_a_word_that_many_have_is_found_like_one_that_few_have(
    db: Database, account: Account, stranger: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.transaction() as tx:
        for name in ("Uno", "Dos", "Tres", "Cuatro"):
            contacts.write(tx, owner=account.id, vcard=text(f"Ana {name}"))
        contacts.write(tx, owner=stranger.id, vcard=text("Ana Ajena"))
    few = found(db, account, "ana")
    monkeypatch.setattr(words_index, "FEW", 2)
    assert found(db, account, "ana") == few == ["Ana Cuatro", "Ana Tres", "Ana Dos", "Ana Uno"]
    assert found(db, account, "ana d") == ["Ana Dos"]


def test_the_index_is_made_and_filled_again_where_it_is_missing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        contacts.write(tx, owner=account.id, vcard=text("Ana Muñoz"))
        gone = contacts.write(tx, owner=account.id, vcard=text("Ana Castro"))
        contacts.delete(tx, owner=account.id, id=gone.id)
        sqlite = tx.dialect.name == "sqlite"
        tx.execute(sql("DROP TABLE contacts_found" if sqlite else "DROP INDEX ix_contacts_found_by"))
        words_index.make(tx)
        words_index.make(tx)
    assert found(db, account, "ana") == ["Ana Muñoz"]


class TakenBack(Exception):
    """What a test did to the database is rolled back."""


def test_without_pg_trgm_the_search_is_right_all_the_same_and_says_so(
    account: Account, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with suppress(TakenBack), db.transaction() as tx:
        if tx.dialect.name == "sqlite":
            pytest.skip("SQLite has its own")
        tx.execute(sql("DROP EXTENSION pg_trgm CASCADE"))
        tx.execute(sql("CREATE ROLE modest"))
        tx.execute(sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO modest"))
        tx.execute(sql("SET LOCAL ROLE modest"))
        with caplog.at_level(logging.WARNING):
            words_index.make(tx)
        contacts.write(tx, owner=account.id, vcard=text("Ana Muñoz"))
        assert contacts.page(tx, owner=account.id, which=Which(query="munoz")).rows
        raise TakenBack
    assert "pg_trgm" in caplog.text
