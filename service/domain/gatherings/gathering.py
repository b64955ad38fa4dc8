"""A gathering: an occasion on a day, or on some days running."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class GatheringKind(StrEnum):
    """What sort of occasion it is; the last three but OTHER are the user's own."""

    TRAINING = "training"
    SPONSOR_SALES = "sponsor sales"
    TRADE_FAIR = "trade fair"
    CHAMBER = "chamber"
    OWN = "own"
    DOUBLE_DATE = "double date"
    OTHER = "other"


OWN: Final = frozenset({GatheringKind.OWN, GatheringKind.DOUBLE_DATE})
"""Those that the user gives: they have guests."""

SEATS_OF_A_DOUBLE_DATE: Final = 2
"""Beside the user and whom he brings."""


class Reply(StrEnum):
    """What a guest answered."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """`kind` is "" while nobody said; `own` ones the user gives. `begins` is an hour such as 20:00, or "".

    `sequence` and `changed_at` grow with every change that a calendar must hear of.
    """

    id: str
    name: str
    day: date
    last_day: date | None = None
    begins: str = ""
    place: str = ""
    kind: str = ""
    own: bool = False
    hours: float | None = None
    cost_cents: int | None = None
    activity: str = ""
    details: str = ""
    reply_by: date | None = None
    with_me: str = ""
    seats_kept: int | None = None
    reminds: bool = False
    cancelled: bool = False
    sequence: int = 0
    changed_at: datetime
    merged_into: str | None = None

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.last_day or self.day

    @property
    def four(self) -> bool:
        """Whether it is a double date."""
        return self.kind == GatheringKind.DOUBLE_DATE

    def is_over(self, today: date) -> bool:
        return today > self.ends
