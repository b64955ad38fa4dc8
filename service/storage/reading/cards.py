"""Cards: what was read from a photo, a person's corrections beside it, and the contact made of both."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, func, or_, select, update

from service.domain.errors import Conflict, NotFound
from service.domain.people.contact import contact_of
from service.domain.people.vcard import render
from service.domain.reading.card import CardState, Corners, Reading
from service.domain.reading.correction import corrected
from service.domain.reading.reading_json import from_json
from service.domain.reading.sides import joined
from service.storage.following import policies, ties
from service.storage.following.ties import Met
from service.storage.meeting import gatherings
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.people import contacts, duplicates, erased, merges
from service.storage.people.duplicates import PairState
from service.storage.reading import photos
from service.storage.reading.photos import Photo
from service.storage.tables import cards
from service.storage.words import kept


@dataclass(frozen=True, slots=True)
class Back:
    """The other side of a card: a card of its own until it was joined to its front."""

    id: str
    photo_id: str
    picture: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """One business card of a photo. `picture` is the file of the squared card, `position` its place in the photo.

    With a `back`, the reading is that of both sides. A card that is a back names its front in `side_of`.
    """

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
    side_of: str | None
    back: Back | None
    apart_from: tuple[str, ...]
    settled_by: str = ""


ITSELF: Final = "itself"
"""Who settled a card that nobody looked at, because its account wants that of cards without a doubt."""

SOMEBODY_ELSE: Final = "new"
"""Said of a card that surely seemed to be of somebody known, and is not."""

_ROWS_AT_ONCE: Final = 500

_backs = cards.alias("backs")
_BACK = ("id", "photo_id", "picture", "width", "height", "reading")
WHOLE: Final = select(cards, *(_backs.c[name].label(f"back_{name}") for name in _BACK)).select_from(
    cards.outerjoin(_backs, _backs.c.side_of == cards.c.id)
)
"""Cards, each with its back where it has one; what `card_of` makes a card of."""


def get(tx: Connection, *, owner: str, id: str) -> Card:  # noqa: A002
    row = tx.execute(WHOLE.where(cards.c.account_id == owner, cards.c.id == kept(id))).first()
    if row is None:
        raise _no_such_card()
    return card_of(row)


def page(
    tx: Connection, *, owner: str, state: CardState | None = None, after: str | None = None, limit: int = 50
) -> Page[Card]:
    """List cards, those of the newest photo first, in the photo's order; a back comes with its front."""
    query = WHOLE.where(cards.c.account_id == owner, cards.c.side_of.is_(None))
    if state is not None:
        query = query.where(cards.c.state == state)
    rows = tx.execute(newest_first(query, cards, "created_at", after=after, limit=limit))
    return paged([card_of(row) for row in rows], "created_at", limit=limit)


def of_photo(tx: Connection, *, owner: str, photo_id: str) -> list[Card]:
    mine = (cards.c.account_id == owner, cards.c.photo_id == kept(photo_id))
    return [card_of(row) for row in tx.execute(WHOLE.where(*mine).order_by(cards.c.position))]


def of_contact(tx: Connection, *, owner: str, contact_id: str) -> list[Card]:
    """Give the cards that the contact was made of, newest first."""
    mine = (cards.c.account_id == owner, cards.c.contact_id == kept(contact_id), cards.c.side_of.is_(None))
    return [card_of(row) for row in tx.execute(WHOLE.where(*mine).order_by(cards.c.created_at.desc()))]


def confirmed(tx: Connection, *, owner: str | None) -> Iterator[Card]:
    """Give all confirmed cards of an account, or of every account, a few hundred in memory at a time."""
    query = WHOLE.where(cards.c.state == CardState.CONFIRMED, cards.c.side_of.is_(None))
    if owner is not None:
        query = query.where(cards.c.account_id == owner)
    for row in tx.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
        yield card_of(row)


def count(tx: Connection, *, owner: str, state: CardState) -> int:
    """Count cards in a state; one with two sides is one card."""
    mine = (cards.c.account_id == owner, cards.c.state == state, cards.c.side_of.is_(None))
    return tx.execute(select(func.count()).select_from(cards).where(*mine)).scalar_one()


