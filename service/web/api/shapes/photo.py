"""The shapes of photos: as they are sent, and as they are told of."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.reading.card import Side
from service.domain.reading.photo import REASONS, PhotoState
from service.domain.reading.stamp import Stamp
from service.storage.reading.cards import Card
from service.storage.reading.photos import Photo
from service.web.api.shapes.text import NO_CONTROL, Given, Hash, Key, Line, Note, PageQuery, Problem, Told

PHOTOS_AT_ONCE: Final = 500
Name = Annotated[str, StringConstraints(max_length=255, pattern=NO_CONTROL)]


class Said(Given):
    """What was said when the photos were taken: where, on which day, and what was promised for when."""

    gathering: Line = ""
    place: Line = ""
    met_on: date | None = None
    note: Note = ""
    promise: Line = ""
    promise_on: date | None = None

    def stamp(self) -> Stamp:
        names = ("gathering", "place", "met_on", "note", "promise", "promise_on")
        return Stamp(**{name: getattr(self, name) for name in names})


class PhotosForm(Said):
    """The text fields beside the files: nothing, or an id for each file, in their order."""

    id: list[UUID] = Field(default_factory=list, max_length=PHOTOS_AT_ONCE)


class PhotoQuery(Said):
    """What is known of a photo that is sent as bare bytes.

    A `side` says which side of the card it was taken of; `pair`, with a back, is the id of the front's photo.
    """

    name: Name = ""
    note: Line = ""
    side: Side | None = None
    pair: UUID | None = None

    def stamp(self) -> Stamp:
        return replace(super().stamp(), side=self.side, pair=str(self.pair) if self.pair else None)


class PhotoHeaders(Given, extra="ignore"):
    """`X-Sha256` (hexadecimal) lets a phone be sure that what arrived is what it sent.

    `X-Account` says whose photo it is: a phone that two people use sends nobody's photo to the other.
    """

    x_sha256: Hash = ""
    x_account: Key = ""


class PhotosQuery(PageQuery):
    state: PhotoState | Literal[""] = ""


class PhotoSummary(Told):
    """A photo. `reason` says why an unreadable one is so, and `advice` what to do about it.

    `image_url` is null until it was read, `original_url` once its bytes were let go of.
    """

    id: UUID
    url: str
    image_url: str | None
    original_url: str | None
    state: PhotoState
    reason: str | None
    advice: str | None
    kind: str
    size_bytes: int
    sha256: str
    name: str
    gathering: str
    place: str
    met_on: date | None
    note: str
    promise: str
    promise_on: date | None
    side: Side | None
    pair: UUID | None
    spoken_note_url: str | None
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
    said = ("gathering", "place", "met_on", "note", "promise", "promise_on", "side", "pair")
    same = ("id", "kind", "sha256", "name", *said, "tries", "received_at", "read_at")
    return {
        **{name: getattr(photo, name) for name in same},
        "url": url,
        "image_url": f"{url}/image" if photo.shown else None,
        "original_url": None if photo.gone_at else f"{url}/original",
        "spoken_note_url": f"{url}/spoken-note" if photo.spoken else None,
        "state": PhotoState(photo.state),
        "reason": photo.reason or None,
        "advice": REASONS.get(photo.reason or ""),
        "size_bytes": photo.size,
    }
