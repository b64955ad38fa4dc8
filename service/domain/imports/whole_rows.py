"""The rows of a CSV text one by one: a quote that is never closed costs the row it stands in, not those that follow it."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MAX_COLUMNS: Final = 200
MAX_CELL: Final = 20_000
"""Characters; a longer one is no value but a quote that was never closed."""
_MAX_ROW: Final = 10 * MAX_CELL
"""Characters; what goes on over more lines than that is looked at no further."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file; `place` is its last line there, as an editor counts. A broken one has no cells."""

    place: int
    cells: tuple[str, ...]
    broken: bool = False


def parsed(text: str, separator: str, width: int = 0) -> Iterator[Row]:
    """Parse on behind a row that is broken: one bad row must not cost the others. `width`: how many cells a row has."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.begin()
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is None or lines.ran_out or _too_much(cells) or _swallows(lines.taken, cells, separator, width):
            yield from _broken(lines, separator, width)
        else:
            yield Row(lines.place, tuple(cells))


def _broken(lines: "_Lines", separator: str, width: int) -> Iterator[Row]:
    """The row that was begun, and what follows it up to the next line that looks like a row; from there it goes on."""
    first, *others = lines.taken
    place = lines.place - len(others)
    least = min(width - 1, _signs(first, separator))
    looks = (at for at, line in enumerate(others) if _signs(line, separator) >= max(1, least) or width == 1)
    passed = next(looks, len(others))
    lines.give_back(others[passed:])
    yield Row(place, (), broken=True)
    yield from (Row(place + at, (), broken=True) for at, line in enumerate(others[:passed], 1) if line.strip())


def _too_much(cells: Sequence[str]) -> bool:
    return len(cells) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in cells)


def _swallows(lines: Sequence[str], cells: Sequence[str], separator: str, width: int) -> bool:
    """Whether a row of several lines is several rows: its quotes end inside a text, or every line has a row's signs."""
    if len(lines) == 1:
        return False
    try:
        next(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    filled = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
    whole = all(_signs(line, separator) >= width - 1 for line in lines if line.strip())
    # With two columns a note of several lines may look like rows.
    return 0 < width < filled or (width > 2 and whole)


def _signs(line: str, separator: str) -> int:
    """How often a line has the separator, but as a text has it: with a blank behind it."""
    return line.count(separator) - line.count(f"{separator} ")


class _Lines:
    """The lines of a text as the parser asks for them; those that a broken row took can be given back.

    `ran_out`: the row wanted to go on where there was nothing more for it, so its last quote is open.
    """

    def __init__(self, text: str) -> None:
        self._rest = io.StringIO(text, newline="")
        self._back: deque[str] = deque()
        # So much may be parsed twice: a file made of open quotes alone must not cost its square.
        self._again = max(len(text), _MAX_ROW)
        self._size = 0
        self.place = 0
        self.taken: list[str] = []
        self.ran_out = False

    def begin(self) -> None:
        self.taken, self._size, self.ran_out = [], 0, False

    def give_back(self, lines: Sequence[str]) -> None:
        self._back.extendleft(reversed(lines))
        self._again -= sum(map(len, lines))
        self.place -= len(lines)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        most = _MAX_ROW if self._again > 0 else 1
        line = "" if self._size >= most else self._back.popleft() if self._back else self._rest.readline()
        if not line:
            self.ran_out = bool(self.taken)
            raise StopIteration
        self.place += 1
        self._size += len(line)
        self.taken.append(line)
        return line
