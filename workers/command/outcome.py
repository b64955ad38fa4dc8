"""What became of one photo of `undrawer scan`; this part runs in a process that may die of it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from service.config import Reader
from service.domain.errors import PhotoRefused, PhotoUnreadable
from service.domain.people import vcard
from service.domain.people.contact import contact_of, fields_of_reading
from service.domain.reading.card import ReadCard
from service.domain.reading.photo import MAX_PHOTO_BYTES, SNIFF_BYTES, check_size, kind_of
from service.domain.reading.reading_json import summary


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo to be read: the name it was given by, and its bytes if they do not lie in a file of this name."""

    name: str
    content: bytes | None = None

    @property
    def shown_name(self) -> str:
        """The name as text: Unix lets a file's name hold bytes that are none."""
        return self.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cards of a photo in both forms, or an error's code and message."""

    file: str
    cards: tuple[dict[str, Any], ...] = ()
    vcards: tuple[str, ...] = ()
    error: dict[str, str] | None = None


def failed(photo: Photo, *, code: str, message: str) -> Outcome:
    return Outcome(photo.shown_name, error={"code": code, "message": message})


def outcome_of(photo: Photo, *, reader: Reader) -> Outcome:
    try:
        content = _bytes_of(photo)
    except OSError as error:
        return failed(photo, code="cannot_open", message=f"The file cannot be opened: {error.strerror}.")
    try:
        cards = _read(content, reader=reader)
    except (PhotoRefused, PhotoUnreadable) as error:
        return failed(photo, code=error.code, message=error.message)
    return Outcome(photo.shown_name, tuple(summary(card.reading) for card in cards), _vcards(content, cards))


def _bytes_of(photo: Photo) -> bytes:
    """Read no more of a film, or of a pipe without end, than shows that it is too big."""
    if photo.content is not None:
        return photo.content
    with Path(photo.name).open("rb") as file:
        return file.read(MAX_PHOTO_BYTES + 1)


def _read(content: bytes, *, reader: Reader) -> list[ReadCard]:
    # Only a process that reads waits for the networks' libraries; the one that prints does not.
    from workers.extraction import load, read  # noqa: PLC0415

    check_size(len(content))
    kind_of(content[:SNIFF_BYTES])
    load(reader)
    return read(content, reader=reader)


def _vcards(content: bytes, cards: list[ReadCard]) -> tuple[str, ...]:
    """The identifiers come from the photo, so that importing the same photo twice makes no second contact."""
    digest = hashlib.sha256(content).hexdigest()
    now = datetime.now(UTC)
    return tuple(
        vcard.render(
            contact_of(
                fields_of_reading(card.reading),
                uid=str(uuid5(NAMESPACE_OID, f"{digest}/{place}")),
                gathering="",
                note="",
                met_on=None,
                now=now,
            )
        )
        for place, card in enumerate(cards)
    )
