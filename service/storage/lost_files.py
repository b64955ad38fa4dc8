"""Rows whose file is lost: they say so, and name it no more; all else that they hold stays."""

from sqlalchemy import Connection, case, update

from service.domain.reading.photo import LOST, PhotoState
from service.storage.moment import now
from service.storage.people.import_tables import imports
from service.storage.people.imports import ImportState
from service.storage.tables import cards, photos, rereadings


def mark(tx: Connection, sha256: str) -> None:
    """Say of every row that names the file that it is lost.

    A photo that waited to be read never will be, unless its bytes come again; cards and what was read on them stay.
    """
    waits = photos.c.state == PhotoState.RECEIVED
    ended = {
        "state": case((waits, PhotoState.UNREADABLE), else_=photos.c.state),
        "read_at": case((waits, now()), else_=photos.c.read_at),
    }
    mine = update(photos).where(photos.c.sha256 == sha256, photos.c.gone_at.is_(None))
    tx.execute(mine.values(gone_at=now(), reason=LOST, claimed_at=None, **ended))
    tx.execute(update(photos).where(photos.c.shown == sha256).values(shown="", shown_scale=1))  # made again
    tx.execute(update(photos).where(photos.c.spoken == sha256).values(spoken="", spoken_kind=""))
    tx.execute(update(cards).where(cards.c.picture == sha256).values(picture=""))
    tx.execute(update(rereadings).where(rereadings.c.picture == sha256).values(picture=""))
    _imports(tx, sha256)


def _imports(tx: Connection, sha256: str) -> None:
    over = imports.c.state.in_([ImportState.DONE, ImportState.FAILED, ImportState.UNDONE])
    failed = {"state": case((over, imports.c.state), else_=ImportState.FAILED), "claimed_at": None}
    failed["reason"] = case((over, imports.c.reason), else_=LOST)
    tx.execute(update(imports).where(imports.c.sha256 == sha256).values(sha256="", **failed))
