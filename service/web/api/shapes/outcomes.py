"""The shapes of what comes of ties: the ranked, calls, referrals, the three, and what events were worth."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from service.domain.outcomes.worth import Caution, KindWorth, Sums, Worth, caution
from service.storage.following.calls import Call
from service.storage.following.focus import Near
from service.storage.following.reconnecting import Candidate
from service.storage.following.referrals import MOST_CENTS, Referral
from service.web.api.shapes.text import Given, Id, Line, PageQuery, Told

Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]


class PartsAnswer(Told):
    """What a score is made of, in points."""

    shares: float
    seniority: float
    answers: float
    past: float
    noted: float


class CandidateAnswer(Told):
    """One of the ranked; `touch` is its reconnect where the week, or the user, has chosen it already."""

    tie: UUID
    contact: UUID
    score: int
    parts: PartsAnswer
    last_contact: date | None
    remembered: str
    relevant: bool
    touch: UUID | None

    @classmethod
    def of(cls, one: Candidate) -> "CandidateAnswer":
        parts = one.parts
        return cls(
            tie=UUID(one.history.tie.id),
            contact=UUID(one.history.contact_id),
            score=parts.score,
            parts=PartsAnswer(
                shares=parts.shares,
                seniority=parts.seniority,
                answers=parts.answers,
                past=parts.past,
                noted=parts.noted,
            ),
            last_contact=one.touch.why.day,
            remembered=one.touch.why.text,
            relevant=one.relevant,
            touch=UUID(one.taken.id) if one.taken else None,
        )


class CallAnswer(Told):
    """A call: the times offered, and the one chosen."""

    id: UUID
    tie: UUID
    contact: UUID
    offered: list[datetime]
    chosen: datetime | None
    minutes: int

    @classmethod
    def of(cls, one: Call) -> "CallAnswer":
        return cls(
            id=UUID(one.id),
            tie=UUID(one.tie_id),
            contact=UUID(one.contact_id),
            offered=list(one.offered),
            chosen=one.chosen,
            minutes=one.minutes,
        )


class ReconnectAnswer(Told):
    """The best of the ranked, how many there are (a thousand at most are counted), and the calls under way."""

    candidates: list[CandidateAnswer]
    count: int
    warm_up: UUID | None
    calls: list[CallAnswer]


class RelevantGiven(Given):
    """Still relevant? `line` is what is remembered, or the new job."""

    reply: Literal["yes", "no", "new job", "nothing"]
    line: Line = ""


class TimeGiven(Given):
    """The time that they chose, with its zone; one of those offered, or another."""

    at: AwareDatetime


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


class SumsAnswer(Told):
    """Counts of what came of events; persons are among the cards, ties among the persons."""

    cards: int
    persons: int
    ties: int
    referrals: int
    clients: int
    value_cents: int

    @classmethod
    def of(cls, one: Sums) -> "SumsAnswer":
        return cls(
            cards=one.cards,
            persons=one.persons,
            ties=one.ties,
            referrals=one.referrals,
            clients=one.clients,
            value_cents=one.value_cents,
        )


class EventWorthAnswer(Told):
    """An event; `gathering` is none for what came back from elsewhere. `caution` says how little the numbers can say."""

    gathering: UUID | None
    name: str
    kind: str
    day: date | None
    hours: float | None
    cost_cents: int | None
    sums: SumsAnswer
    caution: Caution

    @classmethod
    def of(cls, one: Worth) -> "EventWorthAnswer":
        return cls(
            gathering=UUID(one.id) if one.id else None,
            name=one.name,
            kind=one.kind,
            day=one.day,
            hours=one.hours,
            cost_cents=one.cost_cents,
            sums=SumsAnswer.of(one.sums),
            caution=caution(one.sums),
        )


class KindWorthAnswer(Told):
    """The events of a kind together; hours and cost are of those of which they were told."""

    kind: str
    events: int
    hours: float
    cost_cents: int
    told_hours: int
    told_cost: int
    sums: SumsAnswer
    caution: Caution

    @classmethod
    def of(cls, one: KindWorth) -> "KindWorthAnswer":
        return cls(
            kind=one.kind,
            events=one.events,
            hours=one.sums.hours,
            cost_cents=one.sums.cost_cents,
            told_hours=one.told_hours,
            told_cost=one.told_cost,
            sums=SumsAnswer.of(one.sums),
            caution=caution(one.sums, one.events),
        )


class WorthAnswer(Told):
    events: list[EventWorthAnswer]
    kinds: list[KindWorthAnswer]
    total: SumsAnswer
