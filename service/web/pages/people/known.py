"""Who in the drawer a card or a contact may be the same person as, as the screens show it."""

from dataclasses import dataclass

from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.database import Transaction
from service.storage.people import contacts, duplicates, merges
from service.storage.people.contacts import KeptContact
from service.storage.people.merges import Merge
from service.web.pages.people.duplicate_wording import REASONS

MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the drawer; `second` is what tells them from others of their name."""

    id: str
    name: str
    second: str
    why: str
    sure: bool


def known_as(tx: Transaction, *, owner: str, fields: CardFields) -> list[Known]:
    """Whose new card this may be, the likeliest first."""
    found = duplicates.like(tx, owner=owner, fields=fields)[:MOST]
    return [_known(contacts.get(tx, owner=owner, id=one.contact_id), one) for one in found]


def alike(tx: Transaction, *, owner: str, contact_id: str) -> list[tuple[str, str, str]]:
    """The pairs of a contact that wait for a word: both ids, and the name of the other."""
    pairs = duplicates.of_contact(tx, owner=owner, contact_id=contact_id)[:MOST]
    others = [(pair, contacts.get(tx, owner=owner, id=pair.beside(contact_id))) for pair in pairs]
    return [(pair.one_id, pair.other_id, other.name or other.org) for pair, other in others]


def joined(tx: Transaction, *, owner: str, contact_id: str) -> list[tuple[Merge, str]]:
    """What the contact was joined of, with the name that each had."""
    made = merges.of_contact(tx, owner=owner, contact_id=contact_id)
    return [(one, fields_of(one.gone_before).shown_as) for one in made]


def _known(contact: KeptContact, one: duplicates.Alike) -> Known:
    second = " · ".join(part for part in (contact.title, contact.org if contact.name else "") if part)
    why = str(REASONS[one.likeness.reason, one.likeness.sure])
    return Known(contact.id, contact.name or contact.org, second, why, one.likeness.sure)
