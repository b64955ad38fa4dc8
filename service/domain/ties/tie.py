"""A tie as it was begun and described; what became of it is told by its acts alone."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from service.domain.ties.circle import Circle
from service.domain.ties.introduction import Introduction
from service.domain.ties.invited import Invited
from service.domain.ties.note import Note
from service.domain.ties.promise import Promise
from service.domain.ties.question import Question
from service.domain.ties.touch import Channel


class Source(StrEnum):
    """Where the contact came from; a guest came with someone to a gathering of the user's."""

    CARD = "card"
    IMPORT = "import"
    GUEST = "guest"
    HAND = "hand"


class Senior(IntEnum):
    """Beside the user; PEER is also what nobody told."""

    JUNIOR = 0
    PEER = 1
    SENIOR = 2


@dataclass(frozen=True, slots=True)
class Tie:
    """`circle` is the circle it began in; the circle it is in now is told by the history (`stage.circle_now`).

    `company` and `town` are normal forms, equal when they are the same, "" when unknown. `channels` are the ways in
    which the contact can be reached at all, best first; `prefers` is the one the user chose for it. `begun_on` is the
    day on which the contact came into the address book, `known_since` a day before it that the user remembers.
    """

    id: str
    source: Source
    begun_on: date
    circle: Circle = Circle.ACTIVE
    channels: tuple[Channel, ...] = ()
    prefers: Channel | None = None
    company: str = ""
    town: str = ""
    starred: bool = False
    senior: Senior = Senior.PEER
    shared_past: str = ""
    gathering: str = ""
    introduced_by: str = ""
    known_since: date | None = None
    notes: tuple[Note, ...] = ()
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    invited: tuple[Invited, ...] = ()
    introductions: tuple[Introduction, ...] = ()


def begins_in(source: Source) -> Circle:
    """A thousand imports must not ask for a thousand touches: they begin in the drawer."""
    return Circle.DRAWER if source is Source.IMPORT else Circle.ACTIVE
