"""The two sides of a card on the review screen: joined with one tap, told apart, and each of these undone."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.reading.card import Side
from service.storage.reading import cards as kept_cards
from service.storage.reading import sides as kept_sides
from service.storage.reading.cards import Card
from service.web.identity import account, signed_in
from service.web.pages.reading.cards import keep_answers
from service.web.pages.telling import tell
from service.web.parts import parts

sides = Blueprint("sides", __name__)


@sides.post("/cards/<uuid:id>/side-of/<uuid:front>")
@signed_in
def join(id: UUID, front: UUID) -> Response:  # noqa: A002 - the name in the address
    """Make the first the back of the second; what was typed on the form of either is kept."""
    _keep_answers(id, front)
    with parts().db.transaction() as tx:
        kept_sides.join(tx, owner=account().id, back=str(id), front=str(front))
    tell(_("Front and back are one card now."), undo=url_for("pages.sides.take_apart", id=id, other=front))
    return redirect(url_for("pages.cards.review", id=front), 303)


@sides.post("/cards/<uuid:id>/apart-from/<uuid:other>")
@signed_in
def take_apart(id: UUID, other: UUID) -> Response:  # noqa: A002 - the name in the address
    """Give both cards back as they were."""
    with parts().db.transaction() as tx:
        kept_sides.take_apart(tx, owner=account().id, id=str(id))
    tell(_("They are two cards again."), undo=url_for("pages.sides.join", id=id, front=other))
    return redirect(url_for("pages.cards.review", id=other), 303)


@sides.post("/cards/<uuid:id>/not-side-of/<uuid:other>")
@signed_in
def tell_apart(id: UUID, other: UUID) -> Response:  # noqa: A002 - the name in the address
    """Never ask again whether the two are one card."""
    _keep_answers(id)
    with parts().db.transaction() as tx:
        kept_sides.tell_apart(tx, owner=account().id, id=str(id), other=str(other))
    tell(_("They stay two cards."), undo=url_for("pages.sides.ask_again", id=id, other=other))
    return redirect(url_for("pages.cards.review", id=id), 303)


@sides.post("/cards/<uuid:id>/maybe-side-of/<uuid:other>")
@signed_in
def ask_again(id: UUID, other: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept_sides.ask_again(tx, owner=account().id, id=str(id), other=str(other))
    return redirect(url_for("pages.cards.review", id=id), 303)


def join_to(card: Card, other: Card, side: Side | None = None) -> str:
    """Where to post that the other card is the front, or the back, of this one; as they look, where nobody says."""
    if (side or kept_sides.side_beside(card, other)) is Side.FRONT:
        return url_for("pages.sides.join", id=card.id, front=other.id)
    return url_for("pages.sides.join", id=other.id, front=card.id)


def _keep_answers(*ids: UUID) -> None:
    """Keep what was typed before the button was pressed, where the form is that of one of these cards."""
    on_form = request.form.get("card", "")
    if on_form not in map(str, ids):
        return
    with parts().db.transaction() as tx:
        card = kept_cards.get(tx, owner=account().id, id=on_form)
        if card.side_of is None:
            keep_answers(tx, card)
