"""What a person had corrected on a card that is read again: nobody types a thing twice."""

from collections.abc import Mapping
from typing import Any

from service.domain.people.contact import fields_of_reading
from service.domain.reading.card import Reading
from service.domain.reading.correction import LIST_KEYS, corrected
from service.domain.reading.sides import SAME
from service.domain.reading.sides_corrected import given


def carried(before: Reading, changes: Mapping[str, Any], after: Reading) -> dict[str, Any]:
    """The corrections for the new reading.

    Single values stand. A list is read anew, and what the person added to the old one is added to it.
    """
    kept = {key: value for key, value in changes.items() if key not in LIST_KEYS}
    read, wanted, anew = fields_of_reading(before), corrected(before, changes), fields_of_reading(after)
    for key in sorted(LIST_KEYS & changes.keys()):
        known = (*getattr(read, key), *getattr(anew, key))
        added = [value for value in getattr(wanted, key) if not any(SAME[key](one, value) for one in known)]
        if added:
            kept[key] = [given(value) for value in (*getattr(anew, key), *added)]
    return kept
