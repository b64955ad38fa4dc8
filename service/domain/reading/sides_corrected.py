"""The corrections of two sides of a card as corrections of the whole: nobody types a thing twice."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from service.domain.reading.card import Address, Phone, Reading
from service.domain.reading.correction import LIST_KEYS, NAME_KEYS, Changes, corrected
from service.domain.reading.sides import SAME, stands


def joined_changes(front: Reading, front_changes: Changes, back: Reading, back_changes: Changes) -> dict[str, Any]:
    """What lies over `sides.joined(front, back)` so that the corrections of each side hold."""
    changes = {**dict(_single(front, front_changes, back, back_changes)), **front_changes}
    note = "\n".join(text for text in (front_changes.get("note"), back_changes.get("note")) if text)
    if note:
        changes["note"] = note
    ones, others = corrected(front, front_changes), corrected(back, back_changes)
    for key in sorted(LIST_KEYS & (front_changes.keys() | back_changes.keys())):
        kept = list(getattr(ones, key))
        kept += [value for value in getattr(others, key) if not any(SAME[key](one, value) for one in kept)]
        changes[key] = [given(value) for value in kept]
    return changes


def _single(front: Reading, front_changes: Changes, back: Reading, back_changes: Changes) -> Iterator[tuple[str, Any]]:
    """The back's, where its value is the one that stands and the front's was not corrected."""
    for field, keys in {"name": NAME_KEYS, "org": {"org"}, "department": {"department"}, "title": {"title"}}.items():
        read = getattr(front, field)
        if not keys & front_changes.keys() and (read is None or stands(read, getattr(back, field)) is not read):
            yield from ((key, back_changes[key]) for key in keys & back_changes.keys())


def given(value: Any) -> Any:
    """A value as a correction gives it."""
    if isinstance(value, Phone):
        return {"raw": value.raw, "type": value.type.value, "extension": value.extension}
    if isinstance(value, Address):
        parts: Mapping[str, str] = asdict(value)
        return {part: text for part, text in parts.items() if text}
    return value
