"""The shapes of what waits for a word, and of the word."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from service.domain.ties.circle import Circle
from service.domain.ties.question import QuestionKind
from service.storage.following.questions import Waiting
from service.storage.following.replies import REPLIES
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.text import NO_CONTROL, Given, Line, Told


class ReplyGiven(Given):
    """An answer to a question as it was listed; `line` is what was said with it, `day` when they met."""

    kind: QuestionKind
    on: Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROL)] = ""
    reply: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z ]+$")]
    line: Line = ""
    day: date | None = None


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
