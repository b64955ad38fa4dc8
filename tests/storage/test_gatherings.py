from datetime import date

import pytest

from service.domain.errors import BadValue, NotFound
from service.storage import contacts, gatherings
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.which import Which
from tests.storage.test_contacts import text

DAY = date(2026, 11, 21)


def test_a_gathering_is_its_name_and_its_day(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = gatherings.meet(tx, owner=account.id, name="Feria de Bilbao", day=DAY, place="BEC")
        again = gatherings.meet(tx, owner=account.id, name=" FÉRIA  de bilbao ", day=DAY)
        other = gatherings.meet(tx, owner=account.id, name="Feria de Bilbao", day=date(2027, 11, 20))
        met = gatherings.get(tx, owner=account.id, id=first)
    assert first == again != other
    assert (met.name, met.day, met.place, met.kind, met.own) == ("Feria de Bilbao", DAY, "BEC", "", False)


def test_a_place_told_later_is_kept(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = gatherings.meet(tx, owner=account.id, name="Feria", day=DAY)
        gatherings.meet(tx, owner=account.id, name="Feria", day=DAY, place="BEC")
        gatherings.meet(tx, owner=account.id, name="Feria", day=DAY, place="elsewhere")
        assert gatherings.get(tx, owner=account.id, id=first).place == "BEC"


@pytest.mark.parametrize("name", ["", "  ", "\0"])
def test_a_gathering_without_a_name_is_none(db: Database, account: Account, name: str) -> None:
    with db.transaction() as tx, pytest.raises(BadValue):
        gatherings.meet(tx, owner=account.id, name=name, day=DAY)


def test_each_account_has_its_own(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        mine = gatherings.meet(tx, owner=account.id, name="Feria", day=DAY)
        theirs = gatherings.meet(tx, owner=stranger.id, name="Feria", day=DAY)
        assert mine != theirs
        assert set(gatherings.named(tx, owner=account.id, ids=[mine, theirs])) == {mine}
        with pytest.raises(NotFound):
            gatherings.get(tx, owner=account.id, id=theirs)


def test_the_last_gatherings_say_how_many_were_met_there(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        fair = gatherings.meet(tx, owner=account.id, name="Feria", day=DAY)
        lunch = gatherings.meet(tx, owner=account.id, name="Comida", day=date(2026, 11, 24))
        gatherings.meet(tx, owner=account.id, name="Nadie", day=date(2026, 11, 25))
        for name in ("Ana", "Luis"):
            contacts.write(tx, owner=account.id, vcard=text(name), gathering_id=fair)
        contacts.write(tx, owner=account.id, vcard=text("Eva"), gathering_id=lunch)
        gone = contacts.write(tx, owner=account.id, vcard=text("Noa"), gathering_id=lunch)
        contacts.delete(tx, owner=account.id, id=gone.id)
        last = gatherings.recent(tx, owner=account.id)
    assert [(met.gathering.name, met.contacts) for met in last] == [("Comida", 1), ("Feria", 2)]


def test_contacts_are_listed_by_where_they_were_met(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        fair = gatherings.meet(tx, owner=account.id, name="Feria", day=DAY)
        there = contacts.write(tx, owner=account.id, vcard=text("Ana"), gathering_id=fair)
        contacts.write(tx, owner=account.id, vcard=text("Luis"))
        assert contacts.page(tx, owner=account.id, which=Which(gathering_id=fair)).rows == [there]
        assert contacts.page(tx, owner=account.id, which=Which(query="luis", gathering_id=fair)).rows == []
        changed = contacts.write(tx, owner=account.id, vcard=there.vcard.replace("Arce", "Rey"), id=there.id)
        assert changed.gathering_id == fair
