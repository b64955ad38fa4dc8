"""Who in the drawer a card or a contact may be the same person as, as the screens show it."""

from dataclasses import dataclass

from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.database import Transaction
from service.storage.people import contacts, duplicates, merges
from service.storage.people.contacts import KeptContact
from service.storage.people.merges import Merge
from service.web.pages.people.duplicate_wording import FIELDS, REASONS
from service.web.pages.reading.review import text_of

MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the drawer; `second` is what tells them from others of their name."""

    id: str
    name: str
    second: str
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A contact that went into another: its name, and what it brought, each with the name of the field."""

    merge: Merge
    name: str
    brought: tuple[tuple[str, str], ...]


def known_as(tx: Transaction, *, owner: str, fields: CardFields) -> list[Known]:
    """Whose new card this may be, the likeliest first."""
    found = duplicates.like(tx, owner=owner, fields=fields)[:MOST]
    return [_known(contacts.get(tx, owner=owner, id=one.contact_id), one) for one in found]


def alike(tx: Transaction, *, owner: str, contact_id: str) -> list[tuple[str, str, str]]:
    """The pairs of a contact that wait for a word: both ids, and the name of the other."""
    pairs = duplicates.of_contact(tx, owner=owner, contact_id=contact_id)[:MOST]
    others = [(pair, contacts.get(tx, owner=owner, id=pair.beside(contact_id))) for pair in pairs]
    return [(pair.one_id, pair.other_id, other.name or other.org) for pair, other in others]


def joined(tx: Transaction, *, owner: str, contact_id: str, fields: CardFields) -> list[Part]:
    """What the contact was joined of, the last first; `fields` are what it says now."""
    made = merges.of_contact(tx, owner=owner, contact_id=contact_id)
    return [_part(one, fields) for one in made]


def values_of(fields: CardFields, field: str) -> tuple[str, ...]:
    """What a contact says of one thing, as a person would type it."""
    said = getattr(fields, field)
    if isinstance(said, tuple):
        return tuple(text_of(one) for one in said)
    return (text_of(said),) if said else ()


def _part(merge: Merge, now: CardFields) -> Part:
    """Values that the one that stayed did not have, as far as they are still there."""
    mine, theirs = fields_of(merge.kept_before), fields_of(merge.gone_before)
    brought = tuple(
        (str(name), value)
        for field, name in FIELDS.items()
        for value in _lines(theirs, field)
        if value in _lines(now, field) and value not in _lines(mine, field)
    )
    return Part(merge, theirs.shown_as, brought)


def _lines(fields: CardFields, field: str) -> list[str]:
    """A note is joined line by line."""
    return [line for value in values_of(fields, field) for line in (value.splitlines() if field == "note" else [value])]


def _known(contact: KeptContact, one: duplicates.Alike) -> Known:
    second = " · ".join(part for part in (contact.title, contact.org if contact.name else "") if part)
    why = str(REASONS[one.likeness.reason, one.likeness.sure])
    return Known(contact.id, contact.name or contact.org, second, why, one.likeness.sure)
