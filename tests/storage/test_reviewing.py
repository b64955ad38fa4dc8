from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, update

from service.domain.errors import NotFound
from service.domain.pace import seconds_a_card
from service.domain.reading.card import CardState, Found, ReadCard, Reading
from service.storage import preferences
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import contacts
from service.storage.preferences import Preferences
from service.storage.reading import cards, pairs, photos, reviewing, sides
from service.storage.reading.cards import Card
from service.storage.tables import cards as cards_table
from tests.storage.test_cards import READING, SEEN

SURE = replace(READING, org=Found("Taller Arce", SEEN))
BACK = Reading(org=Found("Taller Arce", SEEN), urls=(Found("https://arce.example", SEEN),))


def put(tx: Connection, account: Account, *readings: Reading) -> list[Card]:
    """Cards of one photo each, the first the oldest."""
    return [put_one(tx, account, reading) for reading in readings]


def put_one(tx: Connection, account: Account, reading: Reading) -> Card:
    photo, _ = photos.receive(tx, owner=account.id, id=str(uuid4()), sha256=uuid4().hex * 2, size=9, kind="image/jpeg")
    found = [ReadCard(((0, 0), (9, 0), (9, 5), (0, 5)), b"", 10, 6, reading)]
    pairs.finish(tx, photo=photo, found=found, pictures=["a" * 64])
    return cards.of_photo(tx, owner=account.id, photo_id=photo.id)[0]


def person(name: str, reading: Reading = SURE) -> Reading:
    assert reading.name
    return replace(reading, name=replace(reading.name, value=replace(reading.name.value, printed=name)))


def test_a_card_knows_its_place_and_its_neighbours(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        put(tx, stranger, SURE)
        old, middle, new = put(tx, account, SURE, SURE, SURE)
        places = [reviewing.place(tx, owner=account.id, card=card) for card in (new, middle, old)]
    assert [(one.ahead, one.before, one.after) for one in places] == [
        (0, None, middle.id),
        (1, new.id, old.id),
        (2, middle.id, None),
    ]


def test_after_a_settled_card_comes_the_one_behind_it(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        old, middle, new = put(tx, account, SURE, SURE, SURE)
        cards.confirm(tx, owner=account.id, id=middle.id)
        place = reviewing.place(tx, owner=account.id, card=middle)
    assert (place.before, place.after) == (new.id, old.id)


def test_all_that_are_sure_are_confirmed_in_one_act_and_taken_back_in_one(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        doubted, first, second = put(tx, account, person("Eva Ruiz", READING), person("Leo Pons"), person("Ada Gil"))
        by_hand = put(tx, account, person("Luz Sanz"))[0]
        cards.confirm(tx, owner=account.id, id=by_hand.id)
        act, chosen = reviewing.confirm_sure(tx, owner=account.id)
        assert {card.id for card in chosen} == {first.id, second.id}
        assert contacts.count(tx, owner=account.id) == 3
        assert cards.get(tx, owner=account.id, id=doubted.id).state == CardState.TO_REVIEW
        assert reviewing.take_back_act(tx, owner=account.id, act=act) == 2
        assert contacts.count(tx, owner=account.id) == 1
        assert reviewing.take_back_act(tx, owner=account.id, act=act) == 0


def test_nobody_takes_back_what_another_did(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        put(tx, account, SURE)
        act, _ = reviewing.confirm_sure(tx, owner=account.id)
        assert reviewing.sure(tx, owner=stranger.id) == []
        assert reviewing.take_back_act(tx, owner=stranger.id, act=act) == 0
        assert contacts.count(tx, owner=account.id) == 1


def test_a_card_that_may_be_one_side_of_another_is_asked_about_first(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = put(tx, account, SURE, BACK)
        assert reviewing.sure(tx, owner=account.id) == []
        sides.tell_apart(tx, owner=account.id, id=front.id, other=back.id)
        assert [card.id for card in reviewing.sure(tx, owner=account.id)] == [front.id]
        sides.ask_again(tx, owner=account.id, id=front.id, other=back.id)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        assert [card.id for card in reviewing.sure(tx, owner=account.id)] == [front.id]


def test_cards_confirm_themselves_only_where_the_account_wants_it(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, SURE)
        assert reviewing.confirm_unasked(tx, owner=account.id, photo_id=card.photo_id) == 0
        preferences.keep(tx, Preferences(confirms_sure=True), owner=account.id)
        doubted = put_one(tx, account, person("Eva Ruiz", READING))
        assert reviewing.confirm_unasked(tx, owner=account.id, photo_id=doubted.photo_id) == 0
        assert reviewing.confirm_unasked(tx, owner=account.id, photo_id=card.photo_id) == 1
        assert [one.id for one in reviewing.confirmed_themselves(tx, owner=account.id)] == [card.id]
        cards.take_back(tx, owner=account.id, id=card.id)
        assert reviewing.confirmed_themselves(tx, owner=account.id) == []
        assert contacts.count(tx, owner=account.id) == 0


def test_the_other_side_of_a_card_that_confirmed_itself_is_still_joined(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        preferences.keep(tx, Preferences(confirms_sure=True), owner=account.id)
        front = put_one(tx, account, SURE)
        reviewing.confirm_unasked(tx, owner=account.id, photo_id=front.photo_id)
        reviewing.reopen(tx, owner=account.id, photo_id=front.photo_id)
        back = put_one(tx, account, BACK)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        assert reviewing.confirm_unasked(tx, owner=account.id, photo_id=front.photo_id) == 1
        assert contacts.count(tx, owner=account.id) == 1


def test_what_a_person_settled_is_not_reopened(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, SURE)
        cards.confirm(tx, owner=account.id, id=card.id)
        reviewing.reopen(tx, owner=account.id, photo_id=card.photo_id)
        assert cards.get(tx, owner=account.id, id=card.id).state == CardState.CONFIRMED


def test_the_pace_is_that_of_cards_settled_one_by_one_and_not_taken_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        by_hand = put(tx, account, *[READING] * 5)
        put(tx, account, *[SURE] * 9)
        reviewing.confirm_sure(tx, owner=account.id)
        assert reviewing.settled_lately(tx, owner=account.id) == []
        start = datetime(2026, 11, 21, 20, tzinfo=UTC)
        for at, card in enumerate(by_hand):
            cards.discard(tx, owner=account.id, id=card.id)
            settled_at = start + timedelta(seconds=6 * at)
            tx.execute(update(cards_table).where(cards_table.c.id == card.id).values(settled_at=settled_at))
        cards.take_back(tx, owner=account.id, id=by_hand[-1].id)
        settled = reviewing.settled_lately(tx, owner=account.id)
    assert settled == [start + timedelta(seconds=seconds) for seconds in (18, 12, 6, 0)]
    assert seconds_a_card(settled) == 6


def test_preferences_are_the_accounts_own(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        preferences.keep(tx, Preferences(letter_keys=False, confirms_sure=True), owner=account.id)
        assert preferences.get(tx, owner=account.id) == Preferences(letter_keys=False, confirms_sure=True)
        assert preferences.get(tx, owner=stranger.id) == Preferences()
        with pytest.raises(NotFound):
            preferences.get(tx, owner="nobody")
