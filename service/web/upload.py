"""Photos in and out, for the API and the pages.

In: bytes on disk, then the row, then the commit, then the bell; only then an answer. Out: the other way round.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from uuid import uuid4

from service.domain.errors import Conflict
from service.domain.reading.photo import PhotoState, check_size, kind_of
from service.domain.reading.spoken import check_length, kind_of_sound
from service.domain.reading.stamp import UNSAID, Stamp, checked
from service.storage import named_files
from service.storage.reading import photos
from service.storage.reading.photos import Photo
from service.web.identity import account
from service.web.parts import parts

NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo that is safe on disk; `known` where the account had it already."""

    photo: Photo
    known: bool


def take_in(content: bytes, *, id: str | None = None, name: str = "", stamp: Stamp = UNSAID) -> Taken:  # noqa: A002 - the word of the API
    """Keep a photo for the account that asks and have it read. Raises PhotoRefused, BadValue and Conflict."""
    check_size(len(content), limit_bytes=parts().config.max_photo_bytes)
    kind = kind_of(content)
    stamp = checked(stamp, today=datetime.now(tz=UTC).date())
    sha256 = parts().files.put(content)
    try:
        with parts().db.transaction() as tx:
            photo, new = photos.receive(
                tx,
                owner=account().id,
                id=id or str(uuid4()),
                sha256=sha256,
                size=len(content),
                kind=kind,
                name=plain_name(name),
                stamp=stamp,
            )
    except Conflict:
        with parts().db.reading() as tx:
            _put_aside(named_files.unneeded(tx, [sha256]))
        raise
    if new:
        parts().queue.ring("read_photo", photo.id)
    return Taken(photo, known=not new)


def take_in_spoken(content: bytes, *, photo_id: str) -> Photo:
    """Keep a spoken note beside its photo; a second one takes the place of the first. Raises PhotoRefused, NotFound."""
    check_length(len(content))
    kind = kind_of_sound(content)
    with parts().db.reading() as tx:
        photos.get(tx, owner=account().id, id=photo_id)
    return _speak(photo_id, spoken=parts().files.put(content), kind=kind)


def unsay(photo_id: str) -> Photo:
    """Take the spoken note of a photo away. Raises NotFound."""
    return _speak(photo_id, spoken="", kind="")


def _speak(photo_id: str, *, spoken: str, kind: str) -> Photo:
    with parts().db.transaction() as tx:
        unneeded = photos.speak(tx, owner=account().id, id=photo_id, spoken=spoken, kind=kind)
        photo = photos.get(tx, owner=account().id, id=photo_id)
    _put_aside(unneeded)
    return photo


def read_again(id: str) -> Photo:  # noqa: A002
    """Have an unreadable photo read once more; others stay as they are. Raises NotFound."""
    return read_again_for(account().id, id)


def read_again_for(owner: str, id: str) -> Photo:  # noqa: A002
    """The same, of this account."""
    with parts().db.transaction() as tx:
        photo = photos.try_again(tx, owner=owner, id=id)
    if photo.state == PhotoState.RECEIVED:
        parts().queue.ring("read_photo", photo.id)
    return photo


def throw_away(id: str) -> None:  # noqa: A002
    """Delete a photo and the cards found in it; confirmed contacts stay. Raises NotFound."""
    with parts().db.transaction() as tx:
        unneeded = photos.delete(tx, owner=account().id, id=id)
    _put_aside(unneeded)


def plain_name(name: str) -> str:
    """The last part of a file name, without signs that cannot be shown."""
    shown = "".join(sign for sign in name.replace("\\", "/") if sign.isprintable())
    return PurePath(shown).name[-NAME_LIMIT:]


def _put_aside(files: Iterable[str]) -> None:
    for sha256 in files:
        parts().files.delete(sha256)
