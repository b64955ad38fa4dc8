"""Photos whose time is over, on both databases: which go, and which wait."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import update

from service.domain.reading.card import ReadCard, Reading
from service.domain.reading.photo import ScreenCopy
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import import_files, imports
from service.storage.people.import_tables import imports as kept_imports
from service.storage.reading import cards, letting_go, photos
from service.storage.tables import cards as kept_cards
from tests.test_importing import COLUMNS, SPAIN

CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 5.0))
LONG_AGO = datetime.now(UTC) - timedelta(days=31)


def photo_with(db: Database, account: Account, sha256: str, number: int) -> list[str]:
    """A photo with so many cards to review; their ids."""
    found = [ReadCard(CORNERS, b"", 9, 5, Reading())] * number
    id_ = str(uuid4())
    with db.transaction() as tx:
        photo, _ = photos.receive(tx, owner=account.id, id=id_, sha256=sha256, size=1, kind="image/jpeg")
        photos.finish(tx, photo=photo, cards=found, pictures=[f"{sha256}{at}" for at in range(number)])
        photos.show(tx, id=id_, copy=ScreenCopy(f"shown-{sha256}", 1))
        return [card.id for card in cards.of_photo(tx, owner=account.id, photo_id=id_)]


def settle(db: Database, *ids: str, at: datetime = LONG_AGO) -> None:
    with db.transaction() as tx:
        tx.execute(update(kept_cards).where(kept_cards.c.id.in_(ids)).values(state="confirmed", settled_at=at))


def let_go(db: Database) -> list[str]:
    with db.transaction() as tx:
        return letting_go.let_go(tx)


def test_only_photos_of_whose_cards_all_were_settled_long_ago_go(
    db: Database, account: Account, stranger: Account
) -> None:
    gone, lately, half, back = (photo_with(db, account, sha, n) for sha, n in (("a", 2), ("b", 1), ("c", 2), ("d", 2)))
    theirs = photo_with(db, stranger, "e", 1)
    settle(db, *gone, half[0], back[0], *theirs)
    settle(db, *lately, at=datetime.now(UTC))
    with db.transaction() as tx:  # a back is settled with its front, whatever its own row says
        tx.execute(update(kept_cards).where(kept_cards.c.id == back[1]).values(side_of=back[0]))
        letting_go.set_days(tx, owner=account.id, days=30)
    assert let_go(db) == ["a", "d", "shown-a", "shown-d"]
    assert let_go(db) == []
    with db.transaction() as tx:
        assert photos.not_shown(tx, limit=9) == []


def test_files_of_imports_go_that_are_over_or_were_never_begun(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made = [
            imports.receive(tx, owner=account.id, sha256=name, name="a.csv", columns=COLUMNS, rows=1, habits=SPAIN)
            for name in ("done", "old", "new")
        ]
        tx.execute(update(kept_imports).where(kept_imports.c.id == made[0].id).values(state="done"))
        tx.execute(update(kept_imports).where(kept_imports.c.id == made[1].id).values(created_at=LONG_AGO))
        assert import_files.let_go(tx) == ["done", "old"]
        left = {one.id: one.sha256 for one in imports.page(tx, owner=account.id).rows}
    assert left == {made[0].id: "", made[2].id: "new"}
