"""The rows of a vCard text with their bytes as they came, so that some are changed and all others stay what they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from service.domain.people.content_lines import FOLD, line_of
from service.domain.people.fold import folded

_END: Final = "END"
_AFTER_END: Final = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


@dataclass(frozen=True, slots=True)
class Row:
    """One property with its folds and its end; `name` in capitals, "" for what is none."""

    raw: str
    name: str = ""
    group: str = ""


def rows_of(text: str) -> list[Row]:
    """All rows; put together, their `raw` is the text again."""
    whole: list[str] = []
    for raw in _lines(text):
        if whole and raw[:1] in (" ", "\t"):
            whole[-1] += raw
        else:
            whole.append(raw)
    return [_row(raw) for raw in whole]


def exchanged(rows: Sequence[Row], *, gone: Iterable[int], new: Iterable[tuple[str, str]]) -> str:
    """Take rows out by their place, and put new ones (name, text) where those of their name were, else at the end."""
    out, places = set(gone), [row.name for row in rows]
    end = "\r\n" if any(row.raw.endswith("\r\n") for row in rows) else "\n"
    last = places.index(_END) if _END in places else len(rows)
    put: dict[int, list[str]] = {}
    for name, line in new:
        first = next((at for at in sorted(out) if places[at] == name), None)
        after = max((at + 1 for at, known in enumerate(places) if known == name), default=last)
        put.setdefault(after if first is None else first, []).append(folded(line + "\r\n").replace("\r\n", end))
    pieces = []
    for at, row in enumerate(rows):
        pieces += put.get(at, [])
        if at not in out:
            pieces.append(row.raw)
    return "".join([*pieces, *put.get(len(rows), [])])


def _lines(text: str) -> list[str]:
    """With their ends; a bare CR is one too, for whoever reads the text back takes it for one."""
    return [line for line in _AFTER_END.split(text) if line]


def _row(raw: str) -> Row:
    line = line_of(FOLD.sub("", raw).rstrip("\r\n"))
    return Row(raw, line.name, line.group) if line else Row(raw)
