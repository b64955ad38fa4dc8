"""The shapes of photos: as they are sent, and as they are told of."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.photo import REASONS, PhotoState
from service.storage.cards import Card
from service.storage.photos import Photo
from service.web.api.shapes.text import NO_CONTROL, Given, Hash, Key, Line, Note, PageQuery, Problem, Told

PHOTOS_AT_ONCE: Final = 500
Name = Annotated[str, StringConstraints(max_length=255, pattern=NO_CONTROL)]


class PhotosForm(Given):
    """The text fields beside the files: nothing, or an id for each file, in their order."""

    id: list[UUID] = Field(default_factory=list, max_length=PHOTOS_AT_ONCE)
    gathering: Line = ""
    note: Note = ""


class PhotoQuery(Given):
    """What is known of a photo that is sent as bare bytes."""

    name: Name = ""
    gathering: Line = ""
    note: Line = ""


class PhotoHeaders(Given, extra="ignore"):
    """`X-Sha256` (hexadecimal) lets a phone be sure that what arrived is what it sent.

    `X-Account` says whose photo it is: a phone that two people use sends nobody's photo to the other.
    """

    x_sha256: Hash = ""
    x_account: Key = ""


class PhotosQuery(PageQuery):
    state: PhotoState | Literal[""] = ""


class PhotoSummary(Told):
    """A photo. `reason` says why an unreadable one is so, and `advice` what to do about it."""

    id: UUID
    url: str
    image_url: str
    state: PhotoState
    reason: str | None
    advice: str | None
    kind: str
    size_bytes: int
    sha256: str
    name: str
    gathering: str
    note: str
    tries: int
    received_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, photo: Photo) -> "PhotoSummary":
        return cls(**_summary(photo))


class PhotoAnswer(PhotoSummary):
    """A photo, and the ids of the cards found in it."""

    cards: list[UUID]

    @classmethod
    def with_cards(cls, photo: Photo, cards: list[Card]) -> "PhotoAnswer":
        return cls(**_summary(photo), cards=[UUID(card.id) for card in cards])


class Arrival(Told):
    """What became of one file of an upload: a photo (`known` if it was kept before), or an error."""

    file: str
    known: bool
    photo: PhotoAnswer | None
    error: Problem | None


class Arrivals(Told):
    """One entry for each file, in the order sent."""

    photos: list[Arrival]


class PhotosAnswer(Told):
    """A page of photos, newest first; `next` is null on the last one."""

    photos: list[PhotoSummary]
    next: str | None


def _summary(photo: Photo) -> dict[str, Any]:
    url = f"/api/v1/photos/{photo.id}"
    same = ("id", "kind", "sha256", "name", "gathering", "note", "tries", "received_at", "read_at")
    return {
        **{name: getattr(photo, name) for name in same},
        "url": url,
        "image_url": f"{url}/image",
        "state": PhotoState(photo.state),
        "reason": photo.reason or None,
        "advice": REASONS.get(photo.reason or ""),
        "size_bytes": photo.size,
    }
