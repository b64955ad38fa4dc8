"""How far an introduction has come, and what it waits for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from service.domain.ties.introduction import REFUSALS, CameOf, Said


class Step(StrEnum):
    """What is next, or how it ended: DECLINED by one of the two, DROPPED by the user.

    READY has two yeses; in TELL a no is still to be told to who had said yes.
    """

    ASK = "ask"
    WAIT = "wait"
    LATER = "later"
    READY = "ready"
    MADE = "made"
    TELL = "tell"
    DECLINED = "declined"
    DROPPED = "dropped"


UNDER_WAY = frozenset({Step.ASK, Step.WAIT, Step.LATER, Step.READY, Step.TELL})


@dataclass(frozen=True, slots=True)
class Course:
    """What the user said of it, and what the acts of both sides told. The time of a meeting is a local one, HH:MM.

    By side, a and b: when each was asked, what each said and when. `first` is asked first, `needs` needs something,
    `agreed` is whom it was promised to ("" where it was not).
    """

    id: str
    a: str
    b: str
    first: str
    needs: str
    need: str
    offer: str
    by_hand: bool
    promise_id: str
    agreed: str
    begun_on: date
    asks_on: date
    closed_on: date | None
    asked: dict[str, date | None]
    said: dict[str, Said | None]
    said_on: dict[str, date | None]
    told_on: date | None
    made_on: date | None
    outcome: CameOf | None
    meets_on: date | None
    meets_at: str
    place: str
    sequence: int
    created_at: datetime

    def tie(self, side: str) -> str:
        return self.a if side == "a" else self.b

    def side(self, tie_id: str) -> str:
        return "a" if tie_id == self.a else "b"

    @property
    def step(self) -> Step:
        if self.made_on:
            return Step.MADE
        refused = bool(REFUSALS & set(self.said.values()))
        if refused or self.closed_on:
            return self._over(refused=refused)
        if self.said["a"] is Said.YES and self.said["b"] is Said.YES:
            return Step.READY
        return self._asking(self.turn)

    @property
    def turn(self) -> str:
        """The side that is asked now, or next: the first one until it said yes."""
        return other(self.first) if self.said[self.first] is Said.YES else self.first

    @property
    def untouched(self) -> bool:
        """Whether nobody was asked anything: then it can be taken back as if it had never been."""
        return not (self.asked["a"] or self.asked["b"] or self.made_on or self.told_on)

    def _over(self, *, refused: bool) -> Step:
        owed = Said.YES in self.said.values() and not self.told_on and not (self.closed_on and self.promise_id)
        if owed:
            return Step.TELL
        return Step.DECLINED if refused else Step.DROPPED

    def _asking(self, side: str) -> Step:
        if self.said[side] is Said.LATER:
            return Step.LATER
        return Step.WAIT if self.asked[side] else Step.ASK


def other(side: str) -> str:
    return "b" if side == "a" else "a"
