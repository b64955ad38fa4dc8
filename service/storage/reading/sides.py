"""Two cards that are the sides of one: proposed, joined, told apart, and taken apart again as they were."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, update

from service.domain.errors import BadValue, Conflict
from service.domain.reading.card import CardState, Side
from service.domain.reading.sides import Shared, is_back_of, may_be_sides
from service.domain.reading.sides_corrected import joined_changes
from service.storage.reading.cards import WHOLE, Card, card_of, get, locked
from service.storage.tables import cards

NEAR = 25
"""So many cards before and after are looked at: both sides are photographed one after the other."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A card that may be the other side of one, which side it would be, and what they share."""

    card: Card
    side: Side
    shared: Shared


def proposed(tx: Connection, *, owner: str, card: Card) -> list[Proposal]:
    """Which cards to review may be the card's other side."""
    return among(card, near(tx, owner=owner, card=card))


def among(card: Card, others: Iterable[Card]) -> list[Proposal]:
    """Those of the others that may be the card's other side; none that was said not to be.

    Those with a name on one side come first (a company's back has many fronts), then the nearest.
    """
    found: list[Proposal] = []
    for other in others:
        shared = may_be_sides(card.reading, other.reading)
        if shared and other.id not in card.apart_from and card.id not in other.apart_from:
            found.append(Proposal(other, side_beside(card, other), shared))
    return sorted(found, key=lambda one: card.reading.name is None and one.card.reading.name is None)


def side_beside(card: Card, other: Card) -> Side:
    """Which side the other card would be, if it were one."""
    return Side.FRONT if is_back_of(card.reading, other.reading) else Side.BACK


def near(tx: Connection, *, owner: str, card: Card) -> list[Card]:
    """Cards to review that stand alone as this one does, those read nearest to it first."""
    if not _stands_alone(card):
        return []
    at = cards.c.created_at
    alone = WHOLE.where(
        cards.c.account_id == owner,
        cards.c.state == CardState.TO_REVIEW,
        cards.c.side_of.is_(None),
        cards.c.id != card.id,
        WHOLE.selected_columns.back_id.is_(None),
    ).limit(NEAR)
    older = alone.where(at <= card.created_at).order_by(at.desc(), cards.c.id.desc())
    newer = alone.where(at > card.created_at).order_by(at, cards.c.id)
    found = [card_of(row) for query in (older, newer) for row in tx.execute(query)]
    return sorted(found, key=lambda other: abs(other.created_at - card.created_at))


def _stands_alone(card: Card) -> bool:
    return card.state == CardState.TO_REVIEW and card.side_of is None and card.back is None


def join(tx: Connection, *, owner: str, back: str, front: str) -> Card:
    """Make one card the back of another and give the front; asked twice, it is done once.

    Raises BadValue for a card and itself, Conflict where one of them is a side already or is no longer to review.
    """
    if back == front:
        raise BadValue("own_side", "A card is no side of itself. Choose the card with its other side.")
    # Always in the same order, so that of two who join the same cards the second waits and sees it done.
    rows = {id_: locked(tx, owner=owner, id=id_) for id_ in sorted((back, front))}
    if rows[back].side_of != front:
        _join(tx, get(tx, owner=owner, id=back), get(tx, owner=owner, id=front))
    return get(tx, owner=owner, id=front)


def _join(tx: Connection, back: Card, front: Card) -> None:
    for card in (back, front):
        if card.state != CardState.TO_REVIEW:
            raise _settled()
        if not _stands_alone(card):
            raise Conflict("card_has_sides", "One of the cards has two sides already. Take them apart first.")
    changes = joined_changes(front.reading, front.changes, back.reading, back.changes)
    kept = {"side_of": front.id, "front_changes": front.changes}
    tx.execute(update(cards).where(cards.c.id == back.id).values(kept))
    tx.execute(update(cards).where(cards.c.id == front.id).values(changes=changes))


def take_apart(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Make of both sides (either is named) the two cards that they were, with the corrections they had."""
    front_id = get(tx, owner=owner, id=id).side_of or id
    front = locked(tx, owner=owner, id=front_id)
    back = get(tx, owner=owner, id=front_id).back
    if back is None:
        return
    if front.state != CardState.TO_REVIEW:
        raise _settled()
    row = locked(tx, owner=owner, id=back.id)
    tx.execute(update(cards).where(cards.c.id == back.id).values(side_of=None, front_changes=None))
    tx.execute(update(cards).where(cards.c.id == front_id).values(changes=row.front_changes))


def tell_apart(tx: Connection, *, owner: str, id: str, other: str) -> None:  # noqa: A002
    """Keep that two cards are no sides of one, so that nobody is asked again."""
    row = locked(tx, owner=owner, id=id)
    get(tx, owner=owner, id=other)
    apart = sorted({*row.apart_from, other})
    tx.execute(update(cards).where(cards.c.id == row.id).values(apart_from=apart))


def ask_again(tx: Connection, *, owner: str, id: str, other: str) -> None:  # noqa: A002
    """Undo `tell_apart`, whichever of the two it was said of."""
    for one, another in sorted(((id, other), (other, id))):
        row = locked(tx, owner=owner, id=one)
        apart = [kept for kept in row.apart_from if kept != another]
        tx.execute(update(cards).where(cards.c.id == row.id).values(apart_from=apart))


def _settled() -> Conflict:
    return Conflict("card_settled", "Only cards to review can be joined or taken apart. Take the card back first.")
