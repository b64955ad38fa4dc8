"""A front and a back that were taken as such become one card, whichever is read first, and are two again on demand."""

from uuid import uuid4

from sqlalchemy import Connection

from service.domain.reading.card import Box, Evidence, Found, PersonName, ReadCard, Reading, Side
from service.domain.reading.stamp import Stamp
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.reading import cards, pairs, photos, sides
from service.storage.reading.photos import Photo

SEEN = Evidence(engines=("rapidocr",), confidence=0.9, box=Box(1, 2, 30, 4))
FRONT = Reading(name=Found(PersonName("Ana Muñoz"), SEEN))
TAKEN_OF_A_FRONT = Stamp(side=Side.FRONT)
BACK = Reading(emails=(Found("ana@arce.example", SEEN),))


def take(tx: Connection, account: Account, *, stamp: Stamp = TAKEN_OF_A_FRONT) -> Photo:
    bytes_ = uuid4().hex * 2
    photo, _ = photos.receive(
        tx, owner=account.id, id=str(uuid4()), sha256=bytes_, size=9, kind="image/jpeg", stamp=stamp
    )
    return photo


def read(db: Database, photo: Photo, *readings: Reading) -> None:
    found = [ReadCard(((0, 0), (9, 0), (9, 5), (0, 5)), b"", 10, 6, reading) for reading in readings]
    with db.transaction() as tx:
        assert pairs.finish(tx, photo=photo, found=found, pictures=[uuid4().hex * 2 for _ in found])


def both(db: Database, account: Account) -> tuple[Photo, Photo]:
    with db.transaction() as tx:
        front = take(tx, account)
        return front, take(tx, account, stamp=Stamp(side=Side.BACK, pair=front.id))


def cards_of(db: Database, account: Account) -> list[cards.Card]:
    with db.reading() as tx:
        return cards.page(tx, owner=account.id).rows


def test_a_back_taken_after_its_front_becomes_its_other_side(db: Database, account: Account) -> None:
    front, back = both(db, account)
    read(db, front, FRONT)
    read(db, back, BACK)
    [card] = cards_of(db, account)
    assert card.back
    assert (card.photo_id, card.back.photo_id) == (front.id, back.id)
    assert card.reading.emails


def test_the_back_may_be_read_first(db: Database, account: Account) -> None:
    front, back = both(db, account)
    read(db, back, BACK)
    assert len(cards_of(db, account)) == 1
    read(db, front, FRONT)
    [card] = cards_of(db, account)
    assert card.photo_id == front.id


def test_they_are_two_cards_again_when_someone_says_so(db: Database, account: Account) -> None:
    front, back = both(db, account)
    read(db, front, FRONT)
    read(db, back, BACK)
    with db.transaction() as tx:
        sides.take_apart(tx, owner=account.id, id=cards.page(tx, owner=account.id).rows[0].id)
    assert {card.photo_id for card in cards_of(db, account)} == {front.id, back.id}


def test_a_photo_of_many_cards_is_nobodys_other_side(db: Database, account: Account) -> None:
    front, back = both(db, account)
    read(db, front, FRONT, FRONT)
    read(db, back, BACK)
    assert len(cards_of(db, account)) == 3


def test_a_front_confirmed_meanwhile_stays_as_it_is(db: Database, account: Account) -> None:
    front, back = both(db, account)
    read(db, front, FRONT)
    with db.transaction() as tx:
        cards.confirm(tx, owner=account.id, id=cards.page(tx, owner=account.id).rows[0].id)
    read(db, back, BACK)
    assert len(cards_of(db, account)) == 2


def test_nobody_joins_a_card_to_that_of_someone_else(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        front = take(tx, stranger)
        back = take(tx, account, stamp=Stamp(side=Side.BACK, pair=front.id))
    read(db, front, FRONT)
    read(db, back, BACK)
    assert [card.side_of for card in (*cards_of(db, account), *cards_of(db, stranger))] == [None, None]
