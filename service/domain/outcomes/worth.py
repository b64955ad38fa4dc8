"""What events were worth: cards, persons, ties, referrals and clients, for what hours and money; sums that agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Final

FEW_EVENTS: Final = 3
FEW_CARDS: Final = 20
"""Of fewer than these nothing can be said yet: one client more would turn the order round."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of what came of some events. `persons` are among the `cards`, `ties` among the `persons`."""

    cards: int = 0
    persons: int = 0
    ties: int = 0
    referrals: int = 0
    clients: int = 0
    value_cents: int = 0
    hours: float = 0
    cost_cents: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))


@dataclass(frozen=True, slots=True)
class Worth:
    """What one event was worth; `id` is "" for all that began at none. Hours and cost are None while nobody said."""

    id: str
    name: str
    kind: str
    day: date | None
    sums: Sums
    hours: float | None = None
    cost_cents: int | None = None


@dataclass(frozen=True, slots=True)
class KindWorth:
    """What the events of a kind were worth together; `told` of them say hours or cost."""

    kind: str
    events: int
    sums: Sums
    told_hours: int
    told_cost: int


class Caution(StrEnum):
    """How much a row of numbers can say."""

    NOTHING = "nothing"
    ONE_EVENT = "one event"
    FEW = "few"
    SOME = "some"


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


def by_kind(rows: Sequence[Worth]) -> tuple[KindWorth, ...]:
    """The kinds with something to show, those with most clients first; what began at no event is left out."""
    kinds = sorted({row.kind for row in rows if row.id})
    found = [_of_kind(kind, [row for row in rows if row.id and row.kind == kind]) for kind in kinds]
    return tuple(sorted(found, key=lambda one: (*(-number for number in rank(one.sums)), one.kind)))


def rank(sums: Sums) -> tuple[int, ...]:
    """What counts, in its order."""
    return sums.clients, sums.referrals, sums.ties, sums.persons, sums.cards


def caution(sums: Sums, events: int = 1) -> Caution:
    if sums.cards == 0 and sums.referrals == 0 and sums.clients == 0:
        return Caution.NOTHING
    if events <= 1:
        return Caution.ONE_EVENT
    return Caution.FEW if events < FEW_EVENTS or sums.cards < FEW_CARDS else Caution.SOME


def cost_each(cost_cents: int | None, count: int) -> int | None:
    """Cents for each of them; None where the cost was not told or there is nobody to share it."""
    return None if cost_cents is None or count == 0 else round(cost_cents / count)


def _of_kind(kind: str, rows: Sequence[Worth]) -> KindWorth:
    told_cost = sum(row.cost_cents is not None for row in rows)
    told_hours = sum(row.hours is not None for row in rows)
    return KindWorth(kind, len(rows), total(row.sums for row in rows), told_hours, told_cost)
