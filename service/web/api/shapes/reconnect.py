"""The shapes of those worth hearing of again, and of the calls with them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from service.storage.following.calls import Call
from service.storage.following.reconnecting import Candidate
from service.web.api.shapes.text import Given, Line, Told


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
