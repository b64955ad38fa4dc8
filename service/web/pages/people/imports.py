"""Contacts from elsewhere: a file is sent, its columns are told, and what came in is shown; all of it can be undone."""

import csv
import io
from collections.abc import Sequence
from itertools import islice
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from service.domain.errors import BadValue, UndrawerError
from service.domain.imports.cards import cards_of
from service.domain.imports.columns import Column
from service.domain.imports.people import person_of
from service.domain.imports.rows import Entry, Habits, Trouble, entry_of
from service.domain.imports.sheet import MAX_BYTES, Sheet, rows_of
from service.storage.following import policies
from service.storage.people import duplicates
from service.storage.people import imports as kept_imports
from service.storage.people.imports import VCARDS, Import
from service.web.identity import account, signed_in
from service.web.pages.countries import countries
from service.web.pages.people.import_wording import COLUMNS, FAILURES, ORIGINS, troubles
from service.web.pages.telling import tell
from service.web.parts import parts
from service.web.sheets import beginning, take_in_sheet

SHOWN = 5
_CHUNK_BYTES = 2**16

imports = Blueprint("imports", __name__)


@imports.get("/import")
@signed_in
def listing() -> str:
    return _listing()


@imports.post("/import")
@signed_in
def send() -> Answer | tuple[str, int]:
    """Keep a file and go on to its columns; one that is no file of rows is refused here, with the reason."""
    try:
        file = request.files.get("file")
        content = file.stream.read(MAX_BYTES + 1) if file else b""
        sent = take_in_sheet(content, name=file.filename or "" if file else "")
    except UndrawerError as error:
        return _listing(refused=_(error.message)), 422
    return redirect(url_for("pages.imports.page", id=sent.id), 303)


@imports.get("/import/<uuid:id>")
@signed_in
def page(id: UUID) -> str:  # noqa: A002 - the name in the address
    asked = _asked(id)
    if asked.state != "received":
        return _progress(asked)
    return _cards(asked, asked.habits) if asked.format == VCARDS else _columns(asked, asked.columns, asked.habits)


@imports.post("/import/<uuid:id>")
@signed_in
def begin(id: UUID) -> Answer | tuple[str, int]:  # noqa: A002 - the name in the address
    """Take the columns as told: look at them again, or begin."""
    asked = _asked(id)
    columns, habits = _told(asked)
    if "look" in request.form and asked.format == VCARDS:
        return _cards(asked, habits), 200
    if "look" in request.form:
        return _columns(asked, columns, habits), 200
    try:
        with parts().db.transaction() as tx:
            kept_imports.begin(tx, owner=account().id, id=asked.id, columns=columns, habits=habits)
    except BadValue as error:
        return _columns(asked, columns, habits, refused=_(error.message)), 422
    parts().queue.ring("run_import", asked.id)
    return redirect(url_for("pages.imports.page", id=id), 303)


@imports.post("/import/<uuid:id>/undo")
@signed_in
def undo(id: UUID) -> Answer:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept_imports.undo(tx, owner=account().id, id=str(id))
    parts().queue.ring("run_import", str(id))
    tell(_("What came with this file is being taken out again."))
    return redirect(url_for("pages.imports.page", id=id), 303)


@imports.get("/import/<uuid:id>/report.csv")
@signed_in
def report(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """What did not go in, as a file: line, column, reason."""
    asked, text = _asked(id), io.StringIO()
    said = troubles(asked)
    writer = csv.writer(text)
    writer.writerow([_("Line"), _("Column"), _("Reason")])
    writer.writerows([place, COLUMNS[column] if column else "", said[why]] for place, column, why in asked.report)
    headers = {"Content-Disposition": 'attachment; filename="report.csv"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _asked(id: UUID) -> Import:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        return kept_imports.get(tx, owner=account().id, id=str(id))


def _told(asked: Import) -> tuple[list[Column], Habits]:
    """The columns and habits of the form; a word that is none of ours is no column."""
    known = {str(column): column for column in Column}
    columns = [known.get(request.form.get(f"column-{at}", ""), Column.NOTHING) for at in range(len(asked.columns))]
    country = request.form.get("country", "")
    return columns, Habits(
        country=country if country in dict(countries()) else "",
        lang=asked.habits.lang,
        day_first=request.form.get("days") != "month",
    )


def _listing(*, refused: str = "") -> str:
    with parts().db.reading() as tx:
        page = kept_imports.page(tx, owner=account().id)
    return render_template("people/imports.html", imports=page.rows, of_cards=VCARDS, refused=refused)


def _columns(asked: Import, columns: Sequence[Column], habits: Habits, *, refused: str = "") -> str:
    sheet = beginning(asked)
    return render_template(
        "people/import_columns.html",
        asked=asked,
        headings=list(zip(sheet.headings, columns, _samples(sheet), strict=True)),
        habits=habits,
        wordings={column: wording for column, wording in COLUMNS.items() if column is not Column.PHOTO},
        origin=ORIGINS.get(asked.format, ""),
        countries=countries(),
        entries=_preview(sheet, columns, habits),
        troubles=troubles(asked),
        refused=refused,
    )


def _samples(sheet: Sheet) -> list[str]:
    rows = [row.cells for row in islice(rows_of(sheet), 30)]
    found = ([cells[at].strip() for cells in rows if at < len(cells)] for at in range(len(sheet.headings)))
    return [" · ".join(list(dict.fromkeys(cell[:60] for cell in cells if cell))[:3]) for cells in found]


def _preview(sheet: Sheet, columns: Sequence[Column], habits: Habits) -> list[Entry | Trouble]:
    with parts().db.reading() as tx:
        today = policies.today(tx, owner=account().id)
    return [
        Trouble.BROKEN if row.broken else entry_of(row.cells, columns, habits=habits, today=today)
        for row in islice(rows_of(sheet), SHOWN)
    ]


def _cards(asked: Import, habits: Habits) -> str:
    """The first cards as they would come in."""
    with parts().files.open(asked.sha256) as file:
        first = list(islice(cards_of(iter(lambda: file.read(_CHUNK_BYTES), b"")), SHOWN))
    made = [person_of(card, habits=habits) for card in first]
    entries = [one if isinstance(one, Trouble) else one[1] for one in made]
    told = {"wordings": COLUMNS, "countries": countries(), "entries": entries, "troubles": troubles(asked)}
    return render_template("people/import_cards.html", asked=asked, habits=habits, **told)


def _progress(asked: Import) -> str:
    said = troubles(asked)
    left_out = [(place, COLUMNS[column] if column else "", said[why]) for place, column, why in asked.report[:50]]
    with parts().db.reading() as tx:
        alike = duplicates.count(tx, owner=account().id)
    return render_template(
        "people/import.html",
        asked=asked,
        of_cards=asked.format == VCARDS,
        alike=alike,
        left_out=left_out,
        failure=FAILURES.get(asked.reason, ""),
    )
