from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people.vcard import fields_of
from service.domain.reading.card import (
    Box,
    CardState,
    Doubt,
    Evidence,
    Found,
    Line,
    PersonName,
    Phone,
    PhoneType,
    ReadCard,
    Reading,
)
from service.domain.reading.stamp import Stamp
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.storage.reading import cards, photos
from service.storage.reading.cards import Card

SEEN = Evidence(engines=("rapidocr",), confidence=0.9, box=Box(1, 2, 30, 4))
READING = Reading(
    name=Found(PersonName("Ana Muñoz Prats", given="Ana", family="Muñoz Prats"), SEEN),
    org=Found("Taller Arce", SEEN, doubt=Doubt.CLOSE_CALL, other="Arce"),
    emails=(Found("ana@arce.example", SEEN),),
    phones=(Found(Phone("600 123 123", "+34600123123", PhoneType.MOBILE), SEEN),),
    unclaimed=(Line("Desde 1987", Box(0, 0, 9, 9), 0.8, 0.5, second="Desde 1981"),),
)


def read_cards(tx: Connection, account: Account, count: int = 1) -> list[Card]:
    photo, _ = photos.receive(
        tx,
        owner=account.id,
        id=str(uuid4()),
        sha256=uuid4().hex * 2,
        size=9,
        kind="image/jpeg",
        stamp=Stamp(gathering="Feria", note="coffee"),
    )
    found = [ReadCard(((0, 0), (9, 0), (9, 5.5), (0, 5)), b"", 10, 6, READING)] * count
    photos.finish(tx, photo=photo, cards=found, pictures=["a" * 64] * count)
    return cards.of_photo(tx, owner=account.id, photo_id=photo.id)


def test_a_card_comes_back_as_it_was_read(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        assert cards.get(tx, owner=account.id, id=card.id) == card
    assert card.reading == READING
    assert card.corners == ((0, 0), (9, 0), (9, 5.5), (0, 5))
    assert card.state == CardState.TO_REVIEW


def test_cards_are_listed_by_newest_photo_and_in_its_order(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        older, newer = read_cards(tx, account, 3), read_cards(tx, account, 3)
        listed = []
        after = None
        for _ in range(3):
            page = cards.page(tx, owner=account.id, state=CardState.TO_REVIEW, after=after, limit=2)
            listed += [card.id for card in page.rows]
            after = page.next
    assert listed == [card.id for card in (*newer, *older)]
    assert after is None


def test_corrections_are_kept_beside_what_was_read(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        cards.correct(tx, owner=account.id, id=card.id, changes={"org": "Taller Arce SL"})
        corrected = cards.correct(tx, owner=account.id, id=card.id, changes={"title": "Gerente"})
    assert corrected.reading == READING
    assert corrected.changes == {"org": "Taller Arce SL", "title": "Gerente"}


def test_a_bad_correction_changes_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        with pytest.raises(BadValue):
            cards.correct(tx, owner=account.id, id=card.id, changes={"emails": 7})
        assert cards.get(tx, owner=account.id, id=card.id).changes == {}


def test_a_confirmed_card_is_a_contact_with_the_corrections(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        cards.correct(tx, owner=account.id, id=card.id, changes={"org": "Arce e Hijas"})
        contact_id = cards.confirm(tx, owner=account.id, id=card.id)
        contact = contacts.get(tx, owner=account.id, id=contact_id)
        assert [one.id for one in cards.of_contact(tx, owner=account.id, contact_id=contact_id)] == [card.id]
        assert cards.get(tx, owner=account.id, id=card.id).state == CardState.CONFIRMED
        assert cards.count(tx, owner=account.id, state=CardState.CONFIRMED) == 1
    assert (contact.name, contact.org) == ("Ana Muñoz Prats", "Arce e Hijas")
    assert fields_of(contact.vcard).emails == ("ana@arce.example",)
    assert "Feria" in contact.vcard
    assert "coffee" in contact.vcard


def test_of_many_who_confirm_at_once_all_get_the_same_contact(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)

    def confirm(_: int) -> str:
        with db.transaction() as tx:
            return cards.confirm(tx, owner=account.id, id=card.id)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(confirm, range(6)))) == 1
    with db.reading() as tx:
        assert contacts.count(tx, owner=account.id) == 1


def test_a_confirmation_can_be_taken_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        first = cards.confirm(tx, owner=account.id, id=card.id)
        cards.take_back(tx, owner=account.id, id=card.id)
        assert contacts.count(tx, owner=account.id) == 0
        back = cards.get(tx, owner=account.id, id=card.id)
        assert (back.state, back.contact_id) == (CardState.TO_REVIEW, None)
        assert cards.confirm(tx, owner=account.id, id=card.id) != first


def test_a_discarded_card_is_out_of_review_and_may_come_back(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        cards.discard(tx, owner=account.id, id=card.id)
        assert cards.page(tx, owner=account.id, state=CardState.TO_REVIEW).rows == []
        cards.take_back(tx, owner=account.id, id=card.id)
        assert cards.count(tx, owner=account.id, state=CardState.TO_REVIEW) == 1


def test_a_confirmed_card_is_neither_corrected_nor_discarded(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, account)
        cards.confirm(tx, owner=account.id, id=card.id)
        with pytest.raises(Conflict):
            cards.correct(tx, owner=account.id, id=card.id, changes={"org": "x"})
        with pytest.raises(Conflict):
            cards.discard(tx, owner=account.id, id=card.id)


def test_somebody_elses_card_is_not_found(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        [card] = read_cards(tx, stranger)
        for ask in (cards.get, cards.confirm, cards.discard, cards.take_back):
            with pytest.raises(NotFound):
                ask(tx, owner=account.id, id=card.id)
        with pytest.raises(NotFound):
            cards.correct(tx, owner=account.id, id=card.id, changes={})
        assert cards.of_photo(tx, owner=account.id, photo_id=card.photo_id) == []
        assert cards.page(tx, owner=account.id).rows == []


def test_a_confirmed_card_knows_the_gathering_of_its_photo(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = (read_cards(tx, account)[0] for _ in range(2))
        met = [
            contacts.get(tx, owner=account.id, id=cards.confirm(tx, owner=account.id, id=c.id)) for c in (one, other)
        ]
        fair = gatherings.get(tx, owner=account.id, id=met[0].gathering_id or "")
    assert fair.name == "Feria"
    assert met[1].gathering_id == fair.id
