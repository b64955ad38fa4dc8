"""The shapes of the three who matter."""

from datetime import date
from typing import Literal
from uuid import UUID

from service.storage.following.focus import Near
from service.web.api.shapes.text import Given, Id, Told


class NearAnswer(Told):
    """One of the three: the day of this week's contact, and how often each side gave."""

    tie: UUID
    contact: UUID
    seen_on: date | None
    gave: int
    received: int
    value_cents: int

    @classmethod
    def of(cls, one: Near) -> "NearAnswer":
        return cls(
            tie=UUID(one.history.tie.id),
            contact=UUID(one.history.contact_id),
            seen_on=one.seen.day if one.seen else None,
            gave=len(one.ledger.gave),
            received=len(one.ledger.received),
            value_cents=one.ledger.value_cents,
        )


class FocusAnswer(Told):
    near: list[NearAnswer]
    at_most: int


class ChooseGiven(Given):
    """The contact that becomes one of the three, and the tie that makes room where they are three."""

    contact: Id
    instead_of: Id | Literal[""] = ""
