"""The cells of a row one by one: what each holds, what its label says that it is for, and of which address it is a part."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.domain.imports.columns import Column

_PHONES: Final = (
    ({"pager", "buscapersonas"}, Column.PAGER),
    ({"fax"}, Column.FAX),
    ({"mobile", "cell", "cellular", "móvil", "celular", "iphone"}, Column.MOBILE),
    ({"work", "business", "trabajo", "oficina"}, Column.WORK_PHONE),
    ({"home", "casa", "particular"}, Column.HOME_PHONE),
)
_PARTS: Final = {
    Column.ADDRESS: "street",
    Column.TOWN: "city",
    Column.POSTCODE: "postcode",
    Column.REGION: "region",
    Column.COUNTRY: "country",
}
_PLACES: Final = {
    f"{kind}{column}": (kind.strip(), part) for kind in ("", "home ", "other ") for column, part in _PARTS.items()
}
_SEVERAL: Final = " ::: "
"""Between two values in one cell of Google's."""
_SPLIT: Final = frozenset({Column.PHONE, Column.EMAIL, Column.URL, Column.RELATION, Column.EVENT, Column.CATEGORIES})
DAYS_OF_ANY_YEAR: Final = frozenset({Column.BIRTHDAY, Column.ANNIVERSARY, Column.EVENT})
_NO_DAY: Final = "0/0/00"
"""What Outlook writes where it knows none."""
_LABELS: Final = frozenset({Column.LABEL, Column.ADDRESS_LABEL})
_EMPTY: Final = frozenset({Column.NOTHING, Column.PHOTO})
_FORMULA: Final = re.compile(r"\s*(?:=|[@+-]\s*[A-Za-z_]+\s*\()")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
"""An apostrophe before what a spreadsheet would take for a formula, or before one that was guarded already."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `label` is None where the table has none for it; `place` counts the addresses that share their columns.

    `formula`: whether a spreadsheet would calculate what stands there. What was guarded against that is a text.
    """

    column: Column
    text: str
    label: str | None = None
    place: int = 0
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a row: in its parts where the file has them, else in one line."""

    value: str | dict[str, str]
    label: str | None


def cells_of(texts: Sequence[str], columns: Sequence[Column]) -> Iterator[Cell]:
    """The values of a row, those of one cell apart; a label goes for the value behind it, or for the address."""
    label: str | None = None
    address: str | None = None
    place = 0
    for column, raw in zip(columns, texts, strict=False):
        text, formula = _unguarded(raw.strip()), bool(_FORMULA.match(raw))
        if column is Column.ADDRESS_LABEL:
            address, place = _label(text), place + 1
        elif column not in _LABELS | _EMPTY and text and not _is_no_day(column, text):
            said = address if column in _PARTS else label
            yield from (Cell(_kind(column, said), one, said, place, formula) for one in _apart(column, text))
        label = _label(text) if column is Column.LABEL else None


def places_of(cells: Iterable[Cell]) -> list[Place]:
    """The addresses of a row: each with a label of its own, else those of work, home and elsewhere."""
    found: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        if cell.column in _PLACES:
            kind = _PLACES[cell.column][0]
            found.setdefault((kind, 0 if kind else cell.place), []).append(cell)
    return [Place(_parts(parts), kind or parts[0].label) for (kind, _), parts in found.items()]


def _parts(cells: Sequence[Cell]) -> str | dict[str, str]:
    said: dict[str, list[str]] = {}
    for part in _PARTS.values():
        texts = [cell.text for cell in cells if _PLACES[cell.column][1] == part]
        said |= {part: texts} if texts else {}
    joined: Mapping[str, str] = {part: ", ".join(texts) for part, texts in said.items()}
    return ", ".join(joined.values()) if joined.keys() <= {"street", "city"} else dict(joined)


def _is_no_day(column: Column, text: str) -> bool:
    return column in DAYS_OF_ANY_YEAR and text == _NO_DAY


def _apart(column: Column, text: str) -> list[str]:
    if column is Column.CATEGORIES and _SEVERAL not in text:
        return [one.strip() for one in text.split(";") if one.strip()]
    return text.split(_SEVERAL) if column in _SPLIT else [text]


def _kind(column: Column, label: str | None) -> Column:
    """What a number is by its label."""
    words = set((label or "").casefold().split())
    return next((kind for known, kind in _PHONES if words & known), column) if column is Column.PHONE else column


def _label(text: str) -> str:
    """Without the star by which Google marks the first of several."""
    return text.removeprefix("*").strip()


def _unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
