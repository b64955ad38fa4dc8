"""The shapes of touches: what is due, and what is said of it."""

from datetime import date
from typing import Literal
from uuid import UUID

from service.domain.ties.touch import Channel, Kind, Lane, Reason, Sort
from service.storage.following.touches import Done, KeptTouch
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.text import Day, Given, Line, Told
from service.web.api.shapes.text import Note as LongText


class TouchesQuery(Given):
    """`on` is the day; what was due before it and was not done is among its touches."""

    on: date | None = None


class DoneGiven(Given):
    """How it was done: by which channel, in which words, on which day; nothing said, as planned and today."""

    channel: Channel | None = None
    text: LongText = ""
    day: date | None = None


class PostponeGiven(Given):
    day: Day


class SkipGiven(Given):
    reason: Line = ""


class SwapGiven(Given):
    """Another kind for the same touch; `nothing to give` is a hello in place of a favour."""

    kind: Kind


class AnswerGiven(Given):
    """Did they answer? `no` is a plain no, `unknown` that nobody knows."""

    outcome: Literal["warm", "cool", "no", "unknown"]


class AskGiven(Given):
    """`reason` is wanted while the gate is shut, and kept."""

    reason: Line = ""
    text: Line = ""


class PlanGiven(Given):
    """A touch put on a day by hand."""

    kind: Kind
    day: Day
    channel: Channel | None = None
    text: Line = ""


class TouchAnswer(Told):
    """A touch: what is due, why now as facts, and what became of it."""

    id: UUID
    url: str
    tie: UUID
    contact: UUID
    cause: str
    kind: Kind
    sort: Sort
    lane: Lane
    day: date
    until: date | None
    channel: Channel | None
    reason: Reason
    reason_day: date | None
    reason_text: str
    state: str
    postponements: int
    revision: int

    @classmethod
    def of(cls, kept: KeptTouch) -> "TouchAnswer":
        touch = kept.touch
        same = ("cause", "kind", "sort", "lane", "day", "until", "channel", "postponements")
        return cls(
            id=UUID(kept.id),
            url=f"/api/v1/touches/{kept.id}",
            tie=UUID(touch.tie),
            contact=UUID(kept.contact_id),
            reason=touch.why.reason,
            reason_day=touch.why.day,
            reason_text=touch.why.text,
            state=kept.state,
            revision=kept.revision,
            **{name: getattr(touch, name) for name in same},
        )


class TouchesAnswer(Told):
    touches: list[TouchAnswer]


class DoneAnswer(Told):
    """The act that it became; `first` is false where it had been done before, on another device."""

    act: TieActAnswer
    first: bool
    next: list[TouchAnswer]

    @classmethod
    def of(cls, done: Done, planned: list[KeptTouch]) -> "DoneAnswer":
        return cls(act=TieActAnswer.of(done.act), first=done.first, next=[TouchAnswer.of(one) for one in planned])
