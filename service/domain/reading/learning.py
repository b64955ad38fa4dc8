"""What corrections teach: how often each kind of field was wrong, and whether we knew. Counts only, no contents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from service.domain.people.contact import fields_of_reading
from service.domain.reading.card import Found, Reading
from service.domain.reading.correction import corrected

FIELDS: Final = ("name", "org", "department", "title", "emails", "phones", "urls", "addresses")
"""The fields that a person can correct."""


@dataclass(frozen=True, slots=True)
class Learned:
    """On how many cards a field was there, and what became of it.

    `added` and `removed` are among the `corrected`; `in_doubt` and `agreed` count cards on which it was read, and
    `in_doubt_corrected` and `agreed_corrected` those of them that a person corrected all the same.
    """

    field: str
    cards: int = 0
    corrected: int = 0
    added: int = 0
    removed: int = 0
    in_doubt: int = 0
    in_doubt_corrected: int = 0
    agreed: int = 0
    agreed_corrected: int = 0

    @property
    def share(self) -> float:
        return self.corrected / self.cards if self.cards else 0.0


def learned(cards: Iterable[tuple[Reading, Mapping[str, Any]]]) -> list[Learned]:
    """Readings and the corrections laid over them -> the fields, those most often corrected first."""
    counts = {field: Learned(field) for field in FIELDS}
    for reading, changes in cards:
        before, after = fields_of_reading(reading), corrected(reading, changes)
        for field in FIELDS:
            counts[field] = _counted(counts[field], reading, getattr(before, field), getattr(after, field))
    return sorted(counts.values(), key=lambda one: (-one.corrected, -one.share))


def _counted(so_far: Learned, reading: Reading, before: Any, after: Any) -> Learned:
    if not before and not after:
        return so_far
    wrong = before != after
    founds = _founds(reading, so_far.field)
    doubted = any(found.doubt for found in founds)
    agreed = bool(founds) and all(_agreed(found) for found in founds)
    return replace(
        so_far,
        cards=so_far.cards + 1,
        corrected=so_far.corrected + wrong,
        added=so_far.added + (not before),
        removed=so_far.removed + (not after),
        in_doubt=so_far.in_doubt + doubted,
        in_doubt_corrected=so_far.in_doubt_corrected + (doubted and wrong),
        agreed=so_far.agreed + agreed,
        agreed_corrected=so_far.agreed_corrected + (agreed and wrong),
    )


def _founds(reading: Reading, field: str) -> tuple[Found[Any], ...]:
    kept = getattr(reading, field)
    if isinstance(kept, tuple):
        return kept
    return (kept,) if kept else ()


def _agreed(found: Found[Any]) -> bool:
    """Whether two readers saw the same, or a code on the card says it."""
    return len(found.evidence.engines) > 1 or "code" in found.evidence.engines
