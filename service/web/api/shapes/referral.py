"""The shapes of referrals and of clients."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from service.storage.following.referrals import MOST_CENTS, Referral
from service.web.api.shapes.text import Given, Id, Line, PageQuery, Told

Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]


class ReferralGiven(Given):
    """Who sent (`by`, a contact) whom: a contact of the drawer (`person`), or somebody new by name."""

    by: Id
    person: Id | Literal[""] = ""
    name: Line = ""
    org: Line = ""
    phone: Line = ""
    mail: Line = ""
    day: date | None = None


class ClientGiven(Given):
    """What it is worth, in cents, where that is told."""

    value_cents: Cents | None = None


class ReferralAnswer(Told):
    """Who sent whom, when they were thanked, and what came of it; `chain` leads back to the contact it began with."""

    id: UUID
    by: UUID
    by_name: str
    person: UUID
    person_name: str
    day: date
    thanked_on: date | None
    client_on: date | None
    value_cents: int
    chain: list[str]

    @classmethod
    def of(cls, one: Referral, chain: list[str]) -> "ReferralAnswer":
        return cls(
            id=UUID(one.id),
            by=UUID(one.contact_id),
            by_name=one.name,
            person=UUID(one.referred_contact_id),
            person_name=one.referred_name,
            day=one.day,
            thanked_on=one.thanked_on,
            client_on=one.client_on,
            value_cents=one.value_cents,
            chain=chain,
        )


class ReferralsQuery(PageQuery):
    """A page of referrals, newest first."""


class ReferralsAnswer(Told):
    """A page of referrals, and the sums of all of them."""

    referrals: list[ReferralAnswer]
    next: str | None
    count: int
    clients: int
    value_cents: int
