"""The shape of the week."""

from datetime import date
from uuid import UUID

from pydantic import Field

from service.domain.ties.seat import LeftOut, LeftOutReason
from service.domain.ties.touch import Kind
from service.storage.following.weeks import Settled
from service.web.api.shapes.text import Given, Told
from service.web.api.shapes.touch import TouchAnswer


class MoreGiven(Given):
    more: int = Field(ge=1, le=50)


class LeftOutTold(Told):
    tie: UUID
    reason: LeftOutReason
    kind: Kind | None

    @classmethod
    def of(cls, one: LeftOut) -> "LeftOutTold":
        return cls(tie=UUID(one.tie), reason=one.reason, kind=one.touch.kind if one.touch else None)


class WeekAnswer(Told):
    """The week: its seats, what it has chosen, today's share of it, and what it leaves out."""

    monday: date
    today: date
    seats: int
    raised: int
    offer: int = Field(description="How many more first messages may be taken at once; 0 where none wait.")
    chosen: list[TouchAnswer]
    share: list[UUID]
    left_out_count: int
    left_out: list[LeftOutTold]

    @classmethod
    def of(cls, settled: Settled) -> "WeekAnswer":
        return cls(
            monday=settled.week.monday,
            today=settled.today,
            seats=settled.week.seats,
            raised=settled.raised,
            offer=settled.offer,
            chosen=[TouchAnswer.of(one) for one in settled.chosen],
            share=[UUID(one.id) for one in settled.share],
            left_out_count=settled.week.left_out_count,
            left_out=[LeftOutTold.of(one) for one in settled.week.left_out],
        )
