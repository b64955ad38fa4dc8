"""Photos and pictures of cards in a folder or a bucket, each named by the hash of its bytes and written before its row."""

import hashlib
import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final, Protocol, TypeVar

from service.domain.bucket import Bucket
from service.storage.bucket_shelf import BucketShelf
from service.storage.folder_shelf import FolderShelf

ASIDE_SECONDS: Final = 3600  # no upload lasts so long
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ASIDE: Final = "deleted"
_FOUND: Final = "found"

Read = TypeVar("Read")


class Shelf(Protocol):
    """Where files lie, by names like `ab/cd` in every kind: a folder copied into a bucket is at home there."""

    def put(self, name: str, content: bytes) -> None:
        """Keep the bytes whole or not at all; they are safe when this returns, and the name's time is now."""

    def open(self, name: str) -> BufferedReader:
        """Give the file for reading and seeking. Raises FileNotFoundError."""

    def get(self, name: str) -> bytes:
        """Give all bytes of a file. Raises FileNotFoundError."""

    def move(self, name: str, to: str) -> None:
        """Give a file another name, and a new time; one that is gone is no error."""

    def remove(self, name: str) -> None:
        """Remove a file for good; one that is gone is no error."""

    def age(self, name: str) -> float | None:
        """Give the seconds since a file was kept or moved; None where there is none."""

    def ages(self, folder: str = "") -> Iterator[tuple[str, float]]:
        """Give every name below the folder, with its age."""

    def clear_drafts(self, *, older_than_seconds: float) -> None:
        """Remove what was left half written."""


class Files:
    """Files that never change: the name is the SHA-256 of the content."""

    def __init__(self, place: Path | Bucket) -> None:
        self.shelf: Shelf = FolderShelf(place) if isinstance(place, Path) else BucketShelf(place)

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their name. They are safe, and so is their name, when this returns."""
        sha = hashlib.sha256(content).hexdigest()
        self.shelf.put(name_of(sha), content)
        return sha

    def get(self, sha: str) -> bytes:
        return self._first(self.shelf.get, sha)

    def open(self, sha: str) -> BufferedReader:
        """Give the file for reading and seeking, without all of it in memory. Raises FileNotFoundError."""
        return self._first(self.shelf.open, sha)

    def has(self, sha: str, *, aside: bool = True) -> bool:
        """Whether the file is there; one put aside counts unless told otherwise."""
        return any(self.shelf.age(name) is not None for name in _names(sha)[: 2 if aside else 1])

    def delete(self, sha: str) -> None:
        """Put a file aside; one that is gone already is no error.

        Somebody may be uploading the same bytes now, have seen that the file is there, and write the row a moment
        later. So it is kept aside for a while, and `clear_away` looks again whether a row needs it.
        """
        self.shelf.move(name_of(sha), _aside(sha))

    def set_aside(self) -> list[str]:
        """Give the names of the files put aside."""
        return [name.rpartition("/")[2] for name, _ in self.shelf.ages(_ASIDE)]

    def clear_away(self, sha: str, *, needed: bool) -> None:
        """Bring a file put aside back, if it is needed after all, or remove it for good when it lay long enough."""
        if needed:
            self.shelf.move(_aside(sha), name_of(sha))
        elif self._old(_aside(sha)):
            # Both lie there where a machine died in the middle of a deletion. What is young is an upload.
            if self._old(name_of(sha)):
                self.delete(sha)
            else:
                self.shelf.remove(_aside(sha))

    def set_apart(self, sha: str) -> None:
        """Move a file that is nobody's to where only a person looks; no sweep takes it from there."""
        self.shelf.move(name_of(sha), f"{_FOUND}/{sha}")

    def clear_drafts(self) -> None:
        """Remove what was left half written by who was killed; a draft that young may still be written."""
        self.shelf.clear_drafts(older_than_seconds=ASIDE_SECONDS)

    def there(self) -> Iterator[tuple[str, float]]:
        """Give the name of every file in its place, and how many seconds ago it was kept or last asked for."""
        for name, age in self.shelf.ages():
            sha = name.rpartition("/")[2]
            if _SHA256.fullmatch(sha) and name == name_of(sha):
                yield sha, age

    def _old(self, name: str) -> bool:
        age = self.shelf.age(name)
        return age is not None and age > ASIDE_SECONDS

    @staticmethod
    def _first(read: Callable[[str], Read], sha: str) -> Read:
        # Between the deletion of one row and the sweep, another row may name what was put aside. Looking in its place
        # again is for the sweep that brought it back in between.
        place, aside = _names(sha)
        for name in (place, aside):
            try:
                return read(name)
            except FileNotFoundError:
                continue
        return read(place)


def name_of(sha: str) -> str:
    """Where a file lies: a thousand folders are quick to list where one is not."""
    if not _SHA256.fullmatch(sha):
        raise ValueError("A file is named by the 64 hexadecimal digits of its SHA-256.")
    return f"{sha[:2]}/{sha}"


def _aside(sha: str) -> str:
    return f"{_ASIDE}/{name_of(sha)[3:]}"


def _names(sha: str) -> tuple[str, str]:
    return name_of(sha), _aside(sha)
