"""Reviewing cards: each beside its picture, doubts first; confirm, discard, go on or back, and take an act back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import NotFound
from service.domain.people.contact import CardFields
from service.domain.reading.card import CardState
from service.domain.reading.correction import corrected
from service.domain.reading.photo import PhotoState
from service.storage import preferences
from service.storage.database import Transaction
from service.storage.following import ties
from service.storage.people import contacts as kept_contacts
from service.storage.people import erased, merges
from service.storage.reading import cards as kept_cards
from service.storage.reading import photos as kept_photos
from service.storage.reading import rereadings, reviewing
from service.storage.reading.cards import Card
from service.storage.reading.sides import among, near
from service.web.identity import account, signed_in
from service.web.pages.people.known import known_as
from service.web.pages.reading import progress
from service.web.pages.reading.answers import ASSIGNABLE, changes_from
from service.web.pages.reading.review import PARTS_OF_NAME, Review, review_of
from service.web.pages.telling import tell
from service.web.pages.wording import LABELS
from service.web.parts import parts

OTHERS_SHOWN = 12
"""The other side was photographed just before or after, so it is among the nearest few."""

FEWEST_SURE = 2
"""One sure card is confirmed as any other; from two on one tap for all is worth a line."""

cards = Blueprint("cards", __name__)


def how_many() -> int:
    """Cards that wait for the person who asks."""
    with parts().db.reading() as tx:
        return kept_cards.count(tx, owner=account().id, state=CardState.TO_REVIEW)


@cards.get("/cards")
@signed_in
def next_card() -> str | Response:
    """Go to the first card that waits, or say that none does."""
    owner = account().id
    with parts().db.reading() as tx:
        waiting = kept_cards.page(tx, owner=owner, state=CardState.TO_REVIEW, limit=1).rows
        reading = kept_photos.count(tx, owner=owner, state=PhotoState.RECEIVED)
        themselves = len(reviewing.confirmed_themselves(tx, owner=owner))
        begun = bool(kept_photos.page(tx, owner=owner, limit=1).rows)
    if waiting:
        return redirect(url_for("pages.cards.review", id=waiting[0].id))
    progress.begin_again()
    return render_template("reading/review_done.html", reading=reading, themselves=themselves, begun=begun)


@cards.get("/cards/<uuid:id>")
@signed_in
def review(id: UUID) -> str | Response:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        card = kept_cards.get(tx, owner=account().id, id=str(id))
        if card.side_of:
            return redirect(url_for("pages.cards.review", id=card.side_of))
        if card.state == CardState.TO_REVIEW:
            return render_template("reading/card.html", card=card, **_shown(tx, card))
    return onward(card)


@cards.post("/cards/<uuid:id>")
@signed_in
def settle(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Keep the corrections, then do what the button says. A second tap on the same button changes nothing."""
    owner, act = account().id, request.form.get("act", "")
    with parts().db.transaction() as tx:
        card = kept_cards.get(tx, owner=owner, id=str(id))
        if card.side_of:
            return redirect(url_for("pages.cards.review", id=card.side_of), 303)
        if card.state != CardState.TO_REVIEW:
            return onward(card)
        if act == "discard":
            kept_cards.discard(tx, owner=owner, id=card.id)
        else:
            keep_answers(tx, card)
        if act == "confirm" and "bring_back" in request.form:
            erased.let_back(tx, owner=owner, fields=_fields(kept_cards.get(tx, owner=owner, id=card.id)))
        if act == "confirm":
            contact_id = kept_cards.confirm(tx, owner=owner, id=card.id, known=request.form.get("known", ""))
            if "star" in request.form:
                ties.star(tx, owner=owner, contact_id=contact_id)
        card = kept_cards.get(tx, owner=owner, id=card.id)
    if card.state == CardState.TO_REVIEW:
        return _aside(card, act)
    progress.settled(1)
    _tell(card)
    return onward(card)


