"""The shapes of cards: what was read with its evidence, what a person made of it, and corrections."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from service.domain.card import CardState, Corners, Reading
from service.domain.contact import CardFields
from service.domain.correction import MAX_VALUES, corrected
from service.storage.cards import Card
from service.web.api.shapes.text import Given, Line, Note, PageQuery, Told


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
    created_at: datetime
    fields: CardFields

    @classmethod
    def of(cls, card: Card) -> "CardSummary":
        return cls(**_summary(card))


class CardAnswer(CardSummary):
    """A card: `reading` is what was read, with evidence and doubts; `fields` is that after the `changes` made."""

    width: int
    height: int
    corners: Corners | None
    reading: Reading
    changes: dict[str, JsonValue]

    @classmethod
    def of(cls, card: Card) -> "CardAnswer":
        return cls(
            **_summary(card),
            width=card.width,
            height=card.height,
            corners=card.corners,
            reading=card.reading,
            changes=dict(card.changes),
        )


class CardsAnswer(Told):
    """A page of cards; `next` is null on the last one."""

    cards: list[CardSummary]
    next: str | None


def _summary(card: Card) -> dict[str, Any]:
    url = f"/api/v1/cards/{card.id}"
    return {
        "id": UUID(card.id),
        "url": url,
        "image_url": f"{url}/image",
        "photo": UUID(card.photo_id),
        "position": card.position,
        "state": CardState(card.state),
        "contact": UUID(card.contact_id) if card.contact_id else None,
        "created_at": card.created_at,
        "fields": corrected(card.reading, card.changes),
    }
