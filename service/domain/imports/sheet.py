"""A file of rows (CSV): its letters, its separator, its headings, and its rows one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from service.domain.errors import BadValue
from service.domain.imports.columns import Column, column_of
from service.domain.imports.whole_rows import Row, parsed

MAX_BYTES: Final = 50 * 2**20
MAX_ROWS: Final = 200_000
MAX_LINES: Final = 1_000_000
"""Empty ones too, which nobody counts as rows; a note may have several."""
_SEPARATORS: Final = ",;\t|"
_LEADING_ROWS: Final = 20
"""LinkedIn puts notes above its headings; so far down they are looked for."""
_OLD_LETTERS: Final = ["cp1252", "mac_roman"]
"""What spreadsheets write in the west that is not UTF-8; to guess among more makes ń of ñ."""
_BROKEN_HEADINGS: Final = (
    "The first line of the file has a quotation mark that is never closed. Mend that line and send the file again."
)
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows, decoded; the rows behind the headings begin after the line `heading_place`."""

    text: str
    separator: str
    headings: tuple[str, ...]
    heading_place: int


def sheet_of(data: bytes) -> Sheet:
    """Open a file. Raises BadValue: import_too_large, import_no_text, import_empty, import_broken_headings."""
    if len(data) > MAX_BYTES:
        raise BadValue("import_too_large", f"The file is larger than {MAX_BYTES // 2**20} MB. Send it in parts.")
    text = decoded(data)
    separator = _separator(text)
    first = [row for row, _ in zip(parsed(text, separator), range(_LEADING_ROWS), strict=False)]
    leading = [row for row in first if row.broken or any(cell.strip() for cell in row.cells)]
    if not leading:
        raise BadValue("import_empty", "There are no rows in the file.")
    best = max(leading, key=lambda row: (_known(row.cells), -row.place))
    headings = best if _known(best.cells) else leading[0]
    if headings.broken:
        raise BadValue("import_broken_headings", _BROKEN_HEADINGS)
    return Sheet(text, separator, tuple(cell.strip() for cell in headings.cells), headings.place)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """Give the rows behind the headings, empty ones left out. Raises BadValue beyond MAX_ROWS and MAX_LINES."""
    count = 0
    for row in parsed(sheet.text, sheet.separator, len(sheet.headings)):
        wanted = _is_row(row, sheet)
        count += wanted
        if count > MAX_ROWS or row.place > MAX_LINES:
            raise BadValue("import_too_long", f"The file has more than {MAX_ROWS} rows. Send it in parts.")
        if wanted:
            yield row


def decoded(data: bytes) -> str:
    """The text of a file in whatever letters it was written; raises BadValue for what is no text."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        if _is_nearly_utf_8(data):
            return "\n".join(map(_line, data.split(b"\n")))
        best = from_bytes(data[: 2**20], cp_isolation=_OLD_LETTERS).best()
        if best is None:
            raise _no_text() from None
        text = data.decode(best.encoding, errors="replace")
    if "\0" in text:
        raise _no_text()
    return text


def _is_nearly_utf_8(data: bytes) -> bool:
    """Whether most of its letters beyond ASCII are good UTF-8: some lines were put together from elsewhere."""
    text = data.decode(errors="replace")
    strays, foreign = text.count("\ufffd"), len(text) - len(text.encode("ascii", "ignore"))
    return "\0" not in text and foreign > 2 * strays


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _no_text() -> BadValue:
    return BadValue("import_no_text", "This is no file of rows. Export your contacts as CSV and send that file.")


def _is_row(row: Row, sheet: Sheet) -> bool:
    return row.place > sheet.heading_place and (row.broken or any(cell.strip() for cell in row.cells))


def _separator(text: str) -> str:
    """The sign that parts the first rows into the most cells; of two alike, the first of the usual ones."""
    return max(_SEPARATORS, key=lambda sign: _columns(text, sign))


def _columns(text: str, separator: str) -> tuple[int, int]:
    rows = [row.cells for row, _ in zip(parsed(text, separator), range(_LEADING_ROWS), strict=False)]
    return max((_known(cells) for cells in rows), default=0), max((len(cells) for cells in rows), default=0)


def _known(cells: Sequence[str]) -> int:
    return sum(column_of(cell) is not Column.NOTHING for cell in cells)
