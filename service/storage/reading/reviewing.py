"""Going through the cards to review: which comes next, how quickly it goes, and those that are sure all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Select, func, select, tuple_

from service.domain.pace import LOOKED_BACK
from service.domain.reading.card import CardState
from service.domain.reading.correction import corrected
from service.domain.reading.sure import is_sure
from service.storage import preferences
from service.storage.people import erased
from service.storage.reading import sides
from service.storage.reading.cards import ITSELF, WHOLE, Card, card_of, confirm, of_photo, take_back
from service.storage.tables import cards

_KEY_TYPES: Final = (cards.c.created_at.type, cards.c.id.type)

LOOKED_AT: Final = 200
"""So many of the newest cards are looked at for sure ones; the rest comes when these are gone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands among those to review, newest first: how many come before it, and the cards beside it."""

    ahead: int
    before: str | None
    after: str | None


def place(tx: Connection, *, owner: str, card: Card) -> Place:
    """Where the card stands, or stood before it was settled."""
    key, here = tuple_(cards.c.created_at, cards.c.id), tuple_(card.created_at, card.id, types=_KEY_TYPES)
    newer, older = _waiting(owner).where(key > here), _waiting(owner).where(key < here)
    return Place(
        ahead=tx.execute(select(func.count()).select_from(newer.subquery())).scalar_one(),
        before=tx.execute(newer.order_by(cards.c.created_at, cards.c.id).limit(1)).scalars().first(),
        after=tx.execute(older.order_by(cards.c.created_at.desc(), cards.c.id.desc()).limit(1)).scalars().first(),
    )


def settled_lately(tx: Connection, *, owner: str) -> list[datetime]:
    """When the last cards were settled by hand, one at a time, newest first."""
    mine = (cards.c.account_id == owner, cards.c.side_of.is_(None), cards.c.settled_by == "")
    query = select(cards.c.settled_at).where(*mine, cards.c.settled_at.is_not(None))
    return list(tx.execute(query.order_by(cards.c.settled_at.desc()).limit(LOOKED_BACK + 1)).scalars())


def sure(tx: Connection, *, owner: str) -> list[Card]:
    """The cards to review that need no look, in the order of the listing."""
    alone = (cards.c.account_id == owner, cards.c.state == CardState.TO_REVIEW, cards.c.side_of.is_(None))
    query = WHOLE.where(*alone).order_by(cards.c.created_at.desc(), cards.c.id.desc()).limit(LOOKED_AT)
    waiting = [card_of(row) for row in tx.execute(query)]
    return [
        card
        for at, card in enumerate(waiting)
        if _is_sure(card, waiting[max(at - sides.NEAR, 0) : at + sides.NEAR]) and not _was_erased(tx, owner, card)
    ]


def confirm_sure(tx: Connection, *, owner: str) -> tuple[str, list[Card]]:
    """Make contacts of all cards that are sure: the id of this act, by which all is undone, and the cards."""
    act, chosen = str(uuid4()), sure(tx, owner=owner)
    for card in chosen:
        confirm(tx, owner=owner, id=card.id, by=act)
    return act, chosen


def take_back_act(tx: Connection, *, owner: str, act: str) -> int:
    """Undo an act that settled many; gives how many cards wait again."""
    chosen = [card.id for card in _settled(tx, owner=owner, by=act, limit=LOOKED_AT)]
    for id_ in chosen:
        take_back(tx, owner=owner, id=id_)
    return len(chosen)


def reopen(tx: Connection, *, owner: str, photo_id: str) -> None:
    """Take back what confirmed itself of a photo: its other side has come, and is to be joined first."""
    for card in of_photo(tx, owner=owner, photo_id=photo_id):
        if card.settled_by == ITSELF and card.side_of is None:
            take_back(tx, owner=owner, id=card.id)


def confirm_unasked(tx: Connection, *, owner: str, photo_id: str) -> int:
    """Confirm the sure cards of a photo just read, where the account wants that; gives how many."""
    if not preferences.get(tx, owner=owner).confirms_sure:
        return 0
    read = of_photo(tx, owner=owner, photo_id=photo_id)
    fronts = [card for card in read if card.state == CardState.TO_REVIEW and card.side_of is None]
    chosen = [card for card in fronts if _is_sure(card, sides.near(tx, owner=owner, card=card))]
    back = [card for card in chosen if not _was_erased(tx, owner, card)]
    for card in back:
        confirm(tx, owner=owner, id=card.id, by=ITSELF)
    return len(back)


def confirmed_themselves(tx: Connection, *, owner: str, limit: int = 50) -> list[Card]:
    """The cards that nobody looked at, newest first."""
    return _settled(tx, owner=owner, by=ITSELF, limit=limit)


def _was_erased(tx: Connection, owner: str, card: Card) -> bool:
    """Somebody who was erased is asked about, never brought back in passing."""
    return erased.on(tx, owner=owner, fields=corrected(card.reading, card.changes)) is not None


def _is_sure(card: Card, others: Sequence[Card]) -> bool:
    """Without a doubt, and surely not one side of two: that is asked first."""
    alone = [other for other in others if other.id != card.id and other.back is None]
    return is_sure(card.reading, card.changes) and (card.back is not None or not sides.among(card, alone))


def _waiting(owner: str) -> Select[Any]:
    mine = (cards.c.account_id == owner, cards.c.state == CardState.TO_REVIEW, cards.c.side_of.is_(None))
    return select(cards.c.id).where(*mine)


def _settled(tx: Connection, *, owner: str, by: str, limit: int) -> list[Card]:
    mine = (cards.c.account_id == owner, cards.c.settled_by == by, cards.c.state == CardState.CONFIRMED)
    query = WHOLE.where(*mine, cards.c.side_of.is_(None)).order_by(cards.c.settled_at.desc(), cards.c.id)
    return [card_of(row) for row in tx.execute(query.limit(limit))]
