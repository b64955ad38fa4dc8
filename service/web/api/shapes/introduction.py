"""The shapes of introductions."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.introductions.course import Course, Step
from service.domain.introductions.proposal import How, Proposal
from service.domain.ties.introduction import CameOf, Said
from service.web.api.shapes.text import Given, Id, Line, Told

Hour = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]


class IntroductionGiven(Given):
    """`one` (a tie) is asked first, or has been promised it: `promise` is that promise. `helps`: `one` is who can help."""

    one: Id
    other: Id
    need: Line = ""
    helps: bool = False
    promise: Id | None = None
    asks_on: date | None = None


class PairGiven(Given):
    """Two ties."""

    one: Id
    other: Id


class SaidGiven(Given):
    """What one of the two, a tie, answered; `silent` is a plain word that nothing came back."""

    tie: Id
    word: Said


class CameOfGiven(Given):
    outcome: CameOf


class MeetingGiven(Given):
    """The meeting of three; without a day it is called off."""

    day: date | None = None
    at: Hour = ""
    place: Line = ""


class SideTold(Told):
    """One of the two: when asked, and what was said."""

    tie: UUID
    asked_on: date | None
    said: Said | None
    said_on: date | None
    promised: bool


class IntroductionAnswer(Told):
    """How far an introduction has come: `step` says what is next, or how it ended."""

    id: UUID
    url: str
    first: SideTold
    second: SideTold
    needs: UUID = Field(description="The tie that needs something.")
    need: str
    step: Step
    begun_on: date
    made_on: date | None
    outcome: CameOf | None
    meets_on: date | None
    meets_at: str
    place: str

    @classmethod
    def of(cls, one: Course) -> "IntroductionAnswer":
        sides = {side: _side(one, side) for side in ("a", "b")}
        second = "b" if one.first == "a" else "a"
        same = ("need", "step", "begun_on", "made_on", "outcome", "meets_on", "meets_at", "place")
        return cls(
            id=UUID(one.id),
            url=f"/api/v1/introductions/{one.id}",
            first=sides[one.first],
            second=sides[second],
            needs=UUID(one.tie(one.needs)),
            **{name: getattr(one, name) for name in same},
        )


class IntroductionsAnswer(Told):
    """The last two hundred."""

    introductions: list[IntroductionAnswer]


class ProposalTold(Told):
    """Whose need another could meet. `offer` is "" where only what they do for a living speaks for it."""

    needs: UUID
    helps: UUID
    need: str
    offer: str
    how: How
    points: int

    @classmethod
    def of(cls, one: Proposal) -> "ProposalTold":
        offer = one.offer.text if one.offer else ""
        pair = {"needs": UUID(one.needs), "helps": UUID(one.helps)}
        return cls(**pair, need=one.need.text, offer=offer, how=one.how, points=one.points)


class ProposalsAnswer(Told):
    """The best first."""

    proposals: list[ProposalTold]


class StateGiven(Given):
    """Give it up, or go on with it."""

    state: Literal["dropped", "open"]


def _side(one: Course, side: str) -> SideTold:
    return SideTold(
        tie=UUID(one.tie(side)),
        asked_on=one.asked[side],
        said=one.said[side],
        said_on=one.said_on[side],
        promised=one.agreed == side,
    )
