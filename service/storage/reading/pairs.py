"""A front and a back that were taken as such: joined as soon as both are read, and taken apart like any two sides."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from service.domain.reading.card import CardState, ReadCard
from service.storage.reading import cards, photos, sides
from service.storage.reading.cards import Card
from service.storage.reading.photos import Photo
from service.storage.tables import photos as photos_table


def finish(tx: Connection, *, photo: Photo, found: Sequence[ReadCard], pictures: Sequence[str]) -> bool:
    """Keep the cards of a photo as `photos.finish` does, and join those of a front and a back taken as such."""
    pairs = _pairs(tx, photo)
    done = photos.finish(tx, photo=photo, cards=found, pictures=pictures)
    if done:
        for front, back in pairs:
            _join(tx, owner=photo.owner, front=front, back=back)
    return done


def _pairs(tx: Connection, photo: Photo) -> list[tuple[str, str]]:
    """Which photos of the account were taken as front and back, this one among them.

    Their rows are locked, always in the same order: of two that are read in the same moment the second waits, and sees
    the cards of the first.
    """
    row = photos_table.c
    of_this = or_(row.id == photo.id, row.pair == photo.id, row.id == photo.pair)
    query = select(row.id, row.pair).where(row.account_id == photo.owner, of_this).order_by(row.id)
    return [(one.pair, one.id) for one in tx.execute(query.with_for_update()) if one.pair]


def _join(tx: Connection, *, owner: str, front: str, back: str) -> None:
    """Join them where each photo shows one card, to review and alone; else it is for the person to say."""
    fronts, backs = (cards.of_photo(tx, owner=owner, photo_id=id_) for id_ in (front, back))
    if len(fronts) == len(backs) == 1 and all(map(_free, (*fronts, *backs))):
        sides.join(tx, owner=owner, back=backs[0].id, front=fronts[0].id)


def _free(card: Card) -> bool:
    return card.state == CardState.TO_REVIEW and card.side_of is None and card.back is None
