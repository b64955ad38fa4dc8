"""Cards over HTTP: list, look at, correct, confirm, discard."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from service.storage import cards, contacts
from service.storage.cards import Card
from service.web.api.document import gives, refusals
from service.web.api.doors import kept_file, noun, owner
from service.web.api.shapes.card import CardAnswer, CardsAnswer, CardsQuery, CardSummary, Corrections
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
    return CardAnswer.of(_card(card_id))


@bp.get("/cards/<uuid:card_id>/image")
@bp.doc(responses=gives("The card, cut out and squared.", "image/jpeg"))
def get_card_image(card_id: UUID) -> ResponseReturnValue:
    """Give the squared picture of the card."""
    card = _card(card_id)
    return kept_file(parts().files.path(card.picture), media_type="image/jpeg", etag=card.picture)


@bp.patch("/cards/<uuid:card_id>")
@bp.input(Corrections, arg_name="corrections")
@bp.output(CardAnswer)
@bp.doc(responses=refusals(_409="The card is confirmed or discarded."))
def correct_card(card_id: UUID, corrections: Corrections) -> CardAnswer:
    """Correct fields of a card; what was read is kept beside the corrections."""
    changes = corrections.model_dump(exclude_unset=True)
    with parts().db.transaction() as tx:
        cards.correct(tx, owner=owner(), id=str(card_id), changes=changes)
    return CardAnswer.of(_card(card_id))


@bp.post("/cards/<uuid:card_id>/confirm")
@bp.output(ContactAnswer, description="The contact that the card became.")
@bp.doc(responses=refusals(_409="The card was discarded."))
def confirm_card(card_id: UUID) -> ContactAnswer:
    """Make a contact of the card; asking twice gives the same contact."""
    with parts().db.transaction() as tx:
        contact_id = cards.confirm(tx, owner=owner(), id=str(card_id))
        return ContactAnswer.of(contacts.get(tx, owner=owner(), id=contact_id))


@bp.delete("/cards/<uuid:card_id>")
@bp.output({}, status_code=204, description="It is out of the way.")
@bp.doc(responses=refusals(_409="The card is a contact already; delete the contact."))
def discard_card(card_id: UUID) -> str:
    """Discard a card that is none, or that nobody needs."""
    with parts().db.transaction() as tx:
        cards.discard(tx, owner=owner(), id=str(card_id))
    return ""


def _card(card_id: UUID) -> Card:
    with parts().db.reading() as tx:
        return cards.get(tx, owner=owner(), id=str(card_id))
