"""What was said when a card was photographed: the promise, and the note that was spoken."""

from flask_babel import format_date
from flask_babel import gettext as _

from service.storage.reading import photos
from service.storage.reading.cards import Card
from service.storage.reading.photos import Photo
from service.web.identity import account
from service.web.parts import parts


def photos_of(card: Card) -> list[Photo]:
    """The photo of a card, or those of its two sides."""
    ids = dict.fromkeys([card.photo_id, *([card.back.photo_id] if card.back else [])])
    with parts().db.reading() as tx:
        return [photos.get(tx, owner=account().id, id=id_) for id_ in ids]


def promised(photo: Photo) -> str:
    """The sentence of a promise; nothing where none was made."""
    if not photo.promise or photo.promise_on is None:
        return ""
    day = format_date(photo.promise_on, "d MMM")
    return str(_("You promised: %(what)s, for %(day)s.", what=photo.promise, day=day))
