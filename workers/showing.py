"""The copy of a photo that screens are given: made by the worker, which alone unpacks what strangers sent."""

from collections.abc import Callable

from service.domain.errors import PhotoUnreadable
from service.domain.reading.photo import NOT_TO_SHOW, ScreenCopy
from service.storage.database import Database
from service.storage.files import Files
from service.storage.reading import photos
from workers import extraction


def kept_copy(put: Callable[[bytes], str], content: bytes) -> ScreenCopy:
    """Make the copy of a photo and have it kept (`Files.put`). Of what cannot be unpacked there is none."""
    try:
        jpeg, scale = extraction.screen_copy(content)
    except PhotoUnreadable:
        return NOT_TO_SHOW
    return ScreenCopy(put(jpeg), scale)


def show(db: Database, files: Files, id: str) -> None:  # noqa: A002  # of a photo
    """Make up for a copy that is missing: of photos read before there were any, or cut anew. May be repeated."""
    with db.reading() as tx:
        sha256 = photos.to_show(tx, id)
    if sha256 is None:
        return
    try:
        copy = kept_copy(files.put, files.get(sha256))
    except FileNotFoundError:
        copy = NOT_TO_SHOW
    with db.transaction() as tx:
        unneeded = photos.show(tx, id=id, copy=copy)
    for one in unneeded:
        files.delete(one)
