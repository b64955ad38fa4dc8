"""Cards: what was read from a photo, a person's corrections beside it, and the contact made of both."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select, update

from service.domain.card import CardState, Corners, Reading
from service.domain.contact import contact_of
from service.domain.correction import corrected
from service.domain.errors import Conflict, NotFound
from service.domain.reading_json import from_json
from service.domain.vcard import render
from service.storage import contacts, photos
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.tables import cards
from service.storage.words import kept


@dataclass(frozen=True, slots=True)
class Card:
    """One business card of a photo. `picture` is the file of the squared card, `position` its place in the photo."""

    id: str
    owner: str
    photo_id: str
    position: int
    state: CardState
    corners: Corners
    picture: str
    width: int
    height: int
    reading: Reading
    changes: Mapping[str, Any]
    contact_id: str | None
    created_at: datetime


def get(tx: Connection, *, owner: str, id: str) -> Card:  # noqa: A002
    return _card(_row(tx, owner=owner, id=id, to_change=False))


def page(
    tx: Connection, *, owner: str, state: CardState | None = None, after: str | None = None, limit: int = 50
) -> Page[Card]:
    """List cards, those of the newest photo first, in the photo's order."""
    query = select(cards).where(cards.c.account_id == owner)
    if state is not None:
        query = query.where(cards.c.state == state)
    rows = tx.execute(newest_first(query, cards, "created_at", after=after, limit=limit))
    return paged([_card(row) for row in rows], "created_at", limit=limit)


def of_photo(tx: Connection, *, owner: str, photo_id: str) -> list[Card]:
    mine = (cards.c.account_id == owner, cards.c.photo_id == kept(photo_id))
    return [_card(row) for row in tx.execute(select(cards).where(*mine).order_by(cards.c.position))]


def of_contact(tx: Connection, *, owner: str, contact_id: str) -> list[Card]:
    """Give the cards that the contact was made of, newest first."""
    mine = (cards.c.account_id == owner, cards.c.contact_id == kept(contact_id))
    return [_card(row) for row in tx.execute(select(cards).where(*mine).order_by(cards.c.created_at.desc()))]


def count(tx: Connection, *, owner: str, state: CardState) -> int:
    mine = (cards.c.account_id == owner, cards.c.state == state)
    return tx.execute(select(func.count()).select_from(cards).where(*mine)).scalar_one()


def correct(tx: Connection, *, owner: str, id: str, changes: Mapping[str, Any]) -> Card:  # noqa: A002
    """Lay a person's corrections over those made before; what was read stays as it was.

    Raises BadValue for a bad one, Conflict once the card is a contact, which is then what is to be corrected.
    """
    row = _row(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED:
        raise Conflict("card_confirmed", "The card is a contact by now. Correct the contact.")
    merged = {**row.changes, **changes}
    corrected(from_json(row.reading), merged)
    tx.execute(update(cards).where(cards.c.id == row.id).values(changes=merged))
    return get(tx, owner=owner, id=id)


def confirm(tx: Connection, *, owner: str, id: str) -> str:  # noqa: A002
    """Make the card a contact and give the contact's id; once only, however often it is asked."""
    row = _row(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED and row.contact_id is not None:
        return str(row.contact_id)
    contact = contacts.write(tx, owner=owner, vcard=_vcard(tx, _card(row)))
    _move(tx, row.id, CardState.CONFIRMED, contact_id=contact.id)
    return contact.id


def discard(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Put a card aside. Raises Conflict once it is a contact."""
    row = _row(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED:
        raise Conflict("card_confirmed", "The card is a contact by now. Delete the contact.")
    _move(tx, row.id, CardState.DISCARDED, contact_id=None)


def take_back(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Undo a confirmation (and take the contact it made out of the address book) or a discarding."""
    row = _row(tx, owner=owner, id=id)
    if row.contact_id is not None:
        with suppress(NotFound):  # where it was deleted by hand before
            contacts.delete(tx, owner=owner, id=row.contact_id)
    _move(tx, row.id, CardState.TO_REVIEW, contact_id=None)


def _vcard(tx: Connection, card: Card) -> str:
    photo = photos.get(tx, owner=card.owner, id=card.photo_id)
    contact = contact_of(
        corrected(card.reading, card.changes),
        uid=str(uuid4()),
        gathering=photo.gathering,
        note=photo.note,
        met_on=photo.received_at.date(),
        now=now(),
    )
    return render(contact)


def _move(tx: Connection, id: str, state: CardState, *, contact_id: str | None) -> None:  # noqa: A002
    tx.execute(update(cards).where(cards.c.id == id).values(state=state, contact_id=contact_id))


def _row(tx: Connection, *, owner: str, id: str, to_change: bool = True) -> Row[Any]:  # noqa: A002
    query = select(cards).where(cards.c.account_id == owner, cards.c.id == kept(id))
    # Locked where the database locks rows: of two who confirm at once the second finds it done.
    row = tx.execute(query.with_for_update() if to_change else query).first()
    if row is None:
        raise NotFound("card", "There is no such card.")
    return row


def _card(row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        owner=row.account_id,
        photo_id=row.photo_id,
        position=row.position,
        state=CardState(row.state),
        corners=_corners(row.corners),
        picture=row.picture,
        width=row.width,
        height=row.height,
        reading=from_json(row.reading),
        changes=row.changes,
        contact_id=row.contact_id,
        created_at=row.created_at,
    )


def _corners(kept_as: Any) -> Corners:
    first, second, third, fourth = ((float(x), float(y)) for x, y in kept_as)
    return first, second, third, fourth
