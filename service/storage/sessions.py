"""Sessions: the browsers in which somebody is signed in, listed and ended one by one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, not_, or_, select, update

from service.domain.errors import NotFound
from service.storage.accounts import Account, hashed, new_secret, whose
from service.storage.moment import now
from service.storage.reaching.device_tables import devices
from service.storage.tables import sessions
from service.storage.words import kept

SESSION_DAYS: Final = 90
IDLE_DAYS: Final = 30
_HOUR: Final = timedelta(hours=1)
_ID_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Session:
    """What can be told of a session. `id` opens nothing; `seen_at` is true to the hour."""

    id: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def start(
    tx: Connection, *, owner: str, user_agent: str, days: int = SESSION_DAYS, proved_at: datetime | None = None
) -> str:
    """Give the secret that a browser keeps. `proved_at`: when its owner last showed that it is he."""
    secret, at = new_secret(), now()
    row = {"secret_hash": hashed(secret), "account_id": owner, "user_agent": kept(user_agent)[:300]}
    until = {"created_at": at, "expires_at": at + timedelta(days=days), "proved_at": proved_at}
    tx.execute(insert(sessions).values({**row, **until}))
    return secret


def account_of(tx: Connection, secret: str, *, idle_days: int = IDLE_DAYS) -> Account | None:
    """Whose session this is; None for one that was ended, is over, or was not used for so many days."""
    return whose(tx, sessions, secret, *_open(idle_days))


def is_open(tx: Connection, *, owner: str, hash: str, idle_days: int = IDLE_DAYS) -> bool:  # noqa: A002 - of `hash_of`
    """Whether the account is still signed in by the session that other rows and links know by this hash."""
    mine = (sessions.c.account_id == owner, sessions.c.secret_hash == kept(hash))
    return tx.execute(select(sessions.c.account_id).where(*mine, *_open(idle_days))).first() is not None


def prove(tx: Connection, secret: str) -> None:
    """Remember that the owner of a session showed just now that it is he."""
    tx.execute(update(sessions).where(sessions.c.secret_hash == hashed(secret)).values(proved_at=now()))


def proved_at(tx: Connection, secret: str) -> datetime | None:
    """When the owner of a session last showed that it is he; None if never."""
    found: datetime | None = tx.execute(
        select(sessions.c.proved_at).where(sessions.c.secret_hash == hashed(secret))
    ).scalar()
    return found


def hash_of(secret: str) -> str:
    """By which other rows say that they began in a session, and end with it."""
    return hashed(secret)


def end(tx: Connection, secret: str) -> None:
    """End a session; the browser that it was in is sent no notices any more."""
    _end(tx, sessions.c.secret_hash == hashed(secret))


def of(tx: Connection, *, owner: str, this: str = "", idle_days: int = IDLE_DAYS) -> list[Session]:
    """All open ones of an account, the one seen last first; `this` is the secret of the one that asks."""
    query = select(sessions).where(sessions.c.account_id == owner, *_open(idle_days))
    last_seen = func.coalesce(sessions.c.seen_at, sessions.c.created_at).desc()
    return [
        Session(
            id=row.secret_hash[:_ID_LETTERS],
            user_agent=row.user_agent,
            created_at=row.created_at,
            seen_at=row.seen_at or row.created_at,
            is_this=row.secret_hash == hashed(this),
        )
        for row in tx.execute(query.order_by(last_seen, sessions.c.secret_hash))
    ]


def end_one(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """End a session by its id. Raises NotFound."""
    mine = (sessions.c.account_id == owner, func.substr(sessions.c.secret_hash, 1, _ID_LETTERS) == kept(id))
    if not _end(tx, *mine):
        raise NotFound("session", "You are not signed in there any more.")


def end_others(tx: Connection, *, owner: str, this: str) -> int:
    """End all sessions of an account but the one that asks; give how many."""
    return _end(tx, sessions.c.account_id == owner, sessions.c.secret_hash != hashed(this))


def end_all(tx: Connection, *, owner: str) -> int:
    """End all sessions of an account; give how many."""
    return _end(tx, sessions.c.account_id == owner)


def seems_unseen(tx: Connection, secret: str) -> bool:
    """Whether `seen` has something to write."""
    query = select(sessions.c.account_id).where(sessions.c.secret_hash == hashed(secret), _not_lately())
    return tx.execute(query).first() is not None


def seen(tx: Connection, secret: str) -> None:
    """Remember the hour in which a session was last seen."""
    tx.execute(update(sessions).where(sessions.c.secret_hash == hashed(secret), _not_lately()).values(seen_at=now()))


def forget_expired(tx: Connection, *, idle_days: int = IDLE_DAYS) -> None:
    """Remove the sessions that open nothing any more. For the sweep."""
    tx.execute(delete(sessions).where(not_(and_(*_open(idle_days)))))


def _open(idle_days: int) -> tuple[ColumnElement[bool], ...]:
    last_seen = func.coalesce(sessions.c.seen_at, sessions.c.created_at)
    return sessions.c.expires_at > now(), last_seen > now() - timedelta(days=idle_days)


def _end(tx: Connection, *which: ColumnElement[bool]) -> int:
    ended = tx.execute(delete(sessions).where(*which).returning(sessions.c.secret_hash)).scalars().all()
    tx.execute(delete(devices).where(devices.c.session_hash.in_(ended)))
    return len(ended)


def _not_lately() -> ColumnElement[bool]:
    return or_(sessions.c.seen_at.is_(None), sessions.c.seen_at < now() - _HOUR)
