"""The shapes of ties, and of what is noted and promised."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.ties.circle import Circle
from service.domain.ties.gate import Lack, Missing
from service.domain.ties.note import Note as KeptNote
from service.domain.ties.note import NoteKind
from service.domain.ties.outlook import Outlook
from service.domain.ties.promise import Promise
from service.domain.ties.stage import Stage
from service.domain.ties.standing import Standing
from service.domain.ties.touch import Channel
from service.domain.ties.warmth import Warmth
from service.storage.following.history import History
from service.storage.following.touches import KeptTouch
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.text import Day, Given, Id, Line, OneLine, PageQuery, Told
from service.web.api.shapes.touch import TouchAnswer


class TiesQuery(PageQuery):
    """`contact` finds the tie of one contact."""

    contact: Id | None = None


class BeginGiven(Given):
    contact: Id


class NoteGiven(Given):
    kind: NoteKind
    text: OneLine
    day: date | None = None


class PromiseGiven(Given):
    text: OneLine
    due_on: Day


class TieChanges(Given):
    """What a person may say of a tie; stage and warmth follow from what happened."""

    circle: Circle | None = None
    starred: bool | None = None
    prefers: Channel | None = None
    language: Annotated[str, StringConstraints(max_length=10, pattern=r"^[A-Za-z-]*$")] | None = None
    formality: Literal["", "informal", "formal"] | None = None
    senior: Annotated[int, Field(ge=0, le=2)] | None = None
    shared_past: Line | None = None
    known_since: date | None = None


class NoteTold(Told):
    id: UUID
    kind: NoteKind
    text: str
    noted_on: date
    day: date | None

    @classmethod
    def of(cls, note: KeptNote) -> "NoteTold":
        return cls(id=UUID(note.id), kind=note.kind, text=note.text, noted_on=note.noted_on, day=note.day)


class PromiseTold(Told):
    id: UUID
    text: str
    made_on: date
    due_on: date

    @classmethod
    def of(cls, one: Promise) -> "PromiseTold":
        return cls(id=UUID(one.id), text=one.text, made_on=one.made_on, due_on=one.due_on)


class MissingTold(Told):
    """What stands between a person and an ask."""

    lack: Lack
    count: int
    day: date | None

    @classmethod
    def of(cls, one: Missing) -> "MissingTold":
        return cls(lack=one.lack, count=one.count, day=one.day)


class TieAnswer(Told):
    """A tie: what is said of it, how it stands today, what is planned, and all that happened."""

    id: UUID
    url: str
    contact: UUID
    source: str
    begun_on: date
    starred: bool
    language: str
    formality: str
    prefers: Channel | None
    channels: list[Channel]
    gathering: str
    stage: Stage
    warmth: Warmth
    circle: Circle
    standing: Standing
    next_day: date | None
    last_two_way: date | None
    unanswered: int
    gives_24m: int
    received_365d: int
    missing: list[MissingTold] = Field(description="Before one may ask; empty when the door is open.")
    notes: list[NoteTold]
    promises: list[PromiseTold]
    touches: list[TouchAnswer]
    acts: list[TieActAnswer]

    @classmethod
    def of(cls, history: History, outlook: Outlook, planned: list[KeptTouch]) -> "TieAnswer":
        tie = history.tie
        same = ("begun_on", "starred", "prefers", "gathering")
        derived = ("stage", "warmth", "circle", "last_two_way", "unanswered", "gives_24m", "received_365d")
        return cls(
            id=UUID(tie.id),
            url=f"/api/v1/ties/{tie.id}",
            contact=UUID(history.contact_id),
            source=tie.source,
            language=history.language,
            formality=history.formality,
            channels=list(tie.channels),
            standing=outlook.next.standing,
            next_day=outlook.next.day,
            missing=[MissingTold.of(one) for one in outlook.gate],
            notes=[NoteTold.of(one) for one in tie.notes],
            promises=[PromiseTold.of(one) for one in tie.promises],
            touches=[TouchAnswer.of(one) for one in planned],
            acts=[TieActAnswer.of(one) for one in history.acts],
            **{name: getattr(tie, name) for name in same},
            **{name: getattr(outlook, name) for name in derived},
        )


class TieSummary(Told):
    """A tie in a listing."""

    id: UUID
    url: str
    contact: UUID
    name: str
    stage: Stage
    warmth: Warmth
    circle: Circle
    standing: Standing
    next_day: date | None


class TiesAnswer(Told):
    """A page of ties; `next` is null on the last one."""

    ties: list[TieSummary]
    next: str | None
