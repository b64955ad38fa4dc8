"""What whoever keeps the machine may know of all accounts together: numbers, and nothing of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Table, func, select

from service.domain.reading.photo import PhotoState
from service.storage.following.tie_tables import touches
from service.storage.reaching.mail_tables import outgoing
from service.storage.reading import photos as photo_rows
from service.storage.tables import photos


@dataclass(frozen=True, slots=True)
class Numbers:
    """By state; `waiting_since` is of the photo that waits longest."""

    photos: Mapping[str, int]
    touches: Mapping[str, int]
    mails: Mapping[str, int]
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A photo that could not be read: when it came and why it failed, not what it shows nor whose it is."""

    id: str
    received_at: datetime
    reason: str


def numbers(tx: Connection) -> Numbers:
    return Numbers(
        photos=_by(tx, photos, photos.c.state),
        touches=_by(tx, touches, touches.c.state),
        mails=_by(tx, outgoing, outgoing.c.state),
        waiting_since=photo_rows.waiting(tx)[1],
    )


def failed(tx: Connection, *, reasons: tuple[str, ...], limit: int) -> list[Failed]:
    """The newest photos that failed for one of these reasons, of all accounts."""
    lost = (photos.c.state == PhotoState.UNREADABLE, photos.c.reason.in_(reasons))
    query = select(photos.c.id, photos.c.received_at, photos.c.reason).where(*lost)
    rows = tx.execute(query.order_by(photos.c.received_at.desc(), photos.c.id).limit(limit))
    return [Failed(*row) for row in rows]


def owner_of(tx: Connection, *, photo_id: str) -> str | None:
    """Whose photo this is, to have it read again; the answer is not for showing."""
    owner: str | None = tx.execute(select(photos.c.account_id).where(photos.c.id == photo_id)).scalar()
    return owner


def _by(tx: Connection, table: Table, state: "Column[str]") -> dict[str, int]:
    rows = tx.execute(select(state, func.count()).select_from(table).group_by(state))
    return {str(name): int(count) for name, count in rows}
