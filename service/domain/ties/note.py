"""What is noted of a contact, in one line each: what we share, what they offer, need and love."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoteKind(StrEnum):
    COMMON_GROUND = "common ground"
    PASSION = "passion"
    OFFER = "offer"
    NEED = "need"
    LINE = "line said"
    COLLEAGUE = "colleague"
    DATE = "date"
    NEW_TITLE = "new title"


SPECIFIC = frozenset({NoteKind.COMMON_GROUND, NoteKind.PASSION, NoteKind.OFFER, NoteKind.NEED, NoteKind.LINE})
"""Notes that make someone known: there is something to say, or to give."""


@dataclass(frozen=True, slots=True)
class Note:
    """`day` is the day that comes round every year of a DATE, and None otherwise.

    `act` is the act that it was noted by ("" for one typed without): undoing that act takes the note away.
    """

    id: str
    kind: NoteKind
    text: str
    noted_on: date
    day: date | None = None
    act: str = ""
