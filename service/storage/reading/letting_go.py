"""Photos whose time is over: their bytes go, the cards cut out of them and what was read stay."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from service.domain.errors import BadValue
from service.domain.reading.card import CardState
from service.domain.reading.photo import PhotoState
from service.storage import named_files
from service.storage.moment import now
from service.storage.tables import accounts, cards, photos

CHOICES: Final = (1, 7, 30, 90, 365)
"""Days after which a photo may go; without one of them it is kept."""

AT_ONCE: Final = 200
_fronts: Final = cards.alias("fronts")


def days(tx: Connection, *, owner: str) -> int | None:
    """So many days an account keeps a photo once its cards are settled; None: for ever."""
    return tx.execute(select(accounts.c.photo_days).where(accounts.c.id == owner)).scalar()


def set_days(tx: Connection, *, owner: str, days: int | None) -> None:
    if days is not None and days not in CHOICES:
        raise BadValue("photo_days", "Choose one of the numbers of days, or to keep the photos.")
    tx.execute(update(accounts).where(accounts.c.id == owner).values(photo_days=days))


def let_go(tx: Connection) -> list[str]:
    """Let go of photos of any account whose cards were all settled so long ago; give the files that no row needs."""
    wishes = tx.execute(select(accounts.c.id, accounts.c.photo_days).where(accounts.c.photo_days.is_not(None)))
    return [file for owner, wish in wishes.all() for file in _let_go(tx, owner, wish)]


def _let_go(tx: Connection, owner: str, wish: int) -> list[str]:
    due = select(photos.c.id, photos.c.sha256, photos.c.shown).where(
        photos.c.account_id == owner, photos.c.gone_at.is_(None), photos.c.state == PhotoState.READ
    )
    before = now() - timedelta(days=wish)
    due = due.where(exists().where(cards.c.photo_id == photos.c.id), ~_unsettled(before)).limit(AT_ONCE)
    rows = tx.execute(due).all()
    gone = update(photos).where(photos.c.id.in_([row.id for row in rows]))
    tx.execute(gone.values(gone_at=now(), shown="", shown_scale=0))
    return named_files.unneeded(tx, {file for row in rows for file in (row.sha256, row.shown) if file})


def _unsettled(before: object) -> ColumnElement[bool]:
    """Whether a card of the photo waits for a person, or was settled after this; a back is settled with its front."""
    state = func.coalesce(_fronts.c.state, cards.c.state)
    settled = func.coalesce(_fronts.c.settled_at, cards.c.settled_at, cards.c.created_at)
    either = (state == CardState.TO_REVIEW) | (settled > before)
    joined = cards.outerjoin(_fronts, _fronts.c.id == cards.c.side_of)
    return select(1).select_from(joined).where(cards.c.photo_id == photos.c.id, either).exists()
