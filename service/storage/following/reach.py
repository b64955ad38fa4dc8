"""What a tie takes from its contact: the ways in which it can be reached, its company and its town."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.people.contact import CardFields
from service.domain.people.same import company, letters
from service.domain.people.vcard import fields_of
from service.domain.reading.card import PhoneType
from service.domain.ties.touch import Channel


@dataclass(frozen=True, slots=True)
class Reach:
    """`company` and `town` are normal forms, "" where unknown."""

    channels: tuple[Channel, ...]
    company: str
    town: str


def reach_of(vcard: str) -> Reach:
    fields = fields_of(vcard)
    town = next((letters(address.city) for address in fields.addresses if address.city), "")
    return Reach(tuple(_channels(fields)), company(fields.org) if fields.name else "", town)


def _channels(fields: CardFields) -> Iterator[Channel]:
    """Best first."""
    spoken = [phone for phone in fields.phones if phone.type != PhoneType.FAX]
    mobile = any(phone.type == PhoneType.MOBILE and phone.e164 for phone in spoken)
    if fields.emails:
        yield Channel.MAIL
    if mobile:
        yield Channel.WHATSAPP
    if spoken:
        yield Channel.PHONE
    if any(profile.network == "linkedin" for profile in fields.profiles):
        yield Channel.LINKEDIN
    if mobile:
        yield Channel.SMS
