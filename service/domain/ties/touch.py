"""A touch: one personal act due to a contact, with its cause and the facts that say why now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.ties.circle import Circle


class Sort(StrEnum):
    """What a touch is in the ledger: only a give counts as one; thanking and congratulating are courtesy."""

    GIVE = "give"
    NEUTRAL = "neutral"
    COURTESY = "courtesy"
    ASK = "ask"


class Kind(StrEnum):
    """What is done. A call after a reconnect is a `call`; tries on a silent card are favour, hello and coffee."""

    PROMISE = "promise"
    THANK = "thank"
    FIRST = "first"
    LATE_HELLO = "late hello"
    FAVOUR = "favour"
    HELLO = "hello"
    COFFEE = "coffee"
    CALL = "call"
    VISIT = "visit"
    INTRODUCE = "introduce"
    REFER = "refer"
    CONGRATULATE = "congratulate"
    INVITE = "invite"
    RECONNECT = "reconnect"
    ASK = "ask"

    @property
    def sort(self) -> Sort:
        return _SORTS.get(self, Sort.NEUTRAL)


_SORTS = {
    Kind.PROMISE: Sort.GIVE,
    Kind.FAVOUR: Sort.GIVE,
    Kind.INTRODUCE: Sort.GIVE,
    Kind.REFER: Sort.GIVE,
    Kind.INVITE: Sort.GIVE,
    Kind.THANK: Sort.COURTESY,
    Kind.CONGRATULATE: Sort.COURTESY,
    Kind.ASK: Sort.ASK,
}

MEETINGS = frozenset({Kind.COFFEE, Kind.CALL, Kind.VISIT})
"""What takes an hour of two people: at most two a week."""

FIRST_WORDS = frozenset({Kind.FIRST, Kind.LATE_HELLO})


class Channel(StrEnum):
    """How it reaches them: the user's own programs, or face to face."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    PHONE = "phone"
    LINKEDIN = "linkedin"
    IN_PERSON = "in person"


class Lane(StrEnum):
    """What a touch competes as for a seat in the week."""

    DEBT = "debt"
    BY_HAND = "by hand"
    IN_MOTION = "in motion"
    FRESH = "fresh"
    KEEP = "keep"
    TRY = "try"
    LATE = "late"
    DORMANT = "dormant"

    @property
    def proposed(self) -> bool:
        """Whether it is the engine's own idea; debts and what the user planned are not."""
        return self not in (Lane.DEBT, Lane.BY_HAND)


class Reason(StrEnum):
    """Why now: what a sentence is written from."""

    PROMISED = "promised"
    RECEIVED = "received"
    MET = "met"
    MET_LONG_AGO = "met long ago"
    ANSWERED_WARMLY = "answered warmly"
    SILENT = "silent"
    TIME = "time"
    THEY_GAVE = "they gave"
    NEW_TITLE = "new title"
    DATE = "date"
    ASK_FAILED = "ask failed"
    LONG_SILENCE = "long silence"
    BY_HAND = "by hand"
    SENT = "sent"
    INVITED = "invited"
    CAME = "came"
    THEY_NEED = "they need"
    THEY_CAN_HELP = "they can help"
    BOTH_YES = "both yes"
    SAID_NO = "said no"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Why:
    """Facts, never a sentence: `day` is when the reason happened, `text` what was promised, said or noted then.

    `tries` counts the touches without an answer so far, `thanks_for` names an act received more than its thank-you's
    window ago, which this touch should mention.
    """

    reason: Reason
    day: date | None = None
    text: str = ""
    tries: int = 0
    thanks_for: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """What is due to a tie, at the soonest on `day`. Its key is tie and cause: kind and channel may change in place.

    `until` is the last day on which it makes sense, None for what waits. What follows `why` is what the week needs in
    order to choose without looking at the tie: the fixed part of the points (a dormant's score), and the like.
    """

    tie: str
    cause: str
    kind: Kind
    lane: Lane
    day: date
    until: date | None
    channel: Channel | None
    why: Why
    circle: Circle = Circle.ACTIVE
    interval_days: int = 90
    points: int = 0
    company: str = ""
    begun_on: date | None = None
    easy: bool = False
    postponements: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.tie, self.cause

    @property
    def task(self) -> tuple[str, str]:
        """What it takes a seat as: all invitations to one gathering are one task, and so are all thank-yous for it."""
        return ("", self.cause) if self.cause.startswith("gathering:") else self.key

    @property
    def sort(self) -> Sort:
        return self.kind.sort
