"""ZIP files written as they are sent: nothing is held but the piece under way."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

Entry = tuple[str, Iterable[bytes]]
"""The name of a file, and its content in pieces."""


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the ZIP file in pieces; each entry's content is asked for when its turn comes."""
    out = _Out()
    # A file that cannot be gone back in: sizes stand behind each entry, as every reader knows.
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, content in entries:
            with archive.open(zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0)), "w", force_zip64=True) as entry:
                for piece in content:
                    entry.write(piece)
                    yield from out.taken()
            yield from out.taken()
    yield from out.taken()


class _Out:
    """What has been written since it was last taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        yield from pieces
