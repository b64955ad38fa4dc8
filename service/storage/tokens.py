"""Keys with which programs use the API: made here, shown once, kept hashed, with what they may do and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.accounts import Account, account_of_row, hashed, new_secret
from service.storage.moment import now
from service.storage.tables import accounts, tokens
from service.storage.words import kept

AT_MOST: Final = 50
LONGEST_NAME: Final = 60
LONGEST_DAYS: Final = 3660
_HOUR: Final = timedelta(hours=1)
_ID_LETTERS: Final = 16


class Scope(StrEnum):
    """What a key may do: everything, or look at things only."""

    ALL = "all"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Token:
    """What can be told of a key. `id` opens nothing; `used_at` is true to the hour."""

    id: str
    name: str
    scope: Scope
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a key, and what he may do. `unseen`: whether `used` has something to write."""

    account: Account
    scope: Scope
    unseen: bool


def create(tx: Connection, *, owner: str, name: str, scope: Scope = Scope.ALL, days: int | None = None) -> str:
    """Give a new key's secret, which nobody can read again; without `days` it is good until it is withdrawn."""
    shown = " ".join(kept(name).split())[:LONGEST_NAME]
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadValue("token_days", f"A key is good for 1 to {LONGEST_DAYS} days, or until it is withdrawn.")
    if len(of(tx, owner=owner)) >= AT_MOST:
        raise Conflict("too_many_tokens", "There are too many keys already. Withdraw one first.")
    secret, at = new_secret(), now()
    row = {"secret_hash": hashed(secret), "account_id": owner, "name": shown, "scope": scope, "created_at": at}
    tx.execute(insert(tokens).values({**row, "expires_at": at + timedelta(days=days) if days else None}))
    return secret


def bearer_of(tx: Connection, secret: str) -> Bearer | None:
    """Whose key this is; None for one that is wrong, withdrawn or over."""
    join = tokens.join(accounts, accounts.c.id == tokens.c.account_id)
    query = select(accounts, tokens.c.scope, tokens.c.used_at).select_from(join)
    row = tx.execute(query.where(tokens.c.secret_hash == hashed(secret), _good())).first()
    if row is None:
        return None
    return Bearer(account_of_row(row), Scope(row.scope), row.used_at is None or row.used_at < now() - _HOUR)


def of(tx: Connection, *, owner: str) -> list[Token]:
    """All of an account, the newest first, those that are over among them."""
    query = select(tokens).where(tokens.c.account_id == owner)
    return [
        Token(
            id=row.secret_hash[:_ID_LETTERS],
            name=row.name,
            scope=Scope(row.scope),
            created_at=row.created_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )
        for row in tx.execute(query.order_by(tokens.c.created_at.desc(), tokens.c.secret_hash))
    ]


def withdraw(tx: Connection, *, owner: str, id: str) -> str:  # noqa: A002
    """Let a key open nothing any more; give its name. Raises NotFound."""
    mine = (tokens.c.account_id == owner, func.substr(tokens.c.secret_hash, 1, _ID_LETTERS) == kept(id))
    name = tx.execute(delete(tokens).where(*mine).returning(tokens.c.name)).scalar()
    if name is None:
        raise NotFound("token", "There is no such key.")
    return str(name)


def used(tx: Connection, secret: str) -> None:
    """Remember the hour in which a key was last used."""
    lately = or_(tokens.c.used_at.is_(None), tokens.c.used_at < now() - _HOUR)
    tx.execute(update(tokens).where(tokens.c.secret_hash == hashed(secret), lately).values(used_at=now()))


def _good() -> ColumnElement[bool]:
    return or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now())
