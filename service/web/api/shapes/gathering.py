"""The shapes of gatherings and their guests."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.gatherings.gathering import Gathering, GatheringKind, Reply
from service.domain.gatherings.said import MOST_CENTS, MOST_HOURS, MOST_SEATS
from service.domain.ties.touch import Channel
from service.storage.meeting.gatherings import Met
from service.storage.meeting.guests import Guest
from service.web.api.shapes.text import NO_CONTROL, Given, Id, Line, Note, Told

Name = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROL)]
Hour = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]


class GatheringsQuery(Given):
    """`ahead` lists what is to come, soonest first, in place of where somebody was met."""

    ahead: bool = False


class GatheringChanges(Given):
    """What is said of a gathering; a key that is there replaces the value."""

    name: Name | None = None
    day: date | None = None
    last_day: date | None = None
    begins: Hour = ""
    place: Name = ""
    kind: GatheringKind | None = None
    hours: float | None = Field(None, ge=0, le=MOST_HOURS)
    cost_cents: int | None = Field(None, ge=0, le=MOST_CENTS)
    activity: Name = ""
    details: Annotated[str, StringConstraints(max_length=2000, pattern=NO_CONTROL)] = ""
    reply_by: date | None = None
    with_me: Name = ""
    seats_kept: int | None = Field(None, ge=0, le=MOST_SEATS)


class GatheringGiven(GatheringChanges):
    """A gathering to put into the calendar: a name and a day, and whatever else is known."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROL)]
    day: date


class CancelGiven(Given):
    cancelled: bool = True


class MergeGiven(Given):
    """The gathering whose contacts come over; it is listed no more."""

    other: Id


class GuestsGiven(Given):
    contacts: Annotated[list[Id], Field(min_length=1, max_length=200)]


class GuestChanges(Given):
    """What the host says of a guest. `answer` is one given by word of mouth, with whom they bring."""

    answer: Reply | None = None
    brings: Annotated[str, StringConstraints(max_length=120, pattern=NO_CONTROL)] = ""
    came: bool = False
    asked: bool = False
    guest_came: bool = False
    guest_asked: bool = False


class SentGiven(Given):
    """By which channel and in which words it went out."""

    channel: Channel | None = None
    text: Note = ""


class NewPersonGiven(Given):
    """The guest of a guest, who becomes a contact."""

    name: Annotated[str, StringConstraints(max_length=120, pattern=NO_CONTROL)] = ""
    phone: Line = ""
    mail: Line = ""


class GatheringAnswer(Told):
    """A gathering, and how many contacts of it are in the drawer."""

    id: UUID
    name: str
    day: date
    last_day: date | None
    begins: str
    place: str
    kind: str
    own: bool
    hours: float | None
    cost_cents: int | None
    activity: str
    details: str
    reply_by: date | None
    with_me: str
    seats_kept: int | None
    cancelled: bool
    contacts: int
    contacts_url: str

    @classmethod
    def of(cls, met: Met) -> "GatheringAnswer":
        return cls.told(met.gathering, met.contacts)

    @classmethod
    def told(cls, one: Gathering, contacts: int) -> "GatheringAnswer":
        same = cls.model_fields.keys() - {"id", "contacts", "contacts_url"}
        url = f"/api/v1/contacts?gathering={one.id}"
        said = {name: getattr(one, name) for name in same}
        return cls(id=UUID(one.id), contacts=contacts, contacts_url=url, **said)


class GatheringsAnswer(Told):
    """Some gatherings."""

    gatherings: list[GatheringAnswer]


class GuestAnswer(Told):
    """A guest; `link` is the address of their own page, where they answer."""

    id: UUID
    contact: UUID
    name: str
    with_guest: bool
    answer: str
    brings: str
    invited: bool
    came: bool
    thanked: bool
    asked: bool
    guest_came: bool
    guest_asked: bool
    link: str

    @classmethod
    def of(cls, guest: Guest, link: str) -> "GuestAnswer":
        return cls(
            id=UUID(guest.id),
            contact=UUID(guest.contact_id),
            name=guest.name,
            with_guest=guest.with_guest,
            answer=guest.answer,
            brings=guest.brings,
            invited=bool(guest.invited),
            came=bool(guest.came),
            thanked=bool(guest.thanked),
            asked=guest.asked,
            guest_came=guest.guest_came,
            guest_asked=guest.guest_asked,
            link=link,
        )


class WholeGatheringAnswer(Told):
    """A gathering with its guests."""

    gathering: GatheringAnswer
    guests: list[GuestAnswer]


class MergeAnswer(Told):
    """The id by which the merge is undone."""

    merge: UUID


class ContactMadeAnswer(Told):
    contact: UUID
