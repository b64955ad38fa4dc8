"""The log that a sync goes by."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from service.domain.errors import Conflict
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.dav import dav_changes
from service.storage.dav.dav_changes import CONTACT
from service.storage.dav.dav_tables import changes
from service.storage.moment import now
from service.storage.people import contacts
from tests.storage.test_contacts import text


def changed(db: Database, owner: str, seq: int = 0) -> list[str]:
    with db.reading() as tx:
        return dav_changes.since(tx, owner=owner, kind=CONTACT, seq=seq)


def seq(db: Database, owner: str) -> int:
    with db.reading() as tx:
        return dav_changes.log_of(tx, owner=owner, kind=CONTACT).seq


def test_what_is_written_deleted_and_brought_back_is_each_told_once(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        ana = contacts.write(tx, owner=account.id, vcard=text())
        contacts.write(tx, owner=account.id, vcard=text("Bruno"))
    first = seq(db, account.id)
    assert len(changed(db, account.id)) == 2
    with db.transaction() as tx:
        contacts.delete(tx, owner=account.id, id=ana.id)
    assert changed(db, account.id, first) == [f"{ana.id}.vcf"]
    deleted = seq(db, account.id)
    with db.transaction() as tx:
        contacts.restore(tx, owner=account.id, id=ana.id)
    assert changed(db, account.id, deleted) == [f"{ana.id}.vcf"]
    assert changed(db, account.id, seq(db, account.id)) == []


def test_a_transaction_that_failed_leaves_nothing_to_tell(db: Database, account: Account) -> None:
    def write_twice() -> None:
        with db.transaction() as tx:
            contacts.write(tx, owner=account.id, vcard=text(uid="u"))
            contacts.write(tx, owner=account.id, vcard=text(uid="u"))

    with pytest.raises(Conflict):
        write_twice()
    with db.transaction():
        pass
    assert seq(db, account.id) == 0


def test_one_that_comes_back_under_another_name_is_gone_under_the_old_one(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        ana = contacts.write(tx, owner=account.id, vcard=text(uid="u"))
        contacts.delete(tx, owner=account.id, id=ana.id)
        dav_changes.note(tx, owner=account.id, id=ana.id, href="old.vcf")
    with db.transaction() as tx:
        contacts.write(tx, owner=account.id, vcard=text(uid="u"))
        dav_changes.note(tx, owner=account.id, id=ana.id, href="first.vcf")
    with db.transaction() as tx:
        dav_changes.note(tx, owner=account.id, id=ana.id, href="new.vcf")
    with db.reading() as tx:
        rows = {row.href: row.gone for row in tx.execute(changes.select())}
    assert rows == {"first.vcf": True, "new.vcf": False}


def test_accounts_are_told_of_their_own_only(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        contacts.write(tx, owner=account.id, vcard=text())
    assert changed(db, stranger.id) == []


def test_what_is_gone_for_long_is_forgotten_and_older_devices_are_sent_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        ana = contacts.write(tx, owner=account.id, vcard=text())
    with db.transaction() as tx:
        contacts.delete(tx, owner=account.id, id=ana.id)
    with db.transaction() as tx:
        tx.execute(update(changes).values(changed_at=now() - timedelta(days=100)))
        dav_changes.forget_old(tx)
        log = dav_changes.log_of(tx, owner=account.id, kind=CONTACT)
    assert (changed(db, account.id), log.floor) == ([], log.seq)


def test_short_lists_are_told_by_what_differs(db: Database, account: Account) -> None:
    def keep(there: dict[str, tuple[str, str]]) -> int:
        with db.transaction() as tx:
            dav_changes.reconcile(tx, owner=account.id, kind="touch", there=there)
            return dav_changes.log_of(tx, owner=account.id, kind="touch").seq

    first = keep({"a.ics": ("a", "1"), "b.ics": ("b", "1")})
    assert keep({"a.ics": ("a", "1"), "b.ics": ("b", "1")}) == first
    second = keep({"a.ics": ("a", "2")})
    with db.reading() as tx:
        assert dav_changes.since(tx, owner=account.id, kind="touch", seq=first) == ["a.ics", "b.ics"]
        assert dav_changes.since(tx, owner=account.id, kind="touch", seq=second) == []
