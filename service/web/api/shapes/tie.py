"""The shapes of ties, touches, the week and the policy."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.ties.act import Act, ActSource, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.gate import Lack, Missing
from service.domain.ties.note import Note as KeptNote
from service.domain.ties.note import NoteKind
from service.domain.ties.outlook import Outlook
from service.domain.ties.policy import NUMBERS
from service.domain.ties.promise import Promise
from service.domain.ties.question import QuestionKind
from service.domain.ties.seat import LeftOut, LeftOutReason
from service.domain.ties.stage import Stage
from service.domain.ties.standing import Standing
from service.domain.ties.touch import Channel, Kind, Lane, Reason, Sort
from service.domain.ties.warmth import Warmth
from service.storage.following.history import History
from service.storage.following.policies import Rules
from service.storage.following.questions import Waiting
from service.storage.following.replies import REPLIES
from service.storage.following.touches import Done, KeptTouch
from service.storage.following.weeks import Settled
from service.web.api.shapes.text import NO_CONTROL, Given, Id, Line, Told
from service.web.api.shapes.text import Note as LongText

OneLine = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_CONTROL)]
Day = Annotated[date, Field(description="A day of the account, as 2026-03-04.")]


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


class NoteGiven(Given):
    kind: NoteKind
    text: OneLine
    day: date | None = None


class PromiseGiven(Given):
    text: OneLine
    due_on: Day


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


class ReplyGiven(Given):
    """An answer to a question as it was listed; `line` is what was said with it, `day` when they met."""

    kind: QuestionKind
    on: Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROL)] = ""
    reply: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z ]+$")]
    line: Line = ""
    day: date | None = None


class StayGiven(Given):
    """A town of one's own; with `first` (and `last`) the town where one will be on these days."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_CONTROL)]
    first: date | None = None
    last: date | None = None


class MoreGiven(Given):
    more: int = Field(ge=1, le=50)


class StretchGiven(Given):
    first: Day
    last: Day


class PolicyChanges(Given):
    """`numbers` by name; null gives our own value back."""

    zone: Line | None = None
    formality: Literal["", "informal", "formal"] | None = None
    quiet_weekdays: list[Annotated[int, Field(ge=0, le=6)]] | None = Field(None, max_length=7)
    numbers: dict[str, int | None] = Field(default_factory=dict, max_length=len(NUMBERS))


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


class DoneAnswer(Told):
    """The act that it became; `first` is false where it had been done before, on another device."""

    act: TieActAnswer
    first: bool
    next: list[TouchAnswer]

    @classmethod
    def of(cls, done: Done, planned: list[KeptTouch]) -> "DoneAnswer":
        return cls(act=TieActAnswer.of(done.act), first=done.first, next=[TouchAnswer.of(one) for one in planned])


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


class QuestionTold(Told):
    """What waits for a word, the words that are answers to it, and the circle that it proposes."""

    tie: UUID
    contact: UUID
    kind: QuestionKind
    on: str
    since: date
    to: Circle | None
    replies: list[str]

    @classmethod
    def of(cls, waiting: Waiting) -> "QuestionTold":
        asked, history = waiting.asked, waiting.history
        return cls(
            tie=UUID(history.tie.id),
            contact=UUID(history.contact_id),
            kind=asked.kind,
            on=asked.on,
            since=asked.since,
            to=asked.to,
            replies=list(REPLIES.get(asked.kind, ())),
        )


class QuestionsAnswer(Told):
    questions: list[QuestionTold]


class RepliedAnswer(Told):
    """The act that an answer became, null where it became a note or nothing; it can be undone."""

    act: TieActAnswer | None


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


class NumberTold(Told):
    """A number of the policy: the account's, ours, where ours comes from, and what is allowed."""

    value: int
    default: int
    source: str
    low: int
    high: int


class StretchTold(Told):
    id: UUID
    first: date
    last: date


class TownTold(Told):
    """A town; without days it is the account's own."""

    id: UUID
    name: str
    first: date | None
    last: date | None

    @classmethod
    def all_of(cls, rules: Rules) -> list["TownTold"]:
        own = [cls(id=UUID(one.id), name=one.name, first=None, last=None) for one in rules.towns]
        return own + [cls(id=UUID(id_), name=one.name, first=one.first, last=one.last) for id_, one in rules.stays]


class PolicyAnswer(Told):
    zone: str
    formality: str
    quiet_weekdays: list[int] = Field(description="0 is Monday.")
    stretches: list[StretchTold]
    towns: list[TownTold]
    numbers: dict[str, NumberTold]

    @classmethod
    def of(cls, rules: Rules) -> "PolicyAnswer":
        policy = rules.account.policy
        return cls(
            zone=rules.account.zone,
            formality=rules.formality,
            quiet_weekdays=sorted(rules.account.quiet_weekdays),
            stretches=[StretchTold(id=UUID(id_), first=one.first, last=one.last) for id_, one in rules.stretches],
            towns=TownTold.all_of(rules),
            numbers={
                one.name: NumberTold(
                    value=getattr(policy, one.name),
                    default=one.default,
                    source=one.source,
                    low=one.low,
                    high=one.high,
                )
                for one in NUMBERS.values()
            },
        )


class TiesQuery(Given):
    """`contact` finds the tie of one contact."""

    contact: Id | None = None
    after: Annotated[str, StringConstraints(max_length=500, pattern=r"^[A-Za-z0-9_\-=.~:+/]*$")] = ""
    limit: int = Field(50, ge=1, le=200)


class BeginGiven(Given):
    contact: Id
