"""Passwords of other devices and programs, for the address book alone: made here, shown once, kept hashed, taken back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.dav.dav_tables import app_passwords as rows
from service.storage.moment import now
from service.storage.tables import accounts
from service.storage.words import kept

AT_MOST: Final = 50
LONGEST_NAME: Final = 60
LONGEST_DAYS: Final = 3660
_BYTES: Final = 24
"""192 random bits: no guessing, so one round of SHA-256 is enough, on every request."""
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # 5 bits each, none that looks like another
_GROUP: Final = 5
_HOUR: Final = timedelta(hours=1)
_SHORT_ID: Final = 8


@dataclass(frozen=True, slots=True)
class AppPassword:
    """What can be told of a password: for which device it was made, when it was last used, to the hour, and its end."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose password it is, by which names he may sign in, and whether it was used within the hour."""

    id: str
    names: frozenset[str]
    used_lately: bool


def make(tx: Connection, *, owner: str, name: str, days: int | None = None) -> tuple[str, str]:
    """Make a password for a device; give its id and the secret, which nobody can read again.

    Without `days` it is good until it is taken back.
    """
    shown = " ".join(kept(name).split())[:LONGEST_NAME]
    if not shown:
        raise BadValue("device_name", "Give the device a name, so that you know it again.")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadValue("device_days", f"A password is good for 1 to {LONGEST_DAYS} days, or until it is taken back.")
    if len(page(tx, owner=owner)) >= AT_MOST:
        raise Conflict("too_many_devices", "There are too many devices already. Take one away first.")
    secret, id_, at = _new_secret(), str(uuid4()), now()
    row = {"id": id_, "account_id": owner, "name": shown, "secret_hash": _hashed(secret), "created_at": at}
    tx.execute(insert(rows).values({**row, "expires_at": at + timedelta(days=days) if days else None}))
    return id_, secret


def page(tx: Connection, *, owner: str) -> list[AppPassword]:
    """All of an account, the newest first."""
    mine = select(rows).where(rows.c.account_id == owner).order_by(rows.c.created_at.desc(), rows.c.id)
    found = tx.execute(mine.limit(AT_MOST))
    return [AppPassword(row.id, row.name, row.created_at, row.used_at, row.expires_at) for row in found]


def take_back(tx: Connection, *, owner: str, id: str) -> str:  # noqa: A002
    """Let the password open nothing any more; give the name of its device."""
    mine = (rows.c.account_id == owner, rows.c.id == kept(id))
    name = tx.execute(delete(rows).where(*mine).returning(rows.c.name)).scalar()
    if name is None:
        raise NotFound("device", "There is no such device.")
    return str(name)


def owner_of(tx: Connection, secret: str) -> Owner | None:
    """Whose secret this is; None for one that is wrong, taken back or over. Blanks and lines in it are for the eye."""
    join = rows.join(accounts, accounts.c.id == rows.c.account_id)
    columns = (accounts.c.id, accounts.c.email, _not_lately().label("not_lately"))
    row = tx.execute(select(*columns).select_from(join).where(rows.c.secret_hash == _hashed(secret), _good())).first()
    if row is None:
        return None
    return Owner(row.id, frozenset({row.id, user_name(row.id, row.email or "")}), not row.not_lately)


def user_name(owner: str, email: str) -> str:
    """What is typed as the user beside the secret: the address of mail, or the beginning of the account's id."""
    return email.lower() or owner[:_SHORT_ID]


def used(tx: Connection, secret: str) -> None:
    """Remember the hour in which a secret was last used."""
    tx.execute(update(rows).where(rows.c.secret_hash == _hashed(secret), _not_lately()).values(used_at=now()))


def wants_circles(tx: Connection, *, owner: str) -> bool:
    """Whether devices are offered a book for each circle, beside the one of all."""
    return bool(tx.execute(select(accounts.c.circle_books).where(accounts.c.id == owner)).scalar())


def want_circles(tx: Connection, *, owner: str, wanted: bool) -> None:
    tx.execute(update(accounts).where(accounts.c.id == owner).values(circle_books=wanted))


def _good() -> ColumnElement[bool]:
    return or_(rows.c.expires_at.is_(None), rows.c.expires_at > now())


def _not_lately() -> ColumnElement[bool]:
    return or_(rows.c.used_at.is_(None), rows.c.used_at < now() - _HOUR)


def _new_secret() -> str:
    """In groups of five letters, to be typed from one screen into another."""
    number, letters = int.from_bytes(secrets.token_bytes(_BYTES)), []
    for _ in range(-(-_BYTES * 8 // _GROUP)):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    text = "".join(letters)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _hashed(secret: str) -> str:
    plain = "".join(letter for letter in secret.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
