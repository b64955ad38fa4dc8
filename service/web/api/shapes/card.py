"""The shapes of cards: what was read with its evidence, what a person made of it, and corrections."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from service.domain.people.contact import CardFields
from service.domain.reading.card import CardState, Corners, Reading, Side
from service.domain.reading.correction import MAX_VALUES, corrected
from service.domain.reading.sides import Shared
from service.storage.reading.cards import Card
from service.storage.reading.rereadings import Rereading, RereadingState
from service.storage.reading.sides import Proposal
from service.web.api.shapes.text import Given, Id, Line, Note, PageQuery, Told


class PhoneGiven(Given):
    """A number as printed or dialled, and what it is for."""

    model_config = ConfigDict(strict=True)

    raw: Line = ""
    e164: Line = ""
    type: Literal["work", "mobile", "fax", "home", ""] = ""
    extension: Line = ""


class AddressGiven(Given):
    """An address as printed, or in its parts."""

    model_config = ConfigDict(strict=True)

    printed: Line = ""
    street: Line = ""
    extra: Line = ""
    postcode: Line = ""
    city: Line = ""
    region: Line = ""
    country: Line = ""


class Corrections(Given):
    """New values by field. A field that is there replaces the whole value; one left out stays as it is."""

    model_config = ConfigDict(strict=True)

    name: Line = ""
    given: Line = ""
    family: Line = ""
    prefix: Line = ""
    org: Line = ""
    department: Line = ""
    title: Line = ""
    emails: list[Line] = Field(default_factory=list, max_length=MAX_VALUES)
    phones: list[Line | PhoneGiven] = Field(default_factory=list, max_length=MAX_VALUES)
    urls: list[Line] = Field(default_factory=list, max_length=MAX_VALUES)
    addresses: list[Line | AddressGiven] = Field(default_factory=list, max_length=MAX_VALUES)
    note: Note = ""


class CardChanges(Corrections):
    """Corrections, and which card this one is the back of.

    `side_of` joins the two: the front is corrected and confirmed for both from then on; null takes them apart as they
    were. `not_side_of` keeps a pair that was proposed from being proposed again; its null is
    no news.
    """

    side_of: Id | None = None
    not_side_of: Id | None = None


class CornersGiven(Given):
    """Top left, top right, bottom right and bottom left of the card as it is read, in pixels of the photo as shown."""

    corners: list[tuple[float, float]] = Field(min_length=4, max_length=4)


class ConfirmQuery(Given):
    """Whose card it is, where that is known: the id of a contact, or `new` for nobody of the drawer."""

    known: Id | Literal["new", ""] = ""


class CardsQuery(PageQuery):
    state: CardState | Literal[""] = ""


class CardSummary(Told):
    """A card in a listing."""

    id: UUID
    url: str
    image_url: str
    photo: UUID
    position: int
    state: CardState
    contact: UUID | None
    side_of: UUID | None = Field(description="Of a back, its front.")
    back: UUID | None = Field(description="Of a front, its back; `fields` and `reading` are those of both.")
    created_at: datetime
    fields: CardFields

    @classmethod
    def of(cls, card: Card) -> "CardSummary":
        return cls(**_summary(card))


class ProposedSide(Told):
    """A card that may be the other side of this one: which side that would be, and what the two share."""

    card: UUID
    image_url: str
    side: Side
    shared: Shared


class CardAnswer(CardSummary):
    """A card: `reading` is what was read, with evidence and doubts; `fields` is that after the `changes` made.

    A box lies on the picture of its side: `/cards/ID/image`, where ID is the card's or its back's.
    """

    width: int
    height: int
    corners: Corners | None
    reading: Reading
    changes: dict[str, JsonValue]
    proposed_sides: list[ProposedSide]
    reading_again: RereadingState | None = Field(description="How reading it again at other corners stands, if asked.")

    @classmethod
    def of(cls, card: Card, proposed: Sequence[Proposal] = (), rereading: Rereading | None = None) -> "CardAnswer":
        return cls(
            **_summary(card),
            width=card.width,
            height=card.height,
            corners=card.corners,
            reading=card.reading,
            changes=dict(card.changes),
            proposed_sides=[
                ProposedSide(
                    card=UUID(one.card.id), image_url=_url(one.card.id, "/image"), side=one.side, shared=one.shared
                )
                for one in proposed
            ],
            reading_again=rereading.state if rereading else None,
        )


class CardsAnswer(Told):
    """A page of cards; `next` is null on the last one."""

    cards: list[CardSummary]
    next: str | None


def _summary(card: Card) -> dict[str, Any]:
    return {
        "id": UUID(card.id),
        "url": _url(card.id),
        "image_url": _url(card.id, "/image"),
        "photo": UUID(card.photo_id),
        "position": card.position,
        "state": CardState(card.state),
        "contact": UUID(card.contact_id) if card.contact_id else None,
        "side_of": UUID(card.side_of) if card.side_of else None,
        "back": UUID(card.back.id) if card.back else None,
        "created_at": card.created_at,
        "fields": corrected(card.reading, card.changes),
    }


def _url(card_id: str, what: str = "") -> str:
    return f"/api/v1/cards/{card_id}{what}"
