"""A seat: what the week has chosen, and what became of it. The seats of a week are what it holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.ties.touch import Touch


class SeatState(StrEnum):
    """Given back is a proposal that yielded its seat to a debt."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    GIVEN_BACK = "given back"


@dataclass(frozen=True, slots=True)
class Seat:
    """A touch in a week (named by its Monday). The touch is kept as it was when it was chosen or done."""

    week: date
    touch: Touch
    chosen_on: date
    position: int = 0
    state: SeatState = SeatState.OPEN

    @property
    def proposed(self) -> bool:
        return self.touch.lane.proposed


class LeftOutReason(StrEnum):
    NO_SEAT = "no seat"
    CAP = "cap"
    COMPANY = "company"
    WAITS_FOR_WORD = "waits for your answer"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A tie that got no seat; `touch` is None for one that waits for the user's word."""

    tie: str
    reason: LeftOutReason
    touch: Touch | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """What the week asks for, in order, and what it leaves out: a number and the next few.

    `seats` is the budget and the raise; `given_back` are touches that yielded their seat to a debt. `fresh_chosen` of
    `fresh_due` first messages have a seat, or had one.
    """

    monday: date
    seats: int
    chosen: tuple[Touch, ...]
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    given_back: tuple[Touch, ...] = ()
    fresh_chosen: int = 0
    fresh_due: int = 0

    @property
    def proposals(self) -> tuple[Touch, ...]:
        return tuple(touch for touch in self.chosen if touch.lane.proposed)

    @property
    def fresh_without_seat(self) -> int:
        """Where there are any, Today offers once to write to more of them this week."""
        return self.fresh_due - self.fresh_chosen
