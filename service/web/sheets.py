"""Files of rows in, for the API and the pages: bytes on disk, then the row; nothing is imported before it is asked for."""

from typing import Final

from flask_babel import get_locale

from service.domain.errors import BadValue
from service.domain.imports.cards import MAX_CARDS, cards_of, is_of_cards
from service.domain.imports.columns import columns_of, origin_of
from service.domain.imports.rows import Habits
from service.domain.imports.sheet import MAX_BYTES, Sheet, rows_of, sheet_of
from service.storage.people import imports
from service.storage.people.imports import Import
from service.web.identity import account
from service.web.parts import parts
from service.web.upload import plain_name

_FIRST_BYTES: Final = 2**20


def take_in_sheet(content: bytes, *, name: str = "") -> Import:
    """Keep a file of rows with a guess at its columns, or of vCards. Raises BadValue for what is none, or is empty."""
    if is_of_cards(content):
        return _take_in_cards(content, name)
    sheet = sheet_of(content)
    rows = sum(1 for _ in rows_of(sheet))
    if not rows:
        raise BadValue("import_empty", "There are no rows in the file.")
    sha256 = parts().files.put(content)
    with parts().db.transaction() as tx:
        return imports.receive(
            tx,
            owner=account().id,
            sha256=sha256,
            name=plain_name(name),
            columns=columns_of(sheet.headings),
            rows=rows,
            habits=_usual(str(get_locale().language)),
            format=origin_of(sheet.headings) or "",
        )


def beginning(asked: Import) -> Sheet:
    """The first rows of a file that was taken in; the whole of it only where these do not tell what its columns are."""
    with parts().files.open(asked.sha256) as file:
        first = file.read(_FIRST_BYTES)
        whole = not file.read(1)
    rows, end, _ = (first, b"", b"") if whole else first.rpartition(b"\n")
    sheet = sheet_of(rows + end) if rows.strip() else None
    if sheet is None or len(sheet.headings) != len(asked.columns):
        return sheet_of(parts().files.get(asked.sha256))
    return sheet


def _take_in_cards(content: bytes, name: str) -> Import:
    if len(content) > MAX_BYTES:
        raise BadValue("import_too_large", f"The file is larger than {MAX_BYTES // 2**20} MB. Send it in parts.")
    number = sum(1 for _ in cards_of([content]))
    if number > MAX_CARDS:
        raise BadValue("import_too_long", f"The file has more than {MAX_CARDS} cards. Send it in parts.")
    sha256 = parts().files.put(content)
    with parts().db.transaction() as tx:
        return imports.receive(
            tx,
            owner=account().id,
            sha256=sha256,
            name=plain_name(name),
            columns=[],
            rows=number,
            habits=_usual(str(get_locale().language)),
            format=imports.VCARDS,
        )


def _usual(lang: str) -> Habits:
    """What somebody who speaks the language most likely means by a bare number and by 03/04/2024."""
    return Habits(country="ES" if lang == "es" else "", lang=lang, day_first=lang != "en")
