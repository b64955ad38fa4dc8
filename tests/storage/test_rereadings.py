from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from service.domain.errors import Conflict, NotFound
from service.domain.reading.card import CardState, Corners, Found, ReadCard, Side
from service.storage import named_files
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.moment import now
from service.storage.reading import cards, photos, rereadings, sides
from service.storage.reading.cards import Card
from service.storage.reading.rereadings import Rereading, RereadingState
from service.storage.tables import rereadings as table
from tests.storage.test_cards import READING, SEEN
from tests.storage.test_reviewing import BACK, SURE, put, put_one

DRAWN: Corners = ((1, 1), (90, 2), (91, 60), (2, 61))
NEW = ReadCard(DRAWN, b"", 20, 12, replace(SURE, title=Found("Directora", SEEN)))
HELD = 60.0


def asked_for(tx: Connection, account: Account, card: Card) -> Rereading:
    return rereadings.ask(tx, owner=account.id, card_id=card.id, corners=DRAWN)


def read_anew(tx: Connection, account: Account, card: Card) -> Card:
    asked = asked_for(tx, account, card)
    claimed = rereadings.claim(tx, asked.id, held_seconds=HELD)
    assert claimed == asked
    assert rereadings.finish(tx, asked=claimed, card=NEW, picture="b" * 64)
    return cards.get(tx, owner=account.id, id=card.id)


