"""Reviewing cards: each beside its picture, doubts first; confirm, discard, and take either back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.card import CardState
from service.domain.errors import NotFound
from service.domain.photo import PhotoState
from service.storage import cards as kept_cards
from service.storage import contacts as kept_contacts
from service.storage import photos as kept_photos
from service.storage.cards import Card
from service.storage.sides import among, near
from service.web.identity import account, signed_in
from service.web.pages.answers import ASSIGNABLE, changes_from
from service.web.pages.review import PARTS_OF_NAME, Review, review_of
from service.web.pages.telling import tell
from service.web.pages.wording import LABELS
from service.web.parts import parts

LOOKED_AHEAD = 50
OTHERS_SHOWN = 12
"""The other side was photographed just before or after, so it is among the nearest few."""

REVIEWED = "reviewed"
"""In the session: how many cards were done in this sitting, so that "3 of 12" counts up and not down."""

cards = Blueprint("cards", __name__)


def how_many() -> int:
    """Cards that wait for the person who asks."""
    with parts().db.reading() as tx:
        return kept_cards.count(tx, owner=account().id, state=CardState.TO_REVIEW)


@cards.get("/cards")
@signed_in
def next_card() -> str | Response:
    """Go to the first card that waits, or say that none does."""
    waiting = _waiting()
    if waiting:
        return redirect(url_for("pages.cards.review", id=waiting[0]))
    session.pop(REVIEWED, None)
    with parts().db.reading() as tx:
        reading = kept_photos.count(tx, owner=account().id, state=PhotoState.RECEIVED)
    return render_template("review_done.html", reading=reading)


@cards.get("/cards/<uuid:id>")
@signed_in
def review(id: UUID) -> str | Response:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        card = kept_cards.get(tx, owner=account().id, id=str(id))
        photo = kept_photos.get(tx, owner=account().id, id=card.photo_id)
        others = near(tx, owner=account().id, card=card)
    if card.side_of:
        return redirect(url_for("pages.cards.review", id=card.side_of))
    if card.state != CardState.TO_REVIEW:
        return _onward(card)
    seen = review_of(card.reading, card.changes)
    return render_template(
        "card.html",
        card=card,
        review=seen,
        sure_labels=_labels(seen),
        assignable=ASSIGNABLE,
        gathering=photo.gathering,
        met_note=photo.note,
        other_side=next(iter(among(card, others)), None),
        others=others[:OTHERS_SHOWN],
        **_progress(card.id),
    )


@cards.post("/cards/<uuid:id>")
@signed_in
def settle(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Keep the corrections, then confirm or discard. A second tap on the same button changes nothing."""
    owner, act = account().id, request.form.get("act", "")
    with parts().db.transaction() as tx:
        card = kept_cards.get(tx, owner=owner, id=str(id))
        if card.side_of:
            return redirect(url_for("pages.cards.review", id=card.side_of), 303)
        if card.state != CardState.TO_REVIEW:
            return _onward(card)
        if act == "discard":
            kept_cards.discard(tx, owner=owner, id=card.id)
        else:
            card = kept_cards.correct(tx, owner=owner, id=card.id, changes=answered(card))
            kept_cards.confirm(tx, owner=owner, id=card.id)
        card = kept_cards.get(tx, owner=owner, id=card.id)
    session[REVIEWED] = session.get(REVIEWED, 0) + 1
    _tell(card)
    return _onward(card)


@cards.post("/cards/<uuid:id>/back")
@signed_in
def take_back(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept_cards.take_back(tx, owner=account().id, id=str(id))
    session[REVIEWED] = max(session.get(REVIEWED, 0) - 1, 0)
    return redirect(url_for("pages.cards.review", id=id), 303)


def answered(card: Card) -> dict[str, Any]:
    """What was changed on the form of the card."""
    seen = review_of(card.reading, card.changes)
    return changes_from(request.form, seen.entries, note=seen.note, unclaimed=seen.unclaimed)


def _onward(card: Card) -> Response:
    """The next card; after the last one its contact, which is what a person who took one photo came for."""
    if not _waiting() and card.contact_id and _is_kept(card.contact_id):
        return redirect(url_for("pages.contacts.page", id=card.contact_id, confirmed=1), 303)
    return redirect(url_for("pages.cards.next_card"), 303)


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
    tell(
        _("%(who)s is in the drawer.", who=who) if confirmed else _("%(who)s was discarded.", who=who),
        open=url_for("pages.contacts.page", id=card.contact_id) if card.contact_id and _waiting() else "",
        undo=url_for("pages.cards.take_back", id=card.id),
    )


def _waiting() -> list[str]:
    with parts().db.reading() as tx:
        page = kept_cards.page(tx, owner=account().id, state=CardState.TO_REVIEW, limit=LOOKED_AHEAD)
    return [card.id for card in page.rows]


def _progress(id: str) -> dict[str, object]:  # noqa: A002 - of a card
    waiting, done = _waiting(), session.get(REVIEWED, 0)
    behind = waiting[waiting.index(id) + 1 :] if id in waiting else []
    return {"at": done + 1, "all": done + how_many(), "after": next(iter(behind), None)}


def _labels(seen: Review) -> list[str]:
    """What is folded away, each kind of field once."""
    fields = ("name" if entry.field in PARTS_OF_NAME else entry.field for entry in seen.sure)
    return list(dict.fromkeys(str(LABELS[field]).lower() for field in fields))
