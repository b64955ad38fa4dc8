"""An act: one thing that happened between the user and a contact. Acts are only ever added."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from service.domain.ties.circle import Circle
from service.domain.ties.touch import Channel, Kind


class ActType(StrEnum):
    """What happened. `planned` is a touch put into the plan by hand, `swapped` another kind for the same touch."""

    MET = "met"
    PROMISED = "promised"
    DID = "did"
    ANSWERED = "answered"
    NO_ANSWER = "no answer"
    TALKED = "talked"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    ASKED = "asked"
    PLANNED = "planned"
    SWAPPED = "swapped"
    SKIPPED = "skipped"
    POSTPONED = "postponed"
    NOTED = "noted"
    CIRCLE = "circle"
    LET_GO = "let go"
    RELEASED = "released"
    REVIVED = "revived"
    UNDONE = "undone"


class Outcome(StrEnum):
    """How they answered. UNKNOWN is the user's own "don't know": the question is not put again."""

    WARM = "warm"
    COOL = "cool"
    UNKNOWN = "unknown"


class Talk(StrEnum):
    """Where two people spoke."""

    CALL = "call"
    COFFEE = "coffee"
    VISIT = "visit"
    GATHERING = "gathering"
    SEEN = "seen"


class Gift(StrEnum):
    """What came back."""

    REFERRAL = "referral"
    FAVOUR = "favour"
    CLIENT = "client"


class ActSource(StrEnum):
    """Through which door the act came."""

    APP = "app"
    MAIL_LINK = "mail link"
    CALENDAR = "calendar"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Act:
    """A row of history. `day` is the account's day, fixed when it was recorded; `at` orders the acts of one day.

    Which other values mean something depends on the type:

    did        kind, channel, cause (the touch that was done; "" for what was done outside the plan), text (as sent)
    answered   outcome; on (the act that they answered, "" for a message that they began)
    no answer  on
    talked     talk; on
    received   gift, value_cents; on (the ask that it came from)
    asked      channel: an ask made outside the plan (one from the plan is `did` with kind ask)
    promised   on (the promise)           released   on (the promise), reason
    planned    kind, channel, until (the day), reason (of an ask past its gate), text (what it is about)
    swapped    kind, cause                skipped    cause, reason
    postponed  cause, until (the day)     circle     circle
    undone     on (the act)               noted      text
    """

    id: str
    type: ActType
    day: date
    at: datetime
    kind: Kind | None = None
    talk: Talk | None = None
    gift: Gift | None = None
    channel: Channel | None = None
    outcome: Outcome | None = None
    circle: Circle | None = None
    cause: str = ""
    on: str = ""
    until: date | None = None
    value_cents: int | None = None
    reason: str = ""
    text: str = ""
    source: ActSource = ActSource.APP
