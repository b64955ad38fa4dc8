"""The numbers beside the drawer's filters, as far as anybody counts."""

import pytest
from sqlalchemy import delete, select, update

from service.domain.ties.standing import Standing
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import policies, ties
from service.storage.following.tie_tables import tie_states
from service.storage.following.tie_tables import ties as tie_rows
from service.storage.following.ties import Met
from service.storage.people import contacts, drawer
from service.storage.people.which import Which
from tests.dav.conftest import card


def test_of_very_many_contacts_nobody_counts(db: Database, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawer, "COUNTED_TO", 2)
    with db.transaction() as tx:
        for number in range(2):
            contacts.write(tx, owner=account.id, vcard=card(f"Ana {number}", uid=str(number)))
        few = drawer.tally(tx, owner=account.id)
        contacts.write(tx, owner=account.id, vcard=card("Ana 3", uid="3"))
        many = drawer.tally(tx, owner=account.id)
    assert (few.counted, few.undecided) == (True, 2)
    assert (many.counted, many.undecided) == (False, 0)


def test_the_numbers_are_those_of_the_contacts_that_each_filter_finds(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        met = Met(on=policies.today(tx, owner=account.id), gathering="la Cámara", language="es")
        ids = [contacts.write(tx, owner=account.id, vcard=card(f"Ana {n}", uid=str(n))).id for n in range(7)]
        for id_ in ids[:5]:
            ties.begin(tx, owner=account.id, contact_id=id_, met=met)
        told = drawer.tally(tx, owner=account.id)
        assert (told.undecided, sum(told.circles.values()), sum(told.stages.values())) == (
            contacts.count(tx, owner=account.id, which=Which(undecided=True)),
            5,
            5,
        )
        tx.execute(update(tie_states).where(tie_states.c.tie_id == _tie(tx, ids[0])).values(standing=Standing.TO_SORT))
        tx.execute(update(tie_states).where(tie_states.c.tie_id == _tie(tx, ids[1])).values(standing=Standing.TO_SORT))
        tx.execute(delete(tie_states).where(tie_states.c.tie_id == _tie(tx, ids[2])))
        for gone in (ids[1], ids[4], ids[6]):
            contacts.delete(tx, owner=account.id, id=gone)
        told = drawer.tally(tx, owner=account.id)
        for circle, number in told.circles.items():
            assert number == contacts.count(tx, owner=account.id, which=Which(circle=circle))
        for stage, number in told.stages.items():
            assert number == contacts.count(tx, owner=account.id, which=Which(stage=stage))
        assert sum(told.circles.values()) == 2
        assert told.undecided == contacts.count(tx, owner=account.id, which=Which(undecided=True)) == 2


def test_counting_up_to_a_number_looks_one_further(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        for number in range(4):
            contacts.write(tx, owner=account.id, vcard=card(f"Ana {number}", uid=str(number)))
        assert [contacts.count(tx, owner=account.id, up_to=most) for most in (1, 3, 4, 9)] == [2, 4, 4, 4]


def _tie(tx: Transaction, contact_id: str) -> str:
    return str(tx.execute(select(tie_rows.c.id).where(tie_rows.c.contact_id == contact_id)).scalar_one())
