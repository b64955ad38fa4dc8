"""Cards that need no look: all of them confirmed with one tap, those that confirmed themselves, and the way back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.reading.card import CardState
from service.storage.database import Transaction
from service.storage.reading import cards as kept_cards
from service.storage.reading import reviewing
from service.web.identity import account, signed_in
from service.web.pages.reading import progress
from service.web.pages.reading.cards import keep_answers
from service.web.pages.telling import tell
from service.web.parts import parts

sure = Blueprint("sure", __name__)


@sure.post("/cards/sure")
@signed_in
def confirm() -> Response:
    """Confirm all that are sure, after what was typed on the card before it."""
    with parts().db.transaction() as tx:
        card = _card_of_form(tx)
        if card and card.state == CardState.TO_REVIEW and card.side_of is None:
            keep_answers(tx, card)
        act, chosen = reviewing.confirm_sure(tx, owner=account().id)
    if chosen:
        progress.settled(len(chosen))
        many = ngettext("%(num)d card is in the drawer.", "%(num)d cards are in the drawer.", len(chosen))
        tell(many, undo=url_for("pages.sure.take_back", act=act))
    if card and card.id not in {one.id for one in chosen}:
        return redirect(url_for("pages.cards.review", id=card.id), 303)
    return redirect(url_for("pages.cards.next_card"), 303)


@sure.post("/cards/acts/<uuid:act>/back")
@signed_in
def take_back(act: UUID) -> Response:
    with parts().db.transaction() as tx:
        back = reviewing.take_back_act(tx, owner=account().id, act=str(act))
    progress.settled(-back)
    tell(ngettext("%(num)d card waits again.", "%(num)d cards wait again.", back))
    return redirect(url_for("pages.cards.next_card"), 303)


@sure.get("/cards/themselves")
@signed_in
def themselves() -> str:
    """The cards that nobody looked at, each with the way back."""
    with parts().db.reading() as tx:
        return render_template(
            "reading/review_themselves.html", cards=reviewing.confirmed_themselves(tx, owner=account().id)
        )


def _card_of_form(tx: Transaction) -> kept_cards.Card | None:
    on_form = request.form.get("card", "")
    return kept_cards.get(tx, owner=account().id, id=on_form) if on_form else None
