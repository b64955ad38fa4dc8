"""What the app asks the user, once, in a word or two."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class QuestionKind(StrEnum):
    """What is asked.

    `met` comes after a yes to a coffee, a call or a visit, `busy` is the one line after a talk, `skip or let go` comes
    when a touch was put off for the third time.
    """

    SENT = "sent?"
    ANSWERED = "answered?"
    MET = "met?"
    BUSY = "busy with?"
    CAME_OF = "came of it?"
    RELEVANT = "relevant?"
    CLOSER = "closer?"
    WIDER = "wider?"
    ASK_THEM = "ask them?"
    SKIP_OR_LET_GO = "skip or let go?"
    KEEP_OR_RELEASE = "keep or release?"


class Reply(StrEnum):
    """What the user said; `nothing` is nothing remembered of a dormant contact, `not yet` asks once more later."""

    YES = "yes"
    NO = "no"
    NEW_JOB = "new job"
    NOTHING = "nothing"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to the user on a day. `on` is the act or the touch's cause that it is about."""

    kind: QuestionKind
    asked_on: date
    on: str = ""
    answered_on: date | None = None
    reply: Reply | None = None
