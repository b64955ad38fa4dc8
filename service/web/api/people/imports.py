"""Imports over HTTP: send a file of rows or of vCards, say what its columns are, follow it, undo it."""

from uuid import UUID

from flask import request

from service.domain.imports.sheet import MAX_BYTES
from service.storage.people import imports
from service.web.api.document import media, refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.imports import ImportAnswer, ImportColumns, ImportsAnswer, SheetQuery
from service.web.api.shapes.text import PageQuery
from service.web.parts import parts
from service.web.sheets import take_in_sheet

bp = noun(
    "imports",
    about="Contacts from elsewhere: vCards, LinkedIn's Connections.csv, Google's, Outlook's or any table as CSV.",
)

_BYTES = {"required": True, "content": media("text/csv", "text/vcard")}


@bp.post("/imports")
@bp.input(SheetQuery, location="query", arg_name="query")
@bp.output(ImportAnswer, status_code=201, description="The file is kept; nothing is imported yet.")
@bp.doc(extensions={"requestBody": _BYTES}, responses=refusals(_413="The file is too large."))
def send_import(query: SheetQuery) -> ImportAnswer:
    """Send a file of rows or of vCards. The answer holds a guess at its columns; confirm it to begin."""
    return ImportAnswer.of(take_in_sheet(request.stream.read(MAX_BYTES + 1), name=query.name))


@bp.get("/imports")
@bp.input(PageQuery, location="query", arg_name="query")
@bp.output(ImportsAnswer)
def list_imports(query: PageQuery) -> ImportsAnswer:
    """List imports, newest first."""
    with parts().db.reading() as tx:
        page = imports.page(tx, owner=owner(), after=query.after or None, limit=query.limit)
    return ImportsAnswer(imports=[ImportAnswer.of(kept) for kept in page.rows], next=page.next)


@bp.get("/imports/<uuid:import_id>")
@bp.output(ImportAnswer)
def get_import(import_id: UUID) -> ImportAnswer:
    """Show how far an import got, and what did not go in."""
    with parts().db.reading() as tx:
        return ImportAnswer.of(imports.get(tx, owner=owner(), id=str(import_id)))


@bp.post("/imports/<uuid:import_id>/begin")
@bp.input(ImportColumns, arg_name="said")
@bp.output(ImportAnswer, status_code=202, description="A worker begins.")
@bp.doc(responses=refusals(_409="It was begun already."))
def begin_import(import_id: UUID, said: ImportColumns) -> ImportAnswer:
    """Say what the columns are, and bring the rows in."""
    with parts().db.transaction() as tx:
        lang = imports.get(tx, owner=owner(), id=str(import_id)).habits.lang
        begun = imports.begin(tx, owner=owner(), id=str(import_id), columns=said.columns, habits=said.habits(lang))
    parts().queue.ring("run_import", begun.id)
    return ImportAnswer.of(begun)


@bp.post("/imports/<uuid:import_id>/undo")
@bp.output(ImportAnswer, status_code=202, description="A worker takes out what came in.")
@bp.doc(responses=refusals(_409="It is not done, or undone already."))
def undo_import(import_id: UUID) -> ImportAnswer:
    """Take out again what came with the file; contacts changed since then stay."""
    with parts().db.transaction() as tx:
        undone = imports.undo(tx, owner=owner(), id=str(import_id))
    parts().queue.ring("run_import", undone.id)
    return ImportAnswer.of(undone)
