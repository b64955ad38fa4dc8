"""Where a card lies in its photo, set right by hand: four corners or a quarter turn, after which it is read again."""

from uuid import UUID

from flask import Blueprint, json, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.reading.card import CardState, Corners
from service.domain.reading.four_corners import four_corners, quarters_of, turned
from service.storage.reading import cards as kept_cards
from service.storage.reading import photos as kept_photos
from service.storage.reading import rereadings
from service.storage.reading.cards import Card
from service.web.again import read_card_again
from service.web.identity import account, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

corners = Blueprint("corners", __name__)


@corners.get("/cards/<uuid:id>/corners")
@signed_in
def editor(id: UUID) -> str | Response:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        card = kept_cards.get(tx, owner=account().id, id=str(id))
        photo = kept_photos.get(tx, owner=account().id, id=card.photo_id)
    if card.state != CardState.TO_REVIEW:
        return redirect(_to_review(card))
    return render_template(
        "reading/corners.html",
        card=card,
        photo=photo,
        shown=bool(photo.shown),
        quarters=quarters_of(card.corners),
        to_review=_to_review(card),
    )


@corners.post("/cards/<uuid:id>/corners")
@signed_in
def ask(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Read the card again within the corners drawn, or as it stands but turned."""
    with parts().db.reading() as tx:
        card = kept_cards.get(tx, owner=account().id, id=str(id))
    read_card_again(card.id, _drawn(card))
    return redirect(_to_review(card), 303)


@corners.post("/cards/<uuid:id>/corners/back")
@signed_in
def undo(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        rereadings.undo(tx, owner=account().id, card_id=str(id))
        card = kept_cards.get(tx, owner=account().id, id=str(id))
    tell(_("The card is as it was."))
    return redirect(_to_review(card), 303)


def _drawn(card: Card) -> Corners:
    """What the form says: the corners as JSON, or how many quarters to turn."""
    try:
        if turn := request.form.get("turn", ""):
            return turned(card.corners, int(turn))
        given = json.loads(request.form.get("corners", ""))
        return four_corners([(corner[0], corner[1]) for corner in given])
    except (ValueError, TypeError, LookupError, RecursionError):
        raise BadValue("corners", "Send four corners, each with x and y in pixels of the photo.") from None


def _to_review(card: Card) -> str:
    return url_for("pages.cards.review", id=card.side_of or card.id)
