"""The shapes of gatherings."""

from datetime import date
from uuid import UUID

from service.storage.gatherings import Met
from service.web.api.shapes.text import Told


class GatheringAnswer(Told):
    """A gathering, and how many contacts of it are in the drawer."""

    id: UUID
    name: str
    day: date
    place: str
    kind: str
    contacts: int
    contacts_url: str

    @classmethod
    def of(cls, met: Met) -> "GatheringAnswer":
        one = met.gathering
        url = f"/api/v1/contacts?gathering={one.id}"
        return cls(
            id=UUID(one.id),
            name=one.name,
            day=one.day,
            place=one.place,
            kind=one.kind,
            contacts=met.contacts,
            contacts_url=url,
        )


class GatheringsAnswer(Told):
    """The last gatherings."""

    gatherings: list[GatheringAnswer]
