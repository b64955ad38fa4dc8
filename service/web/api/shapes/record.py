"""The shapes of the record and of sessions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.storage.entering.record import Line, What
from service.storage.sessions import Session
from service.web.api.shapes.text import Told


class LineAnswer(Told):
    """A line of the record. What happened several times within the hour in the same way is one line with a count."""

    id: UUID
    at: datetime
    what: What
    detail: str = Field(description="By which way, or which key or device.")
    device: str
    place: str = Field(description="The network it came from; the whole address is not kept.")
    times: int

    @classmethod
    def of(cls, line: Line) -> "LineAnswer":
        return cls(
            id=UUID(line.id),
            at=line.at,
            what=line.what,
            detail=line.detail,
            device=line.device,
            place=line.place,
            times=line.times,
        )


class RecordAnswer(Told):
    """A page of the record, the newest first."""

    lines: list[LineAnswer]
    next: str | None = Field(description="Ask with this as `after` for the lines before.")


class SessionAnswer(Told):
    """A browser that is signed in. `seen_at` is true to the hour."""

    id: Annotated[str, Field(description="Opens nothing.")]
    user_agent: str
    created_at: datetime
    seen_at: datetime
    is_this: bool

    @classmethod
    def of(cls, session: Session) -> "SessionAnswer":
        return cls(
            id=session.id,
            user_agent=session.user_agent,
            created_at=session.created_at,
            seen_at=session.seen_at,
            is_this=session.is_this,
        )


class SessionsAnswer(Told):
    """Where the account is signed in, the one seen last first."""

    sessions: list[SessionAnswer]