@cards.post("/cards/<uuid:id>/back")
@signed_in
def take_back(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept_cards.take_back(tx, owner=account().id, id=str(id))
    progress.settled(-1)
    return redirect(url_for("pages.cards.review", id=id), 303)


def keep_answers(tx: Transaction, card: Card) -> None:
    """Keep what was typed on the form of a card to review, if anything was."""
    changes = answered(card)
    if changes:
        kept_cards.correct(tx, owner=account().id, id=card.id, changes=changes)


def answered(card: Card) -> dict[str, Any]:
    """What was changed on the form of the card."""
    seen = review_of(card.reading, card.changes)
    return changes_from(request.form, seen.entries, note=seen.note, unclaimed=seen.unclaimed)


def onward(card: Card) -> Response:
    """The card behind it, or the first; after the last its contact, which is what who took one photo came for."""
    with parts().db.reading() as tx:
        place = reviewing.place(tx, owner=account().id, card=card)
    if place.after or place.before:
        following = url_for("pages.cards.review", id=place.after) if place.after else url_for("pages.cards.next_card")
        return redirect(following, 303)
    progress.begin_again()
    if card.contact_id and _is_kept(card.contact_id):
        return redirect(url_for("pages.contacts.page", id=card.contact_id, confirmed=1), 303)
    return redirect(url_for("pages.cards.next_card"), 303)


def _erased_on(tx: Transaction, card: Card) -> str:
    """The day on which somebody like this was erased; "" for nearly everybody."""
    moment = erased.on(tx, owner=account().id, fields=_fields(card))
    return str(format_date(moment, "long", rebase=False)) if moment else ""


def _fields(card: Card) -> CardFields:
    return corrected(card.reading, card.changes)


def _shown(tx: Transaction, card: Card) -> dict[str, Any]:
    """What the screen needs beside the card itself."""
    owner = account().id
    photo = kept_photos.get(tx, owner=owner, id=card.photo_id)
    others = near(tx, owner=owner, card=card)
    seen = review_of(card.reading, card.changes)
    sure = len(reviewing.sure(tx, owner=owner))
    return {
        "erased": _erased_on(tx, card),
        "review": seen,
        "known": known_as(tx, owner=owner, fields=corrected(card.reading, card.changes)),
        "sure_labels": _labels(seen),
        "assignable": ASSIGNABLE,
        "gathering": photo.gathering,
        "met_note": photo.note,
        "other_side": next(iter(among(card, others)), None),
        "others": others[:OTHERS_SHOWN],
        "progress": progress.of(tx, card),
        "sure": sure if sure >= FEWEST_SURE else 0,
        "letter_keys": preferences.get(tx, owner=owner).letter_keys,
        "rereading": rereadings.latest(tx, owner=owner, card_id=card.id),
        "back_rereading": rereadings.latest(tx, owner=owner, card_id=card.back.id) if card.back else None,
    }


def _aside(card: Card, act: str) -> Response:
    """To the card before or behind, round the end of the pile, or to the corners of one of the card's pictures."""
    if act.startswith("corners"):
        return redirect(
            url_for("pages.corners.editor", id=card.back.id if card.back and "back" in act else card.id), 303
        )
    with parts().db.reading() as tx:
        place = reviewing.place(tx, owner=account().id, card=card)
    to = place.before if act == "previous" else place.after
    return redirect(url_for("pages.cards.review", id=to) if to else url_for("pages.cards.next_card"), 303)


def _is_kept(contact_id: str) -> bool:
    """Whether the contact is still in the drawer: its card stays confirmed when it is deleted."""
    try:
        with parts().db.reading() as tx:
            kept_contacts.get(tx, owner=account().id, id=contact_id)
    except NotFound:
        return False
    return True


def _tell(card: Card) -> None:
    who = review_of(card.reading, card.changes).heading or _("The card")
    confirmed = card.state == CardState.CONFIRMED
    with parts().db.reading() as tx:
        known = merges.of_card(tx, owner=account().id, card_id=card.id) if confirmed else None
    there = _("%(who)s was in the drawer already and has a new card.", who=who) if known else ""
    tell(
        there or (_("%(who)s is in the drawer.", who=who) if confirmed else _("%(who)s was discarded.", who=who)),
        open=url_for("pages.contacts.page", id=card.contact_id) if card.contact_id and how_many() else "",
        undo=url_for("pages.cards.take_back", id=card.id),
    )


def _labels(seen: Review) -> list[str]:
    """What is folded away, each kind of field once."""
    fields = ("name" if entry.field in PARTS_OF_NAME else entry.field for entry in seen.sure)
    return list(dict.fromkeys(str(LABELS[field]).lower() for field in fields))