def test_a_card_read_again_has_the_new_picture_and_reading_where_it_stood(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        before = put_one(tx, account, READING)
        after = read_anew(tx, account, before)
    assert (after.corners, after.picture, after.width, after.height) == (DRAWN, "b" * 64, 20, 12)
    assert after.reading == NEW.reading
    assert (after.id, after.position, after.created_at) == (before.id, before.position, before.created_at)


def test_the_old_reading_comes_back_as_it_was(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        before = cards.correct(tx, owner=account.id, id=card.id, changes={"org": "Taller Arce"})
        assert read_anew(tx, account, before) != before
        rereadings.undo(tx, owner=account.id, card_id=card.id)
        assert cards.get(tx, owner=account.id, id=card.id) == before
        rereadings.undo(tx, owner=account.id, card_id=card.id)
        assert cards.get(tx, owner=account.id, id=card.id) == before


def test_of_two_new_readings_each_is_undone_by_itself(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = put_one(tx, account, READING)
        second = read_anew(tx, account, first)
        read_anew(tx, account, second)
        rereadings.undo(tx, owner=account.id, card_id=first.id)
        assert cards.get(tx, owner=account.id, id=first.id) == second
        rereadings.undo(tx, owner=account.id, card_id=first.id)
        assert cards.get(tx, owner=account.id, id=first.id) == first


def test_what_was_typed_stands_over_the_new_reading(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        cards.correct(tx, owner=account.id, id=card.id, changes={"org": "Taller Árce"})
        assert read_anew(tx, account, card).changes == {"org": "Taller Árce"}


def test_one_side_of_two_is_read_again_without_taking_them_apart(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        front, back = put(tx, account, SURE, BACK)
        sides.join(tx, owner=account.id, back=back.id, front=front.id)
        cards.correct(tx, owner=account.id, id=front.id, changes={"emails": ["ana@arce.example"]})
        read_anew(tx, account, back)
        whole = cards.get(tx, owner=account.id, id=front.id)
        assert whole.back
        assert whole.back.picture == "b" * 64
        assert whole.reading.title
        assert whole.reading.title.evidence.side == Side.BACK
        assert whole.changes == {"emails": ["ana@arce.example"]}
        rereadings.undo(tx, owner=account.id, card_id=back.id)
        assert cards.get(tx, owner=account.id, id=front.id).changes == {"emails": ["ana@arce.example"]}


def test_a_second_request_takes_the_place_of_the_first(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        first = asked_for(tx, account, card)
        second = asked_for(tx, account, card)
        assert rereadings.claim(tx, first.id, held_seconds=HELD) is None
        assert rereadings.latest(tx, owner=account.id, card_id=card.id) == second
        assert not rereadings.finish(tx, asked=first, card=NEW, picture="b" * 64)
        assert cards.get(tx, owner=account.id, id=card.id) == card


def settle(tx: Connection, account: Account, card: Card) -> None:
    cards.confirm(tx, owner=account.id, id=card.id)


def drop(tx: Connection, account: Account, card: Card) -> None:
    rereadings.undo(tx, owner=account.id, card_id=card.id)


@pytest.mark.parametrize("meanwhile", [settle, drop])
def test_a_reading_that_nobody_wants_any_more_is_not_kept(
    db: Database, account: Account, meanwhile: Callable[[Connection, Account, Card], None]
) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        asked = asked_for(tx, account, card)
        meanwhile(tx, account, card)
        assert not rereadings.finish(tx, asked=asked, card=NEW, picture="b" * 64)
        assert cards.get(tx, owner=account.id, id=card.id).reading == READING
        assert rereadings.latest(tx, owner=account.id, card_id=card.id) is None


def test_only_ones_own_cards_to_review_are_read_again(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        with pytest.raises(NotFound):
            rereadings.ask(tx, owner=stranger.id, card_id=card.id, corners=DRAWN)
        asked_for(tx, account, card)
        assert rereadings.latest(tx, owner=stranger.id, card_id=card.id) is None
        with pytest.raises(NotFound):
            rereadings.undo(tx, owner=stranger.id, card_id=card.id)
        cards.discard(tx, owner=account.id, id=card.id)
        for act in (asked_for, drop):
            with pytest.raises(Conflict) as refusal:
                act(tx, account, card)
            assert refusal.value.code == "card_settled"
        assert cards.get(tx, owner=account.id, id=card.id).state == CardState.DISCARDED


def test_a_request_is_tried_as_often_as_allowed_and_the_sweep_finds_it(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        asked = asked_for(tx, account, card)
        assert rereadings.CLAIMS.forgotten(tx, older_than_seconds=60, held_seconds=HELD) == []
        assert rereadings.CLAIMS.forgotten(tx, older_than_seconds=0, held_seconds=HELD) == [asked.id]
        assert rereadings.claim(tx, asked.id, held_seconds=HELD)
        assert rereadings.claim(tx, asked.id, held_seconds=HELD) is None
        assert rereadings.CLAIMS.forgotten(tx, older_than_seconds=0, held_seconds=HELD) == []
        rereadings.CLAIMS.let_go(tx, id=asked.id, tries=2, reason="took_too_long")
        assert rereadings.claim(tx, asked.id, held_seconds=HELD)
        rereadings.CLAIMS.let_go(tx, id=asked.id, tries=2, reason="took_too_long")
        last = rereadings.latest(tx, owner=account.id, card_id=card.id)
    assert last
    assert (last.state, last.reason) == (RereadingState.FAILED, "took_too_long")


def test_what_a_worker_took_and_never_ended_is_given_up_in_the_end(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        asked = asked_for(tx, account, put_one(tx, account, READING))
        rereadings.claim(tx, asked.id, held_seconds=HELD)
        assert rereadings.CLAIMS.give_up_hopeless(tx, tries=1, held_seconds=HELD) == []
        long_ago = now() - timedelta(hours=1)
        tx.execute(update(table).values(claimed_at=long_ago))
        assert rereadings.CLAIMS.forgotten(tx, older_than_seconds=0, held_seconds=HELD) == [asked.id]
        assert rereadings.CLAIMS.give_up_hopeless(tx, tries=1, held_seconds=HELD) == [asked.id]


def test_the_old_picture_is_kept_as_long_as_the_way_back(db: Database, account: Account) -> None:
    old, new = "a" * 64, "b" * 64
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        assert rereadings.latest(tx, owner=account.id, card_id=card.id) is None
        read_anew(tx, account, card)
        assert named_files.unneeded(tx, [old, new]) == []
        photo = photos.get(tx, owner=account.id, id=card.photo_id)
        assert set(photos.delete(tx, owner=account.id, id=photo.id)) == {old, new, photo.sha256}


def test_a_card_that_waits_to_be_read_again_can_be_deleted_with_its_photo(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        card = put_one(tx, account, READING)
        asked = asked_for(tx, account, card)
        assert "" not in photos.delete(tx, owner=account.id, id=card.photo_id)
        assert rereadings.claim(tx, asked.id, held_seconds=HELD) is None
