"""Accounts, and what shows that someone is one: passwords and sign-in links. Secrets are kept hashed."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.moment import now
from service.storage.tables import accounts, sign_in_links
from service.storage.words import kept

MAX_NAME: Final = 200
SHORTEST_PASSWORD: Final = 8  # NIST SP 800-63B, 5.1.1.1

_hasher: Final = PasswordHasher()
_NOBODYS_HASH: Final = _hasher.hash(secrets.token_urlsafe(32))


class By(StrEnum):
    """By whose hand a sign-in link is made: at the machine, by mail, or from another device that is signed in."""

    MACHINE = "machine"
    MAIL = "mail"
    DEVICE = "device"


class Made(NamedTuple):
    """How a link was made.

    `proved_at`: when the device that made it was last proved. `sent_to`: the hash of the address it was mailed to, or "".
    """

    by: By
    proved_at: datetime | None
    sent_to: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person who uses Undrawer. `locale` is "" while the browser's language decides."""

    id: str
    name: str
    email: str
    locale: str


def create(tx: Connection, *, name: str, email: str = "", password: str = "", email_proved: bool = False) -> Account:
    """Add an account. Without a password it is entered by sign-in links only.

    `email_proved`: whoever makes it knows that the address is this person's.
    """
    account = Account(id=str(uuid4()), name=kept(name).strip(), email=_address(email), locale="")
    row = {"id": account.id, "name": account.name, "email": account.email or None, "created_at": now()}
    secret = {"password_hash": _hashed_password(password) if password else "", "email_proved": email_proved}
    with _one_address_each(tx):
        tx.execute(insert(accounts).values({**row, **secret}))
    return account


def first(tx: Connection) -> Account | None:
    """Give the oldest account: the owner of an installation for one person."""
    return _account(tx.execute(select(accounts).order_by(accounts.c.created_at, accounts.c.id).limit(1)).first())


def get(tx: Connection, *, owner: str) -> Account:
    account = _account(tx.execute(select(accounts).where(accounts.c.id == owner)).first())
    if account is None:
        raise NotFound("account", "There is no such account.")
    return account


def by_email(tx: Connection, email: str) -> Account | None:
    return _account(tx.execute(select(accounts).where(accounts.c.email == _address(email))).first())


def set_name(tx: Connection, *, owner: str, name: str) -> None:
    """Call the account's owner so; letters are signed with it. Raises BadValue where nothing is left of it."""
    if not (name := " ".join(kept(name).split())[:MAX_NAME]):
        raise BadValue("account_name", "Write your name, so that people know who writes to them.")
    tx.execute(update(accounts).where(accounts.c.id == owner).values(name=name))


def set_email(tx: Connection, *, owner: str, email: str) -> None:
    """Give an account its address; an empty one takes it away. Raises Conflict where another account has it.

    Links that are on their way to the one before open nothing any more.
    """
    with _one_address_each(tx):
        change = update(accounts).where(accounts.c.id == owner, func.coalesce(accounts.c.email, "") != _address(email))
        changed = tx.execute(change.values(email=_address(email) or None, email_proved=False)).rowcount
    if changed:
        _forget_links(tx, owner)


def prove_email(tx: Connection, *, owner: str, email: str) -> bool:
    """Remember that this address is its owner's, while it is the account's; whether that is news."""
    unproved = (accounts.c.id == owner, accounts.c.email == _address(email), ~accounts.c.email_proved)
    return bool(tx.execute(update(accounts).where(*unproved).values(email_proved=True)).rowcount)


def email_proved(tx: Connection, *, owner: str) -> bool:
    return bool(tx.execute(select(accounts.c.email_proved).where(accounts.c.id == owner)).scalar())


def check_password(tx: Connection, *, email: str, password: str) -> Account | None:
    """Give the account, after the same work whether it exists or not, so that time tells nobody who is known."""
    row = tx.execute(select(accounts).where(accounts.c.email == _address(email))).first() if email else None
    right = _matches(row.password_hash if row and row.password_hash else _NOBODYS_HASH, password)
    return account_of_row(row) if row and right else None


