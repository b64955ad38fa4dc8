"""Files in a folder of this machine, or one that several machines share."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from uuid import uuid4


class FolderShelf:
    """A folder; see `files.Shelf` for what is promised."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        return self._folder / name

    def put(self, name: str, content: bytes) -> None:
        path = self.path(name)
        if not self._keeps(path, len(content)):
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace_through(path, content)
        for folder in (path.parent, self._folder):
            _settle(folder)

    def open(self, name: str) -> BufferedReader:
        return self.path(name).open("rb")

    def get(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def move(self, name: str, to: str) -> None:
        path, target = self.path(name), self.path(to)
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(path)
            path.replace(target)

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def age(self, name: str) -> float | None:
        try:
            return time.time() - self.path(name).stat().st_mtime
        except FileNotFoundError:
            return None

    def ages(self, folder: str = "") -> Iterator[tuple[str, float]]:
        for path in (self._folder / folder).rglob("[!.]*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    yield path.relative_to(self._folder).as_posix(), time.time() - path.stat().st_mtime

    def clear_drafts(self, *, older_than_seconds: float) -> None:
        for path in self._folder.glob("*/.*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > older_than_seconds:
                    path.unlink()

    @staticmethod
    def _keeps(path: Path, size: int) -> bool:
        # Its time is renewed, so that who clears away what no row names leaves it to the upload that is under way.
        try:
            os.utime(path)
            return path.stat().st_size == size
        except FileNotFoundError:
            return False


def _replace_through(path: Path, content: bytes) -> None:
    """Write aside, through to the disk, and move into place: nobody ever sees half a file."""
    draft = path.with_name(f".{uuid4().hex}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Put the folder's list of names on the disk: without it a file may be lost with the power, name and all."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
