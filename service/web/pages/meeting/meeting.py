"""How one met a contact, as its page tells it: the gathering once, and then what was noted."""

import re
from dataclasses import dataclass
from typing import Final

from flask_babel import format_date

from service.domain.gatherings.gathering import Gathering
from service.domain.people.contact import CardFields
from service.storage.database import Transaction
from service.storage.meeting import gatherings
from service.storage.people.contacts import KeptContact
from service.web.pages.language import current

_HEADER: Final = re.compile(r".{1,500}, \d{4}-\d\d-\d\d")
"""How a vCard's note begins for somebody who was met at a gathering."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """`others` are the contacts met at the same gathering."""

    gathering: Gathering | None
    day: str
    note: str
    others: int


def meeting_of(tx: Transaction, *, owner: str, contact: KeptContact, fields: CardFields) -> Meeting:
    if contact.gathering_id is None:
        return Meeting(None, "", fields.note, 0)
    gathering = gatherings.get(tx, owner=owner, id=contact.gathering_id)
    others = gatherings.numbers(tx, [gathering.id]).get(gathering.id, 1) - 1
    day = str(format_date(gathering.day, "d 'de' MMMM 'de' y" if current() == "es" else "d MMMM y"))
    return Meeting(gathering, day, _without(gathering, fields.note), others)


def _without(gathering: Gathering, note: str) -> str:
    """The vCard's note begins with the gathering, for address books that show nothing else; here it is told above."""
    first, _, rest = note.partition("\n")
    # By its day, for the gathering may be called otherwise by now, or be one with another.
    return rest if first == f"{gathering.name}, {gathering.day.isoformat()}" or _HEADER.fullmatch(first) else note