def has_password(tx: Connection, *, owner: str) -> bool:
    """Whether the account can be entered by a password."""
    return bool(tx.execute(select(accounts.c.password_hash).where(accounts.c.id == owner)).scalar())


def set_password(tx: Connection, *, owner: str, password: str) -> None:
    """Links that were made before it open nothing any more."""
    change = update(accounts).where(accounts.c.id == owner)
    tx.execute(change.values(password_hash=_hashed_password(password)))
    _forget_links(tx, owner)


def take_password(tx: Connection, *, owner: str) -> int:
    """Let no password open the account; give how many did."""
    had = (accounts.c.id == owner, accounts.c.password_hash != "")
    return tx.execute(update(accounts).where(*had).values(password_hash="")).rowcount


def new_sign_in_link(
    tx: Connection,
    *,
    owner: str,
    minutes: float = 15,
    by: By = By.MACHINE,
    proved_at: datetime | None = None,
    sent_to: str = "",
) -> str:
    """Give the secret part of a link that signs the owner in once.

    `proved_at` is of the device that makes it, `sent_to` the address that it is mailed to.
    """
    secret = new_secret()
    row = {"secret_hash": hashed(secret), "account_id": owner, "way": by, "proved_at": proved_at}
    until = {
        "expires_at": now() + timedelta(minutes=minutes),
        "sent_to": hashed(_address(sent_to)) if sent_to else None,
    }
    tx.execute(insert(sign_in_links).values({**row, **until}))
    return secret


def maker_of_link(tx: Connection, token: str) -> Made:
    """How a link was made."""
    row = tx.execute(select(sign_in_links).where(sign_in_links.c.secret_hash == hashed(token))).one()
    return Made(By(row.way), row.proved_at, row.sent_to or "")


def use_sign_in_link(tx: Connection, token: str) -> Account | None:
    """Use a link up. Of two who use it at once only one changes the row, and gets in.

    One that was mailed to an address which is not the account's any more opens nothing.
    """
    this = (sign_in_links.c.secret_hash == hashed(token), *still_good())
    if not tx.execute(update(sign_in_links).where(*this).values(used_at=now())).rowcount:
        return None
    account, sent_to = whose(tx, sign_in_links, token), maker_of_link(tx, token).sent_to
    return account if account and sent_to in {"", hashed(account.email)} else None


def still_good() -> tuple[ColumnElement[bool], ...]:
    """What is true of a link that was not used and is not over."""
    return sign_in_links.c.used_at.is_(None), sign_in_links.c.expires_at > now()


def forget_expired(tx: Connection) -> None:
    """Remove the links that open nothing any more. For the sweep."""
    tx.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= now()))


def _forget_links(tx: Connection, owner: str) -> None:
    tx.execute(delete(sign_in_links).where(sign_in_links.c.account_id == owner))


@contextmanager
def _one_address_each(tx: Connection) -> Iterator[None]:
    try:
        with tx.begin_nested():
            yield
    except IntegrityError:
        raise Conflict("email_taken", "There is an account with this e-mail address already.") from None


def whose(tx: Connection, table: Table, secret: str, *conditions: object) -> Account | None:
    query = select(accounts).join(table, table.c.account_id == accounts.c.id)
    return _account(tx.execute(query.where(table.c.secret_hash == hashed(secret), *conditions)).first())  # type: ignore[arg-type]


def account_of_row(row: Row[Any]) -> Account:
    return Account(id=row.id, name=row.name, email=row.email or "", locale=row.locale)


def _account(row: Row[Any] | None) -> Account | None:
    return account_of_row(row) if row else None


def _address(email: str) -> str:
    return kept(email).strip().lower()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Without salt or stretching: 32 random bytes are not to be guessed."""
    return hashlib.sha256(kept(secret).encode()).hexdigest()


def _hashed_password(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadValue("password", f"A password has at least {SHORTEST_PASSWORD} characters.")
    return _hasher.hash(kept(password))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, kept(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
