"""A contact: the plain values of a person or a company, and what is known of the meeting."""

from dataclasses import dataclass
from datetime import date, datetime

from service.domain.reading.card import Address, PersonName, Phone, Profile, Reading


@dataclass(frozen=True, slots=True)
class CardFields:
    """What a card says, as plain values, after a person's corrections. Without a name it is a company's."""

    name: PersonName | None = None
    org: str = ""
    department: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()
    addresses: tuple[Address, ...] = ()
    lang: str = ""
    country: str = ""
    note: str = ""

    @property
    def shown_as(self) -> str:
        """The one line that stands for it in a list; never empty if anything at all is known."""
        name = self.name.printed if self.name else ""
        return name or self.org or next(iter(self.emails), "") or next((phone.raw for phone in self.phones), "")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or company in the address book, before it becomes its vCard text."""

    uid: str
    fields: CardFields
    gathering: str
    met_note: str
    revised: datetime


def fields_of_reading(reading: Reading) -> CardFields:
    """The values of a reading, without their evidence."""
    return CardFields(
        name=reading.name.value if reading.name else None,
        org=reading.org.value if reading.org else "",
        department=reading.department.value if reading.department else "",
        title=reading.title.value if reading.title else "",
        emails=tuple(found.value for found in reading.emails),
        phones=tuple(found.value for found in reading.phones),
        urls=tuple(found.value for found in reading.urls),
        profiles=tuple(found.value for found in reading.profiles),
        addresses=tuple(found.value for found in reading.addresses),
        lang=reading.lang,
        country=reading.country,
    )


def contact_of(
    fields: CardFields, *, uid: str, gathering: str, note: str, met_on: date | None, now: datetime
) -> Contact:
    """A contact whose note says where and when we met, then what was noted at the time."""
    where = ", ".join(part for part in (gathering, met_on.isoformat() if met_on and gathering else "") if part)
    noted = "\n".join(part for part in (where, note, fields.note) if part)
    return Contact(uid=uid, fields=fields, gathering=gathering, met_note=noted, revised=now)
