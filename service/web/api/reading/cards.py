"""Cards over HTTP: list, look at, correct, confirm, discard."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from service.domain.errors import NotFound
from service.domain.reading.card import Side
from service.domain.reading.four_corners import four_corners
from service.domain.reading.reading_json import values
from service.storage.people import contacts
from service.storage.reading import cards, rereadings, sides
from service.storage.reading.cards import Card
from service.storage.reading.pictures import cut
from service.web.again import read_card_again
from service.web.api.document import gives, refusals
from service.web.api.doors import kept_file, made_file, noun, opened, owner
from service.web.api.shapes.card import (
    CardAnswer,
    CardChanges,
    CardsAnswer,
    CardsQuery,
    CardSummary,
    ConfirmQuery,
    CornersGiven,
)
from service.web.api.shapes.contact import ContactAnswer
from service.web.parts import parts

bp = noun("cards", about="Business cards found in photos, to be reviewed and confirmed.")


@bp.get("/cards")
@bp.input(CardsQuery, location="query", arg_name="query")
@bp.output(CardsAnswer)
def list_cards(query: CardsQuery) -> CardsAnswer:
    """List cards, all or those in one state."""
    with parts().db.reading() as tx:
        page = cards.page(tx, owner=owner(), state=query.state or None, after=query.after or None, limit=query.limit)
    return CardsAnswer(cards=[CardSummary.of(card) for card in page.rows], next=page.next)


@bp.get("/cards/<uuid:card_id>")
@bp.output(CardAnswer)
def get_card(card_id: UUID) -> CardAnswer:
    """Show a card: each field with its value, its evidence and its doubt, and what was corrected."""
    return _told(card_id)


@bp.get("/cards/<uuid:card_id>/image")
@bp.doc(responses=gives("The card, cut out and squared.", "image/jpeg"))
def get_card_image(card_id: UUID) -> ResponseReturnValue:
    """Give the squared picture of the card."""
    card = _card(card_id)
    return kept_file(card.picture, media_type="image/jpeg")


@bp.get("/cards/<uuid:card_id>/fields/<field>/image")
@bp.doc(responses=gives("What is printed there, with a little around it.", "image/jpeg"))
def get_field_image(card_id: UUID, field: str) -> ResponseReturnValue:
    """Give the part of the picture on which a field was read, by its name in `reading`: `org`, `phones.1`."""
    card = _card(card_id)
    found = values(card.reading).get(field)
    if found is None or found.evidence.box is None:
        raise NotFound("field", "The card has no such field, or it was not read from the picture.")
    side = card.back if card.back and found.evidence.side is Side.BACK else card
    with opened(side.picture) as picture:
        return made_file(cut(picture, found.evidence.box), media_type="image/jpeg")


@bp.patch("/cards/<uuid:card_id>")
@bp.input(CardChanges, arg_name="changes")
@bp.output(CardAnswer)
@bp.doc(responses=refusals(_409="The card is a contact already, a back, or has both its sides."))
def correct_card(card_id: UUID, changes: CardChanges) -> CardAnswer:
    """Correct fields of a card, and say which card it is the back of; what was read is kept beside the corrections."""
    corrections = changes.model_dump(exclude_unset=True, exclude={"side_of", "not_side_of"})
    sides_only = not corrections and changes.model_fields_set
    with parts().db.transaction() as tx:
        if "side_of" in changes.model_fields_set and changes.side_of is None:
            sides.take_apart(tx, owner=owner(), id=str(card_id))
        if not sides_only:
            cards.correct(tx, owner=owner(), id=str(card_id), changes=corrections)
        if changes.side_of:
            sides.join(tx, owner=owner(), back=str(card_id), front=changes.side_of)
        if changes.not_side_of:
            sides.tell_apart(tx, owner=owner(), id=str(card_id), other=changes.not_side_of)
    return _told(card_id)


@bp.post("/cards/<uuid:card_id>/confirm")
@bp.input(ConfirmQuery, location="query", arg_name="query")
@bp.output(ContactAnswer, description="The contact that the card became, or went to.")
def confirm_card(card_id: UUID, query: ConfirmQuery) -> ContactAnswer:
    """Make a contact of the card, also of one discarded before; asking twice gives the same contact.

    A new card of somebody who is surely in the drawer goes to that contact; `known` says whose it is, or `new`.
    """
    with parts().db.transaction() as tx:
        contact_id = cards.confirm(tx, owner=owner(), id=str(card_id), known=query.known)
        return ContactAnswer.of(contacts.get(tx, owner=owner(), id=contact_id))


@bp.delete("/cards/<uuid:card_id>")
@bp.output({}, status_code=204, description="It is out of the way.")
@bp.doc(responses=refusals(_409="The card is a contact already; delete the contact."))
def discard_card(card_id: UUID) -> str:
    """Discard a card that is none, or that nobody needs."""
    with parts().db.transaction() as tx:
        cards.discard(tx, owner=owner(), id=str(card_id))
    return ""


@bp.post("/cards/<uuid:card_id>/take-back")
@bp.output(CardAnswer)
def take_card_back(card_id: UUID) -> CardAnswer:
    """Undo a confirmation (the contact it made is deleted) or a discarding: the card is to review again."""
    with parts().db.transaction() as tx:
        cards.take_back(tx, owner=owner(), id=str(card_id))
    return _told(card_id)


@bp.post("/cards/<uuid:card_id>/corners")
@bp.input(CornersGiven, arg_name="given")
@bp.output(CardAnswer, status_code=202, description="It will be read again; `reading_again` says how that stands.")
@bp.doc(responses=refusals(_409="The card is confirmed or discarded; take it back first."))
def read_card_at_corners(card_id: UUID, given: CornersGiven) -> CardAnswer:
    """Say where the card lies in its photo, and so which way is up, and have it read again; the old reading is kept."""
    read_card_again(str(card_id), four_corners(given.corners))
    return _told(card_id)


@bp.delete("/cards/<uuid:card_id>/corners")
@bp.output(CardAnswer)
@bp.doc(responses=refusals(_409="The card is confirmed or discarded; take it back first."))
def undo_corners(card_id: UUID) -> CardAnswer:
    """Give the card its last reading but one back, or drop what is not read again yet."""
    with parts().db.transaction() as tx:
        rereadings.undo(tx, owner=owner(), card_id=str(card_id))
    return _told(card_id)


def _card(card_id: UUID) -> Card:
    with parts().db.reading() as tx:
        return cards.get(tx, owner=owner(), id=str(card_id))


def _told(card_id: UUID) -> CardAnswer:
    with parts().db.reading() as tx:
        card = cards.get(tx, owner=owner(), id=str(card_id))
        proposed = sides.proposed(tx, owner=owner(), card=card)
        return CardAnswer.of(card, proposed, rereadings.latest(tx, owner=owner(), card_id=card.id))
