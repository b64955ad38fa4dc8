from datetime import date
from typing import Any

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import ties
from service.storage.meeting import gathering_merges, gatherings
from service.storage.people import contacts
from service.storage.people.which import Which
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


def test_one_in_the_calendar_keeps_seats_of_its_week_free(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made = gatherings.add(
            tx, owner=account.id, name="Feria", day=DAY, last_day=date(2026, 11, 23), kind="trade fair"
        )
        kept: dict[str, Any] = {"owner": account.id, "first": date(2026, 11, 16), "last": date(2026, 11, 22)}
        assert gatherings.seats_kept(tx, **kept) == 3
        assert gatherings.seats_kept(tx, owner=account.id, first=date(2026, 11, 23), last=date(2026, 11, 29)) == 3
        assert gatherings.seats_kept(tx, owner=account.id, first=date(2026, 11, 24), last=date(2026, 11, 29)) == 0
        gatherings.cancel(tx, owner=account.id, id=made)
        assert gatherings.seats_kept(tx, **kept) == 0
        gatherings.meet(tx, owner=account.id, name="Comida", day=DAY)
        assert gatherings.seats_kept(tx, **kept) == 0, "where one was without planning it, nothing was kept"


def test_cards_of_each_day_of_a_fair_are_of_the_one_fair(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        fair = gatherings.add(tx, owner=account.id, name="Feria", day=DAY, last_day=date(2026, 11, 23))
        assert gatherings.meet(tx, owner=account.id, name="feria", day=date(2026, 11, 23)) == fair
        assert gatherings.meet(tx, owner=account.id, name="feria", day=date(2026, 11, 24)) != fair


def test_a_change_counts_for_calendars_only_where_it_concerns_them(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made = gatherings.add(tx, owner=account.id, name="Cata", day=DAY, kind="own")
        for values, sequence in (({"cost_cents": 500}, 0), ({"begins": "20:00"}, 1), ({"begins": "20:00"}, 1)):
            assert gatherings.change(tx, owner=account.id, id=made, **values).sequence == sequence
        assert gatherings.change(tx, owner=account.id, id=made, name="Cata de vinos").sequence == 2
        gatherings.add(tx, owner=account.id, name="Comida", day=DAY)
        with pytest.raises(Conflict):
            gatherings.change(tx, owner=account.id, id=made, name="COMIDA")


def test_two_that_were_one_become_one_and_come_apart(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        fair = gatherings.meet(tx, owner=account.id, name="Feria de Bilbao", day=DAY)
        other = gatherings.meet(tx, owner=account.id, name="Feria Bilbao", day=DAY)
        there = contacts.write(tx, owner=account.id, vcard=text("Ana"), gathering_id=other)
        tie = ties.begin(
            tx,
            owner=account.id,
            contact_id=there.id,
            met=ties.Met(on=DAY, gathering="Feria Bilbao", gathering_id=other),
        )
        merged = gathering_merges.merge(tx, owner=account.id, keep=fair, gone=other)
        assert contacts.get(tx, owner=account.id, id=there.id).gathering_id == fair
        assert ties.get(tx, owner=account.id, id=tie).tie.gathering == "Feria de Bilbao"
        assert gatherings.meet(tx, owner=account.id, name="feria bilbao", day=DAY) == fair, (
            "a card of it that comes late"
        )
        assert [met.gathering.id for met in gatherings.recent(tx, owner=account.id)] == [fair]
        late = contacts.write(tx, owner=account.id, vcard=text("Luis"), gathering_id=fair)
        with pytest.raises(BadValue):
            gathering_merges.merge(tx, owner=account.id, keep=fair, gone=fair)
        with pytest.raises(NotFound):
            gathering_merges.undo(tx, owner=stranger.id, id=merged)
        for _ in range(2):
            assert gathering_merges.undo(tx, owner=account.id, id=merged).id == other
        assert contacts.get(tx, owner=account.id, id=there.id).gathering_id == other
        assert contacts.get(tx, owner=account.id, id=late.id).gathering_id == fair
        assert ties.get(tx, owner=account.id, id=tie).tie.gathering == "Feria Bilbao"
