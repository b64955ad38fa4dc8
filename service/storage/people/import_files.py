"""Files of imports hold everybody in the clear: each goes once it has done its work, or was never begun."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from service.storage import named_files
from service.storage.moment import now
from service.storage.people.import_tables import imported, imports
from service.storage.people.imports import ImportState

OVER: Final = (ImportState.DONE, ImportState.FAILED, ImportState.UNDONE)
"""States in which the file has done its work: what an undoing needs stands with the contacts that came."""

NEVER_BEGUN_DAYS: Final = 30

TEXTS_DAYS: Final = 90
"""So long undoing an import gives those that it changed their old text back; who came in new is taken out at any time."""


def let_go(tx: Connection) -> list[str]:
    """Forget the files of imports that are over, and those never begun; give the files that no row needs. For the sweep."""
    over = (imports.c.sha256 != "", imports.c.state.in_(OVER))
    old = (imports.c.state == ImportState.RECEIVED, imports.c.created_at <= now() - timedelta(days=NEVER_BEGUN_DAYS))
    files = {*tx.execute(select(imports.c.sha256).where(*over)).scalars()}
    files |= {*tx.execute(select(imports.c.sha256).where(*old)).scalars()} - {""}
    tx.execute(update(imports).where(*over).values(sha256=""))
    tx.execute(delete(imports).where(*old))
    _forget_texts(tx)
    return named_files.unneeded(tx, files)


def _forget_texts(tx: Connection) -> None:
    """What contacts said before a file changed them is somebody's, and nobody looks for it here."""
    long_over = select(imports.c.id).where(imports.c.finished_at <= now() - timedelta(days=TEXTS_DAYS))
    tx.execute(delete(imported).where(imported.c.before.is_not(None), imported.c.import_id.in_(long_over)))
