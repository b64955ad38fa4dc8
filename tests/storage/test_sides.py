"""Two cards as the sides of one: joined, reviewed and confirmed as one, and taken apart as they were."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people.vcard import fields_of
from service.domain.reading.card import (
    Box,
    CardState,
    Corners,
    Evidence,
    Found,
    PersonName,
    Phone,
    ReadCard,
    Reading,
    Side,
)
from service.domain.reading.sides import Shared
from service.domain.reading.stamp import Stamp
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import contacts
from service.storage.reading import cards, photos, sides
from service.storage.reading.cards import Card

SEEN = Evidence(engines=("rapidocr",), confidence=0.9, box=Box(1, 2, 30, 4))
CORNERS: Corners = ((0, 0), (9, 0), (9, 5), (0, 5))
FRONT = Reading(
    name=Found(PersonName("Maren Solheim", "Maren", "Solheim"), SEEN),
    emails=(Found("maren@fjordarkiv.example", SEEN),),
    phones=(Found(Phone("+47 22 10 45 76", "+4722104576"), SEEN),),
    lang="nb",
)
BACK = Reading(
    org=Found("Fjord Arkiv", SEEN),
    urls=(Found("fjordarkiv.example", SEEN),),
    phones=(Found(Phone("+47 22 10 45 00", "+4722104500"), SEEN),),
    lang="en",
)
STRANGE = Reading(name=Found(PersonName("Odd Berge"), SEEN), org=Found("Nordlys", SEEN))


def keep(tx: Connection, account: Account, *readings: Reading, note: str = "") -> list[Card]:
    """Keep a photo with these cards, read."""
    bytes_ = {"sha256": uuid4().hex * 2, "size": 9, "kind": "image/jpeg"}
    photo, _ = photos.receive(tx, owner=account.id, id=str(uuid4()), **bytes_, stamp=Stamp(note=note))  # type: ignore[arg-type] # of a dict
    found = [ReadCard(CORNERS, b"", 10, 6, reading) for reading in readings]
    photos.finish(tx, photo=photo, cards=found, pictures=[uuid4().hex * 2 for _ in readings])
    return cards.of_photo(tx, owner=account.id, photo_id=photo.id)


def pair(tx: Connection, account: Account) -> tuple[Card, Card]:
    """Keep a front and a back, each with a photo of its own."""
    [front], [back] = keep(tx, account, FRONT, note="met on the boat"), keep(tx, account, BACK, note="has a boat")
    return front, back


def waiting(tx: Connection, account: Account) -> Sequence[str]:
    page = cards.page(tx, owner=account.id, state=CardState.TO_REVIEW)
    assert cards.count(tx, owner=account.id, state=CardState.TO_REVIEW) == len(page.rows)
    return [card.id for card in page.rows]


def test_two_sides_are_one_card_to_review(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        whole = sides.join(tx, owner=account.id, back=back.id, front=front.id)
        assert waiting(tx, account) == [front.id]
        assert cards.get(tx, owner=account.id, id=back.id).side_of == front.id
    assert whole.back
    assert (whole.back.id, whole.back.picture) == (back.id, back.picture)
    assert (whole.reading.name, len(whole.reading.phones)) == (FRONT.name, 2)
    assert whole.reading.org
    assert (whole.reading.org.value, whole.reading.org.evidence.side) == ("Fjord Arkiv", Side.BACK)
    assert (whole.reading.lang, whole.reading.other_langs) == ("nb", ("en",))


def test_two_cards_of_one_photo_may_be_sides_too(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = keep(tx, account, FRONT, BACK)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        assert waiting(tx, account) == [front.id]


def test_taken_apart_both_are_what_they_were(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        corrected = {"phones": ["+47 22 10 45 77"], "note": "a"}
        front = cards.correct(tx, owner=account.id, id=front.id, changes=corrected)
        back = cards.correct(tx, owner=account.id, id=back.id, changes={"org": "Fjordarkivet", "note": "b"})
        for id_ in (front.id, back.id):
            whole = sides.join(tx, owner=account.id, back=back.id, front=front.id)
            assert (whole.changes["org"], whole.changes["note"]) == ("Fjordarkivet", "a\nb")
            assert len(whole.changes["phones"]) == 2
            cards.correct(tx, owner=account.id, id=front.id, changes={"title": "Curator"})
            sides.take_apart(tx, owner=account.id, id=id_)
            assert cards.get(tx, owner=account.id, id=front.id) == front
            assert cards.get(tx, owner=account.id, id=back.id) == back
        assert waiting(tx, account) == [back.id, front.id]
        sides.take_apart(tx, owner=account.id, id=front.id)  # where there is nothing to take apart


@pytest.mark.parametrize("named", ["front", "back"])
def test_confirming_one_side_confirms_both_as_one_contact(db: Database, account: Account, named: str) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        contact_id = cards.confirm(tx, owner=account.id, id={"front": front.id, "back": back.id}[named])
        assert cards.confirm(tx, owner=account.id, id=back.id) == contact_id
        fields = fields_of(contacts.get(tx, owner=account.id, id=contact_id).vcard)
        both = [cards.get(tx, owner=account.id, id=card.id) for card in (front, back)]
        assert {(card.state, card.contact_id) for card in both} == {(CardState.CONFIRMED, contact_id)}
        assert cards.count(tx, owner=account.id, state=CardState.CONFIRMED) == 1
        [shown] = cards.of_contact(tx, owner=account.id, contact_id=contact_id)
        assert (shown.id, shown.back and shown.back.id) == (front.id, back.id)
    assert (fields.org, len(fields.phones), fields.urls) == ("Fjord Arkiv", 2, ("https://fjordarkiv.example",))
    assert "met on the boat" in fields.note
    assert "has a boat" in fields.note


def test_a_confirmation_of_both_sides_is_taken_back_for_both(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        whole = sides.join(tx, owner=account.id, back=back.id, front=front.id)
        cards.confirm(tx, owner=account.id, id=front.id)
        with pytest.raises(Conflict):
            sides.take_apart(tx, owner=account.id, id=front.id)
        cards.take_back(tx, owner=account.id, id=front.id)
        assert cards.get(tx, owner=account.id, id=front.id) == whole
        cards.discard(tx, owner=account.id, id=back.id)
        assert waiting(tx, account) == []
        cards.take_back(tx, owner=account.id, id=front.id)
        sides.take_apart(tx, owner=account.id, id=front.id)
        assert waiting(tx, account) == [back.id, front.id]


def test_a_card_has_two_sides_and_no_more(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        [third, fourth] = keep(tx, account, STRANGE, BACK)
        with pytest.raises(BadValue):
            sides.join(tx, owner=account.id, back=front.id, front=front.id)
        whole = sides.join(tx, owner=account.id, back=back.id, front=front.id)
        for one, other in ((third, front), (third, back), (front, third), (back, third), (front, back)):
            with pytest.raises(Conflict):
                sides.join(tx, owner=account.id, back=one.id, front=other.id)
        assert sides.join(tx, owner=account.id, back=back.id, front=front.id) == whole
        cards.confirm(tx, owner=account.id, id=third.id)
        for one, other in ((third, fourth), (fourth, third)):
            with pytest.raises(Conflict):
                sides.join(tx, owner=account.id, back=one.id, front=other.id)


def test_a_back_is_corrected_with_its_front(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        with pytest.raises(Conflict):
            cards.correct(tx, owner=account.id, id=back.id, changes={"org": "x"})


def test_the_nearest_cards_that_share_something_are_proposed(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [front, _] = keep(tx, account, FRONT, STRANGE)
        [back] = keep(tx, account, BACK)
        [logo] = keep(tx, account, Reading(org=BACK.org))
        found = sides.proposed(tx, owner=account.id, card=front)
        assert [(one.card.id, one.side, one.shared) for one in found] == [
            (back.id, Side.BACK, Shared.COMPANY),
            (logo.id, Side.BACK, Shared.COMPANY),
        ]
        of_back = sides.proposed(tx, owner=account.id, card=back)
        assert [(one.card.id, one.side) for one in of_back] == [(front.id, Side.FRONT), (logo.id, Side.BACK)]
        whole = sides.join(tx, owner=account.id, back=back.id, front=front.id)
        assert sides.proposed(tx, owner=account.id, card=whole) == []
        assert sides.proposed(tx, owner=account.id, card=logo) == []


def test_who_said_no_is_not_asked_again_unless_it_is_undone(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        sides.tell_apart(tx, owner=account.id, id=back.id, other=front.id)
        for card in (front, back):
            now = cards.get(tx, owner=account.id, id=card.id)
            assert sides.proposed(tx, owner=account.id, card=now) == []
            assert len(sides.near(tx, owner=account.id, card=now)) == 1
        sides.ask_again(tx, owner=account.id, id=front.id, other=back.id)
        assert cards.get(tx, owner=account.id, id=back.id) == back
        assert len(sides.proposed(tx, owner=account.id, card=front)) == 1


def test_only_so_many_cards_are_looked_at_and_the_nearest(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        keep(tx, account, *[BACK] * 40)
        [card] = keep(tx, account, FRONT)
        keep(tx, account, *[replace(BACK, lang="nb")] * 40)
        assert len(sides.near(tx, owner=account.id, card=card)) == 2 * sides.NEAR


def test_of_two_who_join_at_once_one_finds_it_done(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)

    def join(_: int) -> str:
        with db.transaction() as tx:
            return sides.join(tx, owner=account.id, back=back.id, front=front.id).id

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(join, range(4))) == {front.id}
    with db.transaction() as tx:
        sides.take_apart(tx, owner=account.id, id=front.id)
        assert cards.get(tx, owner=account.id, id=front.id) == front


def test_deleting_the_photo_of_one_side_leaves_the_other_alone(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        (front, back), (other_front, other_back) = pair(tx, account), pair(tx, account)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        sides.join(tx, owner=account.id, back=other_back.id, front=other_front.id)
        photos.delete(tx, owner=account.id, id=front.photo_id)
        photos.delete(tx, owner=account.id, id=other_back.photo_id)
        assert waiting(tx, account) == [other_front.id, back.id]
        assert cards.get(tx, owner=account.id, id=back.id).reading == BACK
        assert cards.get(tx, owner=account.id, id=other_front.id).reading == FRONT


def test_somebody_elses_card_is_no_side(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        [mine], [theirs] = keep(tx, account, FRONT), keep(tx, stranger, BACK)
        assert sides.near(tx, owner=account.id, card=mine) == []
        for one, other in ((mine, theirs), (theirs, mine)):
            with pytest.raises(NotFound):
                sides.join(tx, owner=account.id, back=one.id, front=other.id)
            with pytest.raises(NotFound):
                sides.tell_apart(tx, owner=account.id, id=one.id, other=other.id)
        with pytest.raises(NotFound):
            sides.take_apart(tx, owner=account.id, id=theirs.id)


def test_confirmed_cards_of_one_or_all_are_gone_through_once(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        front, back = pair(tx, account)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        [theirs] = keep(tx, stranger, STRANGE)
        cards.confirm(tx, owner=account.id, id=front.id)
        cards.confirm(tx, owner=stranger.id, id=theirs.id)
    with db.reading() as tx:
        assert {card.id for card in cards.confirmed(tx, owner=None)} == {front.id, theirs.id}
        [whole] = cards.confirmed(tx, owner=account.id)
    assert len(whole.reading.phones) == 2
