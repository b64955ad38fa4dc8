"""Whether a card is sure: somebody is named, can be reached, and nothing on it is left in doubt."""

from collections.abc import Mapping
from typing import Any

from service.domain.reading.card import Found, Reading
from service.domain.reading.correction import NAME_KEYS, corrected

ASKED = ("name", "org", "title", "department", "phones", "emails", "urls", "addresses")
"""The fields whose doubts a person is asked about."""


def is_sure(reading: Reading, changes: Mapping[str, Any]) -> bool:
    """Whether the card may go into the drawer without a look at it."""
    fields = corrected(reading, changes)
    reachable = fields.emails or fields.phones
    return bool((fields.name or fields.org) and reachable) and not in_doubt(reading, changes)


def in_doubt(reading: Reading, changes: Mapping[str, Any]) -> list[str]:
    """The fields with a doubt that no person has answered yet."""
    return [field for field in ASKED if not _answered(field, changes) and any(one.doubt for one in _of(reading, field))]


def _answered(field: str, changes: Mapping[str, Any]) -> bool:
    return bool((NAME_KEYS if field == "name" else {field}) & changes.keys())


def _of(reading: Reading, field: str) -> tuple[Found[Any], ...]:
    kept = getattr(reading, field)
    if isinstance(kept, tuple):
        return kept
    return (kept,) if kept else ()
