from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.reading.card import ReadCard, Reading
from service.domain.reading.photo import PhotoState
from service.domain.reading.stamp import Stamp
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.reading import cards, photos
from service.storage.reading.photos import Photo
from service.storage.tables import photos as photos_table

HELD = 60.0


def received(tx: Connection, account: Account, *, sha256: str = "", id_: str = "") -> Photo:
    sha = sha256 or uuid4().hex * 2
    photo, new = photos.receive(
        tx, owner=account.id, id=id_ or str(uuid4()), sha256=sha, size=9, kind="image/jpeg", name="card.jpg"
    )
    assert new
    return photo


def a_card() -> ReadCard:
    return ReadCard(((0, 0), (9, 0), (9, 5), (0, 5)), b"", 10, 6, Reading())


def test_a_photo_is_received_and_waits(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        assert photos.get(tx, owner=account.id, id=photo.id) == photo
    assert (photo.state, photo.tries, photo.name, photo.read_at) == (PhotoState.RECEIVED, 0, "card.jpg", None)


def test_the_same_id_is_the_same_photo(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account, sha256="a" * 64)
        again = photos.receive(tx, owner=account.id, id=photo.id, sha256="a" * 64, size=9, kind="image/jpeg")
    assert again == (photo, False)


def test_the_same_bytes_are_the_same_photo(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account, sha256="a" * 64)
        again = photos.receive(tx, owner=account.id, id=str(uuid4()), sha256="a" * 64, size=9, kind="image/jpeg")
    assert again == (photo, False)


def test_the_same_bytes_in_another_account_are_another_photo(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        assert received(tx, account, sha256="a" * 64).id != received(tx, stranger, sha256="a" * 64).id


def test_an_id_of_another_account_is_a_conflict(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        theirs = received(tx, stranger, sha256="a" * 64)
        with pytest.raises(Conflict):
            photos.receive(tx, owner=account.id, id=theirs.id, sha256="a" * 64, size=9, kind="image/jpeg")


def test_other_bytes_under_the_same_id_are_not_swallowed(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        with pytest.raises(Conflict):
            photos.receive(tx, owner=account.id, id=photo.id, sha256="b" * 64, size=9, kind="image/jpeg")


def test_of_many_who_send_the_same_photo_at_once_one_makes_it_new(db: Database, account: Account) -> None:
    def send(_: int) -> tuple[str, bool]:
        with db.transaction() as tx:
            photo, new = photos.receive(
                tx, owner=account.id, id=str(uuid4()), sha256="a" * 64, size=9, kind="image/jpeg"
            )
            return photo.id, new

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(16)))
    assert sum(new for _, new in answers) == 1
    assert len({id_ for id_, _ in answers}) == 1


def test_text_that_a_database_cannot_keep_loses_only_that(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo, _ = photos.receive(
            tx,
            owner=account.id,
            id=str(uuid4()),
            sha256="a" * 64,
            size=9,
            kind="image/jpeg",
            stamp=Stamp(note="fair\0 \ud800ok"),
        )
    assert photo.note == "fair ok"


def test_somebody_elses_photo_is_not_found(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        theirs = received(tx, stranger)
        for ask in (photos.get, photos.try_again, photos.delete):
            with pytest.raises(NotFound):
                ask(tx, owner=account.id, id=theirs.id)
        assert photos.page(tx, owner=account.id).rows == []


def test_pages_are_newest_first_and_lose_nothing_when_rows_come_in_between(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        sent = [received(tx, account).id for _ in range(7)]
        first = photos.page(tx, owner=account.id, limit=3)
        received(tx, account)
        second = photos.page(tx, owner=account.id, after=first.next, limit=3)
        third = photos.page(tx, owner=account.id, after=second.next, limit=3)
    assert [photo.id for page in (first, second, third) for photo in page.rows] == sent[::-1]
    assert third.next is None


def test_pages_hold_apart_what_came_at_the_same_moment(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        sent = {received(tx, account).id for _ in range(5)}
        tx.execute(update(photos_table).values(received_at=datetime(2026, 1, 1, tzinfo=UTC)))
        first = photos.page(tx, owner=account.id, limit=3)
        second = photos.page(tx, owner=account.id, limit=3, after=first.next)
    assert {photo.id for photo in (*first.rows, *second.rows)} == sent


@pytest.mark.parametrize("key", ["", "x", "MjAyNg", "é", "MjAyNi0wMS0wMXwA"])
def test_a_page_key_that_is_none_is_a_bad_value(db: Database, account: Account, key: str) -> None:
    with db.transaction() as tx, pytest.raises(BadValue):
        photos.page(tx, owner=account.id, after=key)


def test_a_page_may_show_one_state_only(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        bad, good = received(tx, account), received(tx, account)
        photos.give_up(tx, id=bad.id, reason="no_card")
        waiting = photos.page(tx, owner=account.id, state=PhotoState.RECEIVED)
        assert [photo.id for photo in waiting.rows] == [good.id]
        assert photos.count(tx, owner=account.id, state=PhotoState.UNREADABLE) == 1


def test_of_many_workers_one_claims_a_photo(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)

    def claim(_: int) -> bool:
        with db.transaction() as tx:
            return photos.claim(tx, photo.id, held_seconds=HELD) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(16))) == 1


def test_a_claim_counts_a_try_and_grows_old(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        first = photos.claim(tx, photo.id, held_seconds=HELD)
        tx.execute(update(photos_table).values(claimed_at=datetime.now(UTC) - timedelta(seconds=HELD + 1)))
        second = photos.claim(tx, photo.id, held_seconds=HELD)
    assert first is not None
    assert second is not None
    assert (first.tries, second.tries) == (1, 2)


def test_a_photo_read_twice_yields_its_cards_once(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        pictures = ["1" * 64, "2" * 64]
        assert photos.finish(tx, photo=photo, cards=[a_card(), a_card()], pictures=pictures)
        assert not photos.finish(tx, photo=photo, cards=[a_card(), a_card()], pictures=pictures)
        found = cards.of_photo(tx, owner=account.id, photo_id=photo.id)
        assert [card.picture for card in found] == pictures
        assert not photos.give_up(tx, id=photo.id, reason="gave_up")
        assert photos.claim(tx, photo.id, held_seconds=0) is None


def test_a_failed_try_frees_the_photo_until_the_last(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        for _ in range(3):
            assert photos.claim(tx, photo.id, held_seconds=HELD)
            photos.CLAIMS.let_go(tx, id=photo.id, tries=3, reason="took_too_long")
        assert photos.claim(tx, photo.id, held_seconds=HELD) is None
        given_up = photos.get(tx, owner=account.id, id=photo.id)
    assert (given_up.state, given_up.reason) == (PhotoState.UNREADABLE, "took_too_long")


def test_an_unreadable_photo_may_be_tried_again_from_the_start(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        photos.claim(tx, photo.id, held_seconds=HELD)
        photos.give_up(tx, id=photo.id, reason="no_card")
        again = photos.try_again(tx, owner=account.id, id=photo.id)
        claimed = photos.claim(tx, photo.id, held_seconds=HELD)
    assert again == photo
    assert claimed is not None
    assert claimed.tries == 1


def test_a_photo_that_is_tried_again_waits_since_then(db: Database, account: Account) -> None:
    hours_ago = datetime.now(UTC) - timedelta(hours=2)
    with db.transaction() as tx:
        photo = received(tx, account)
        tx.execute(update(photos_table).values(received_at=hours_ago))
        assert photos.waiting(tx) == (1, hours_ago)
        photos.give_up(tx, id=photo.id, reason="no_card")
        photos.try_again(tx, owner=account.id, id=photo.id)
        count, since = photos.waiting(tx)
    assert count == 1
    assert since
    assert since > hours_ago + timedelta(hours=1)


def test_trying_again_leaves_a_photo_that_was_read(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        photos.finish(tx, photo=photo, cards=[a_card()], pictures=["1" * 64])
        assert photos.try_again(tx, owner=account.id, id=photo.id).state == PhotoState.READ


def test_the_sweep_sees_what_nobody_began_and_what_nobody_ended(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        fresh, forgotten, held, abandoned = (received(tx, account).id for _ in range(4))
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        row = photos_table.c.id
        tx.execute(update(photos_table).where(row != fresh).values(received_at=long_ago))
        tx.execute(update(photos_table).where(row == held).values(claimed_at=datetime.now(UTC)))
        tx.execute(update(photos_table).where(row == abandoned).values(claimed_at=long_ago))
        waiting = photos.CLAIMS.forgotten(tx, older_than_seconds=60, held_seconds=HELD)
    assert set(waiting) == {forgotten, abandoned}


def test_deleting_a_photo_takes_its_cards_and_names_the_files_nobody_needs(
    db: Database, account: Account, stranger: Account
) -> None:
    with db.transaction() as tx:
        photo = received(tx, account, sha256="a" * 64)
        photos.finish(tx, photo=photo, cards=[a_card(), a_card()], pictures=["b" * 64, "c" * 64])
        theirs = received(tx, stranger, sha256="a" * 64)
        photos.finish(tx, photo=theirs, cards=[a_card()], pictures=["b" * 64])
        assert photos.delete(tx, owner=account.id, id=photo.id) == ["c" * 64]
        assert cards.page(tx, owner=account.id).rows == []
        assert photos.delete(tx, owner=stranger.id, id=theirs.id) == ["a" * 64, "b" * 64]


def test_an_account_that_is_gone_leaves_no_row(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        photo = received(tx, account)
        photos.finish(tx, photo=photo, cards=[a_card()], pictures=["b" * 64])
        tx.exec_driver_sql("DELETE FROM accounts")
        assert accounts.first(tx) is None
        assert photos.claim(tx, photo.id, held_seconds=0) is None
