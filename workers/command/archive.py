"""A backup is one tar: what it is, the rows of each table, the keys, the files, and last a line that says it is whole."""

import io
import json
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, Final, Self

from service.domain.errors import BadValue

FORMAT: Final = 1
HEAD, END = "undrawer.json", "whole.json"
TABLES, KEYS, FILES = "tables/", "keys/", "files/"


class Writer:
    """Writes one member after the other, so that it may as well go into a pipe."""

    def __init__(self, to: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=to, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - `end` closes it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Where it breaks off, close the stream while what is below is open: it would write its rest into nothing later."""
        if error and self._tar.fileobj:
            with suppress(OSError, ValueError):
                self._tar.fileobj.close()

    def say(self, name: str, about: dict[str, Any]) -> None:
        content = json.dumps(about, indent=1).encode()
        self._add(name, io.BytesIO(content), len(content))

    def table(self, name: str, lines: Iterable[str]) -> int:
        """Add the rows of a table, which go through a file of their own: a tar wants to know a size beforehand."""
        count = 0
        with tempfile.TemporaryFile() as draft:
            for line in lines:
                draft.write(line.encode() + b"\n")
                count += 1
            size = draft.tell()
            draft.seek(0)
            self._add(f"{TABLES}{name}.jsonl", draft, size)
        return count

    def file(self, name: str, content: IO[bytes]) -> int:
        size = content.seek(0, io.SEEK_END)
        content.seek(0)
        self._add(name, content, size)
        return size

    def end(self, about: dict[str, Any]) -> None:
        self.say(END, about)
        self._tar.close()

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, content)


@dataclass(slots=True)
class Reader:
    """Gives what lies in a backup, in the order in which it was written. `end` is there when all was given."""

    content: IO[bytes]
    head: dict[str, Any] = field(default_factory=dict)
    end: dict[str, Any] = field(default_factory=dict)

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Raises BadValue for what is no backup, one of a later form, and one that breaks off."""
        try:
            with tarfile.open(fileobj=self.content, mode="r|") as tar:
                yield from self._members(tar)
        except (tarfile.TarError, EOFError) as error:
            raise BadValue("backup_damaged", f"The backup cannot be read: {error}.") from None
        if not self.end:
            raise BadValue("backup_broken_off", "The backup breaks off: it was never finished, or its end is missing.")

    def _members(self, tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            if member.name == HEAD:
                self.head = _known(json.load(content))
            elif not self.head:
                raise BadValue("no_backup", "This is no backup of Undrawer.")
            elif member.name == END:
                self.end = json.load(content)
            else:
                yield member.name, content


def _known(head: dict[str, Any]) -> dict[str, Any]:
    if head.get("format") != FORMAT:
        raise BadValue("backup_too_new", "The backup was made by a later version. Install that one, then restore.")
    return head
