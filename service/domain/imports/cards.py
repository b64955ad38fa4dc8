"""A file of vCards taken apart: whole cards as they stand, however long its lines and however deep its nests."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from service.domain.imports.rows import Trouble

MAX_LINE: Final = 2 * 2**20
MAX_CARD: Final = 3 * 2**20
MAX_CARDS: Final = 200_000
"""Octets; a picture of a person has a tenth of it."""

MAX_PROPERTIES: Final = 2_000
"""Of one card; a person has a hundredth of it, and each takes its time wherever a card is read."""

_BEGIN: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END: Final = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_AGENT: Final = re.compile(rb"(?:[\w-]+\.)?AGENT\b[^:]*:\s*", re.IGNORECASE)
_END_OF_LINE: Final = re.compile(rb"\r\n|\n|\r(?=[^\n])")
_PROPERTY: Final = re.compile(rb"^[^\s]", re.MULTILINE)
_UTF_16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the file: the line at which it begins, as an editor counts, and its lines as they stand there.

    One that cannot be read whole has its `trouble` and no lines.
    """

    place: int
    lines: tuple[bytes, ...] = ()
    trouble: Trouble | None = None


def is_of_cards(data: bytes) -> bool:
    """Whether a file is one of vCards, whatever it is called."""
    start = data[:1000]
    encoding = _UTF_16.get(start[:2])
    if encoding:
        start = start[2:].decode(encoding, errors="ignore").encode()
    return bool(_BEGIN.match(start.lstrip()))


def properties_in(text: bytes) -> int:
    """How many properties there are in a card, or more: lines that go on with the one before begin with a blank."""
    return sum(1 for _ in _PROPERTY.finditer(text))


def cards_of(chunks: Iterable[bytes]) -> Iterator[Card]:
    """The cards of a file, one by one. What is held at once is one card at most."""
    open_card: _Open | None = None
    for place, line in _lines(_in_utf_8(chunks)):
        if line is not None and open_card and open_card.nested:
            open_card.nest(line)
        elif line is not None and _BEGIN.fullmatch(line):
            if open_card and open_card.has_agent:
                open_card.nest(line)
                continue
            if open_card:
                yield Card(open_card.place, trouble=Trouble.NOT_CLOSED)
            open_card = _Open(place)
        elif line is not None and _END.fullmatch(line):
            if open_card:
                yield open_card.closed()
            open_card = None
        elif open_card:
            open_card.add(line)
    if open_card:
        yield Card(open_card.place, trouble=Trouble.NOT_CLOSED)


@dataclass(slots=True)
class _Open:
    """A card whose end has not come yet; an agent's card inside it is passed over."""

    place: int
    lines: list[bytes] = field(default_factory=list)
    size: int = 0
    properties: int = 0
    nested: int = 0
    too_long: bool = False

    @property
    def has_agent(self) -> bool:
        return bool(self.lines) and bool(_AGENT.fullmatch(self.lines[-1]))

    def nest(self, line: bytes) -> None:
        self.nested += bool(_BEGIN.fullmatch(line)) - bool(_END.fullmatch(line))

    def add(self, line: bytes | None) -> None:
        self.size += MAX_CARD if line is None else len(line) + 1
        self.properties += line is not None and not line.startswith((b" ", b"\t"))
        if self.size > MAX_CARD or self.properties > MAX_PROPERTIES:
            self.too_long = True
            self.lines.clear()
        elif line is not None and not self.too_long:
            self.lines.append(line)

    def closed(self) -> Card:
        return Card(self.place, trouble=Trouble.TOO_LONG) if self.too_long else Card(self.place, tuple(self.lines))


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file with their numbers; None for one beyond MAX_LINE, of which nothing is held."""
    place, rest, too_long = 1, b"", False
    for chunk in chunks:
        first, *others = _END_OF_LINE.split(rest + chunk) if not too_long else [b"", *_after_end(chunk)]
        if too_long and not others:
            continue
        for line in [first, *others][:-1]:
            yield place, None if too_long or len(line) > MAX_LINE else line
            place, too_long = place + 1, False
        rest = [first, *others][-1]
        if len(rest) > MAX_LINE:
            rest, too_long = b"", True
    if rest or too_long:
        yield place, None if too_long else rest


def _after_end(chunk: bytes) -> list[bytes]:
    """The lines of a chunk behind the end of the one that it begins in; none where it does not end here."""
    return _END_OF_LINE.split(chunk)[1:] if b"\n" in chunk or b"\r" in chunk else []


def _in_utf_8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Some programs of Apple and Microsoft write two octets a letter, and say so at the start."""
    decoder = None
    for number, chunk in enumerate(chunks):
        encoding = _UTF_16.get(chunk[:2]) if number == 0 else None
        if encoding:
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield decoder.decode(chunk[2:] if encoding else chunk).encode() if decoder else chunk
