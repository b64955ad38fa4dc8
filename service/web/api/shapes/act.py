"""The shapes of what happened between two people."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from service.domain.ties.act import Act, ActSource, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.touch import Channel, Kind
from service.web.api.shapes.text import Given, Line, Told


class LogGiven(Given):
    """What happened outside the plan: one thing."""

    talk: Talk | None = None
    gift: Gift | None = None
    met: bool = False
    wrote: bool = False
    accepted: bool = False
    day: date | None = None
    text: Line = ""
    value_cents: int | None = Field(None, ge=0, le=10**12)


class TieActAnswer(Told):
    """Something that happened."""

    id: UUID
    type: ActType
    day: date
    at: datetime
    kind: Kind | None
    talk: Talk | None
    gift: Gift | None
    channel: Channel | None
    outcome: Outcome | None
    circle: Circle | None
    cause: str
    on: str
    until: date | None
    value_cents: int | None
    reason: str
    text: str
    source: ActSource

    @classmethod
    def of(cls, act: Act) -> "TieActAnswer":
        values: dict[str, Any] = {name: getattr(act, name) for name in cls.model_fields if name != "id"}
        return cls(id=UUID(act.id), **values)


class TieActsAnswer(Told):
    acts: list[TieActAnswer]
