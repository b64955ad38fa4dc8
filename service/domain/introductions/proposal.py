"""What is matched: lines of need and of offer, the people behind them, and the pairs proposed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class How(StrEnum):
    """By what a need met an offer: the same thing, nearly the same spelling, or merely what somebody does for a living."""

    SAME = "same"
    SPELLED_ALIKE = "spelled alike"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Line:
    """A note of a need or an offer."""

    id: str
    tie: str
    text: str
    noted_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a tie is with. `company` is a normal form, `work` title and company as printed, `near` 0 a card to 3."""

    tie: str
    company: str = ""
    work: str = ""
    near: int = 0
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`needs` and `helps` are ties; `offer` is None where only what they do for a living speaks for it."""

    needs: str
    helps: str
    need: Line
    offer: Line | None
    how: How
    points: int

    @property
    def pair(self) -> tuple[str, str]:
        return pair_of(self.needs, self.helps)


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two ties in one order, whoever was named first."""
    return (one, other) if one < other else (other, one)
