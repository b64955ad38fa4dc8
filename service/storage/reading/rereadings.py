"""Cards read again where a person says they lie: asked for, claimed by a worker, laid over the old reading, undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from service.domain.errors import Conflict
from service.domain.reading.card import CardState, Corners, ReadCard
from service.domain.reading.new_reading import carried
from service.domain.reading.reading_json import from_json, to_json
from service.storage.claims import Claims
from service.storage.moment import now
from service.storage.reading.cards import locked
from service.storage.tables import cards, photos, rereadings
from service.storage.words import kept


class RereadingState(StrEnum):
    """`waiting` to be read; `read` and laid over the card; `failed` with a reason; `undone`, or no longer wanted."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Rereading:
    """One request to read a card again. `sha256` is the photo's file."""

    id: str
    owner: str
    card_id: str
    state: RereadingState
    reason: str
    corners: Corners
    sha256: str
    asked_at: datetime


_WHOLE: Final = select(rereadings, photos.c.sha256).select_from(
    rereadings.join(cards, cards.c.id == rereadings.c.card_id).join(photos, photos.c.id == cards.c.photo_id)
)
CLAIMS: Final = Claims(
    table=rereadings,
    waiting=rereadings.c.state == RereadingState.WAITING,
    since=rereadings.c.asked_at,
    given_up={"state": RereadingState.FAILED},
)
_SWAPPED: Final = ("corners", "width", "height", "reading", "changes")


def ask(tx: Connection, *, owner: str, card_id: str, corners: Corners) -> Rereading:
    """Have a card to review (or one side of it) read again within these corners; an older request is dropped.

    Raises NotFound, and Conflict for a card that was settled.
    """
    row = locked(tx, owner=owner, id=card_id)
    if row.state != CardState.TO_REVIEW:
        raise Conflict("card_settled", "Only cards to review can be read again. Take the card back first.")
    if tx.execute(select(photos.c.gone_at).where(photos.c.id == row.photo_id)).scalar():
        raise Conflict("photo_gone", "The photo was let go of, as your settings say. Type what the card says instead.")
    older = (rereadings.c.card_id == row.id, rereadings.c.state == RereadingState.WAITING)
    tx.execute(update(rereadings).where(*older).values(state=RereadingState.UNDONE))
    id_ = str(uuid4())
    wanted = {"id": id_, "account_id": owner, "card_id": row.id, "corners": corners}
    tx.execute(insert(rereadings).values(**wanted, state=RereadingState.WAITING, asked_at=now()))
    return _rereading(tx.execute(_WHOLE.where(rereadings.c.id == id_)).one())


def latest(tx: Connection, *, owner: str, card_id: str) -> Rereading | None:
    """The last request for a card that was not undone."""
    mine = (rereadings.c.account_id == owner, rereadings.c.card_id == kept(card_id), _not_undone())
    row = tx.execute(_WHOLE.where(*mine).order_by(rereadings.c.asked_at.desc()).limit(1)).first()
    return _rereading(row) if row else None


def claim(tx: Connection, id: str, *, held_seconds: float) -> Rereading | None:  # noqa: A002
    """Take a request that waits, and count the try; None if it is done, dropped, or in somebody's hands. For workers."""
    row = CLAIMS.take(tx, id, held_seconds=held_seconds)
    return _rereading(tx.execute(_WHOLE.where(rereadings.c.id == id)).one()) if row else None


def finish(tx: Connection, *, asked: Rereading, card: ReadCard, picture: str) -> bool:
    """Lay the new reading over the card and keep the old one beside; False, and nothing kept, if that is not wanted.

    What a person corrected stays; where both sides are joined, the corrections lie over both and stay as they are.
    """
    row = locked(tx, owner=asked.owner, id=asked.card_id)
    wanted = tx.execute(select(rereadings.c.id).where(rereadings.c.id == asked.id, CLAIMS.waiting)).first()
    if wanted is None or row.state != CardState.TO_REVIEW:
        tx.execute(update(rereadings).where(rereadings.c.id == asked.id).values(state=RereadingState.UNDONE))
        return False
    was = {name: getattr(row, name) for name in _SWAPPED}
    done = {"state": RereadingState.READ, "read_at": now(), "picture": row.picture, "was": was}
    tx.execute(update(rereadings).where(rereadings.c.id == asked.id).values(done))
    new = {"corners": card.corners, "width": card.width, "height": card.height, "reading": to_json(card.reading)}
    changes = row.changes if _is_joined(tx, row) else carried(from_json(row.reading), row.changes, card.reading)
    tx.execute(update(cards).where(cards.c.id == row.id).values(**new, changes=changes, picture=picture))
    return True


def undo(tx: Connection, *, owner: str, card_id: str) -> None:
    """Drop the last request for a card; where it was read, its old picture and reading stand again."""
    row = locked(tx, owner=owner, id=card_id)
    last = latest(tx, owner=owner, card_id=card_id)
    if last is None:
        return
    if row.state != CardState.TO_REVIEW:
        raise Conflict("card_settled", "Only cards to review can be read again. Take the card back first.")
    if last.state == RereadingState.READ:
        before = tx.execute(select(rereadings).where(rereadings.c.id == last.id)).one()
        changes = row.changes if _is_joined(tx, row) else before.was["changes"]
        old = {**before.was, "picture": before.picture, "changes": changes}
        tx.execute(update(cards).where(cards.c.id == row.id).values(old))
    dropped = {"state": RereadingState.UNDONE, "picture": "", "was": None}
    tx.execute(update(rereadings).where(rereadings.c.id == last.id).values(dropped))


def _is_joined(tx: Connection, row: Row[Any]) -> bool:
    if row.side_of is not None:
        return True
    return tx.execute(select(cards.c.id).where(cards.c.side_of == row.id)).first() is not None


def _not_undone() -> Any:
    return rereadings.c.state != RereadingState.UNDONE


def _rereading(row: Row[Any]) -> Rereading:
    first, second, third, fourth = ((float(x), float(y)) for x, y in row.corners)
    return Rereading(
        id=row.id,
        owner=row.account_id,
        card_id=row.card_id,
        state=RereadingState(row.state),
        reason=row.reason,
        corners=(first, second, third, fourth),
        sha256=row.sha256,
        asked_at=row.asked_at,
    )
