"""Photos and pictures of cards in a folder, each named by the hash of its bytes and written before its row."""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

ASIDE_SECONDS: Final = 3600  # no upload lasts so long
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Files:
    """A folder of files that never change: the name is the SHA-256 of the content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder / "deleted"

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their name. They are on the disk, and so is their name, when this returns."""
        sha = hashlib.sha256(content).hexdigest()
        path = self.path(sha)
        if not self._keeps(path, len(content)):
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace_through(path, content)
        for folder in (path.parent, self._folder):
            _settle(folder)
        return sha

    def get(self, sha: str) -> bytes:
        return self.path(sha).read_bytes()

    def path(self, sha: str) -> Path:
        if not _SHA256.fullmatch(sha):
            raise ValueError("A file is named by the 64 hexadecimal digits of its SHA-256.")
        return self._folder / sha[:2] / sha

    def delete(self, sha: str) -> None:
        """Put a file aside; one that is gone already is no error.

        Somebody may be uploading the same bytes now, have seen that the file is there, and write the row a moment
        later. So it is kept aside for a while, and `clear_away` looks again whether a row needs it.
        """
        path, aside = self.path(sha), self._aside / sha
        self._aside.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(path)
            path.replace(aside)

    def set_aside(self) -> list[str]:
        """Give the names of the files put aside."""
        return [path.name for path in self._aside.glob("*")]

    def clear_away(self, sha: str, *, needed: bool) -> None:
        """Bring a file put aside back, if it is needed after all, or remove it for good when it lay long enough."""
        aside = self._aside / sha
        with suppress(FileNotFoundError):
            if needed:
                aside.replace(self.path(sha))
            elif time.time() - aside.stat().st_mtime > ASIDE_SECONDS:
                aside.unlink()

    def find(self, sha: str) -> Path | None:
        """Where the file lies, in its place or put aside; None where there is none."""
        return next((path for path in (self.path(sha), self._aside / sha) if path.is_file()), None)

    def there(self) -> Iterator[tuple[str, float]]:
        """Give the name of every file in its place, and how many seconds ago it was kept or last asked for."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                if _SHA256.fullmatch(path.name):
                    yield path.name, time.time() - path.stat().st_mtime

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