def correct(tx: Connection, *, owner: str, id: str, changes: Mapping[str, Any]) -> Card:  # noqa: A002
    """Lay a person's corrections over those made before; what was read stays as it was.

    Raises BadValue for a bad one, Conflict once the card is a contact, which is then what is to be corrected, and for
    a back, which is corrected with its front.
    """
    row = locked(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED:
        raise Conflict("card_confirmed", "The card is a contact by now. Correct the contact.")
    if row.side_of is not None:
        raise Conflict("card_is_back", "This is the back of another card. Correct that one.")
    merged = {**row.changes, **changes}
    corrected(get(tx, owner=owner, id=id).reading, merged)
    tx.execute(update(cards).where(cards.c.id == row.id).values(changes=merged))
    return get(tx, owner=owner, id=id)


def confirm(tx: Connection, *, owner: str, id: str, by: str = "", known: str = "") -> str:  # noqa: A002
    """Make the card, with both its sides, a contact and give its id; once only, however often either is asked.

    `by` is "" for a person's own tap, ITSELF, or the id of an act that settles many. A new card of somebody who is in
    the drawer goes to that contact: to `known`, where that is an id; by itself where it is surely the same person, and
    not at all for SOMEBODY_ELSE.
    """
    row = _locked_front(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED and row.contact_id is not None:
        return str(row.contact_id)
    card = get(tx, owner=owner, id=row.id)
    erased.demand_not(tx, owner=owner, fields=corrected(card.reading, card.changes))
    taken = _taken(tx, card)
    met = replace(_met(tx, owner, taken), language=card.reading.lang)
    contact = contacts.write(tx, owner=owner, vcard=_vcard(card, taken, met), gathering_id=met.gathering_id)
    ties.begin(tx, owner=owner, contact_id=contact.id, met=met)
    _move(tx, row.id, CardState.CONFIRMED, contact_id=contact.id, by=by)
    return _with_who_is_known(tx, owner, row.id, contact.id, known)


def discard(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Put a card aside, with both its sides. Raises Conflict once it is a contact."""
    row = _locked_front(tx, owner=owner, id=id)
    if row.state == CardState.CONFIRMED:
        raise Conflict("card_confirmed", "The card is a contact by now. Delete the contact.")
    _move(tx, row.id, CardState.DISCARDED, contact_id=None)


def take_back(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Undo a confirmation (and take the contact it made out of the address book) or a discarding.

    One that went to somebody known leaves that contact as it was, but for what was changed since.
    """
    row = _locked_front(tx, owner=owner, id=id)
    joined_by_it = merges.of_card(tx, owner=owner, card_id=row.id)
    if joined_by_it is not None:
        merges.undo(tx, owner=owner, id=joined_by_it.id)
        row = _locked_front(tx, owner=owner, id=id)
    if row.contact_id is not None:
        with suppress(NotFound):  # where it was deleted by hand before
            contacts.delete(tx, owner=owner, id=row.contact_id)
        ties.end(tx, owner=owner, contact_id=row.contact_id)
    _move(tx, row.id, CardState.TO_REVIEW, contact_id=None)


def _with_who_is_known(tx: Connection, owner: str, card_id: str, new: str, known: str) -> str:
    """Let a new card of somebody known be one more of theirs; the contact that it belongs to in the end."""
    duplicates.look(tx, owner=owner, contact_ids=[new])
    pairs = duplicates.of_contact(tx, owner=owner, contact_id=new)
    sure = [pair.beside(new) for pair in pairs if pair.likeness.sure]
    if known == SOMEBODY_ELSE:
        for other in sure:
            duplicates.settle(tx, owner=owner, one_id=new, other_id=other, state=PairState.APART)
    whose = known or next(iter(sure), "")
    if not whose or known == SOMEBODY_ELSE:
        return new
    merges.merge(tx, owner=owner, kept_id=whose, gone_id=new, card_id=card_id)
    return whose


def _taken(tx: Connection, card: Card) -> list[Photo]:
    """The photo of the card, or those of its two sides where they are two."""
    ids = dict.fromkeys([card.photo_id, *([card.back.photo_id] if card.back else [])])
    return [photos.get(tx, owner=card.owner, id=photo_id) for photo_id in ids]


def _met(tx: Connection, owner: str, taken: Sequence[Photo]) -> Met:
    """What was said when the photos were taken, as the beginning of a tie; the gathering is found, or made."""
    first = taken[0]
    day = first.met_on or policies.day(tx, owner=owner, moment=first.received_at)
    named = next((photo for photo in taken if photo.gathering.strip()), None)
    promised = next((photo for photo in taken if photo.promise), first)
    return Met(
        on=day,
        gathering=named.gathering if named else "",
        gathering_id=gatherings.meet(tx, owner=owner, name=named.gathering, day=day, place=named.place)
        if named
        else None,
        note=next((photo.note for photo in taken if photo.note), ""),
        promise=promised.promise,
        promise_on=promised.promise_on,
    )


def _vcard(card: Card, taken: Sequence[Photo], met: Met) -> str:
    """What the card says and what was noted with its photos."""
    contact = contact_of(
        corrected(card.reading, card.changes),
        uid=str(uuid4()),
        gathering=met.gathering,
        note="\n".join(dict.fromkeys(photo.note for photo in taken if photo.note)),
        met_on=met.on,
        now=now(),
    )
    return render(contact)


def _move(tx: Connection, front: str, state: CardState, *, contact_id: str | None, by: str = "") -> None:
    both = or_(cards.c.id == front, cards.c.side_of == front)
    settled_at = None if state == CardState.TO_REVIEW else now()
    tx.execute(
        update(cards).where(both).values(state=state, contact_id=contact_id, settled_at=settled_at, settled_by=by)
    )


def locked(tx: Connection, *, owner: str, id: str) -> Row[Any]:  # noqa: A002
    """The row alone, to be changed; where the database locks rows, the second of two who change it waits."""
    mine = (cards.c.account_id == owner, cards.c.id == kept(id))
    row = tx.execute(select(cards).where(*mine).with_for_update()).first()
    if row is None:
        raise _no_such_card()
    return row


def _locked_front(tx: Connection, *, owner: str, id: str) -> Row[Any]:  # noqa: A002
    """Whichever side is named, the front stands for the card."""
    return locked(tx, owner=owner, id=get(tx, owner=owner, id=id).side_of or id)


def _no_such_card() -> NotFound:
    return NotFound("card", "There is no such card.")


def card_of(row: Row[Any]) -> Card:
    back = Back(row.back_id, row.back_photo_id, row.back_picture, row.back_width, row.back_height)
    reading = from_json(row.reading)
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
        reading=joined(reading, from_json(row.back_reading)) if row.back_id else reading,
        changes=row.changes,
        contact_id=row.contact_id,
        created_at=row.created_at,
        side_of=row.side_of,
        back=back if row.back_id else None,
        apart_from=tuple(row.apart_from),
        settled_by=row.settled_by,
    )


def _corners(kept_as: Any) -> Corners:
    first, second, third, fourth = ((float(x), float(y)) for x, y in kept_as)
    return first, second, third, fourth
