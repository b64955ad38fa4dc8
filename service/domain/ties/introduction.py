"""An introduction as one of its two sides sees it: what is known of the other is given, its own part is told by its acts."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

SIDES: Final = ("a", "b")


class Said(StrEnum):
    """What somebody said when asked; SILENT is the user's plain word that nothing came back."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    SILENT = "silent"


class CameOf(StrEnum):
    """What came of an introduction that was made."""

    TALKED = "talked"
    WORK_TOGETHER = "work together"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


REFUSALS: Final = frozenset({Said.NO, Said.SILENT})

_INTRODUCING: Final = ("presenta", "presénta", "introduc", "put in touch", "poner en contacto")
_ASKING: Final = re.compile(r"introduction:[^:]+:[ab](?::\d+)?")
_MAKING: Final = re.compile(r"introduction:[^:]+")
_TELLING: Final = re.compile(r"introduction:[^:]+:told")
_OUTCOME: Final = re.compile(r"introduction:[^:]+:outcome")


@dataclass(frozen=True, slots=True)
class Introduction:
    """`needs` says that this side is the one that needs something, which the other could help with.

    `first` is asked before the other. `agreed`: it was promised to this side, whose yes that is. `promised` that it was
    promised to one of them at all, `promise` the promise itself on the tie that it was made to. `closed` once the user
    gave it up or would not have it. `other_gone`: the other rests or was let go.
    """

    id: str
    side: str
    other: str
    begun_on: date
    asks_on: date
    first: bool = False
    needs: bool = True
    need: str = ""
    by_hand: bool = True
    promised: bool = False
    promise: str = ""
    agreed: bool = False
    closed: bool = False
    other_said: Said | None = None
    other_said_on: date | None = None
    other_asked_on: date | None = None
    other_gone: bool = False

    @property
    def asking(self) -> str:
        return f"introduction:{self.id}:{self.side}"

    @property
    def making(self) -> str:
        return f"introduction:{self.id}"

    @property
    def telling(self) -> str:
        return f"introduction:{self.id}:told"


def speaks_of_introducing(text: str) -> bool:
    """Whether what was promised is an introduction, as far as its words tell: the tick at capture, or one's own."""
    return any(stem in text.casefold() for stem in _INTRODUCING)


def introduction_of(cause: str) -> str:
    """The introduction that a cause belongs to, "" for any other cause."""
    word, _, rest = cause.partition(":")
    return rest.partition(":")[0] if word == "introduction" else ""


def is_asking(cause: str) -> bool:
    return bool(_ASKING.fullmatch(cause))


def is_making(cause: str) -> bool:
    return bool(_MAKING.fullmatch(cause))


def is_telling(cause: str) -> bool:
    return bool(_TELLING.fullmatch(cause))


def is_outcome(cause: str) -> bool:
    return bool(_OUTCOME.fullmatch(cause))


def outcome_cause(id_: str) -> str:
    return f"introduction:{id_}:outcome"


def side_of(cause: str) -> str:
    """Which side an asking asks."""
    return cause.split(":")[2] if is_asking(cause) else ""
