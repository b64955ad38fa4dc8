"""Invitations: made by the owner of the installation, good once and for a while, kept hashed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.storage import accounts
from service.storage.accounts import hashed, new_secret
from service.storage.entering.entering_tables import invitations as rows
from service.storage.moment import now
from service.storage.words import kept

DAYS: Final = 7
LONGEST_DAYS: Final = 90
AT_MOST: Final = 100
_LONGEST_NAME: Final = 60
_LONGEST_ADDRESS: Final = 254  # RFC 5321, 4.5.3.1.3


@dataclass(frozen=True, slots=True)
class Invitation:
    """For whom it is (either may be ""), and until when."""

    id: str
    name: str
    email: str
    created_at: datetime
    expires_at: datetime


def make(tx: Connection, *, owner: str, name: str = "", email: str = "", days: int = DAYS) -> str:
    """Give the secret part of a link by which one account is made. Raises Conflict where the address has one."""
    if not 1 <= days <= LONGEST_DAYS:
        raise BadValue("invitation_days", f"An invitation is good for 1 to {LONGEST_DAYS} days.")
    if len(of(tx, owner=owner)) >= AT_MOST:
        raise Conflict("too_many_invitations", "There are too many invitations already. Take one back first.")
    address = kept(email).strip().lower()[:_LONGEST_ADDRESS]
    if address and accounts.by_email(tx, address):
        raise Conflict("email_taken", "There is an account with this e-mail address already.")
    secret, at = new_secret(), now()
    row = {"id": str(uuid4()), "account_id": owner, "secret_hash": hashed(secret), "email": address}
    until = {"created_at": at, "expires_at": at + timedelta(days=days)}
    tx.execute(insert(rows).values({**row, **until, "name": " ".join(kept(name).split())[:_LONGEST_NAME]}))
    return secret


def of(tx: Connection, *, owner: str) -> list[Invitation]:
    """Those that are still good, the newest first."""
    query = select(rows).where(rows.c.account_id == owner, rows.c.used_at.is_(None), rows.c.expires_at > now())
    return [_invitation(row) for row in tx.execute(query.order_by(rows.c.created_at.desc(), rows.c.id))]


def find(tx: Connection, secret: str) -> Invitation | None:
    """The invitation of a link; None for one that was used, taken back, or is over."""
    good = (rows.c.secret_hash == hashed(secret), rows.c.used_at.is_(None), rows.c.expires_at > now())
    row = tx.execute(select(rows).where(*good)).first()
    return _invitation(row) if row else None


def use(tx: Connection, secret: str) -> Invitation | None:
    """Use an invitation up, in the transaction that makes the account. Of two at once only one changes the row."""
    good = (rows.c.secret_hash == hashed(secret), rows.c.used_at.is_(None), rows.c.expires_at > now())
    row = tx.execute(update(rows).where(*good).values(used_at=now()).returning(rows)).first()
    return _invitation(row) if row else None


def take_back(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    mine = (rows.c.account_id == owner, rows.c.id == kept(id), rows.c.used_at.is_(None))
    if not tx.execute(delete(rows).where(*mine)).rowcount:
        raise NotFound("invitation", "There is no such invitation.")


def forget_expired(tx: Connection) -> None:
    """Remove those that open nothing any more. For the sweep."""
    tx.execute(delete(rows).where(rows.c.expires_at <= now()))


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.id, row.name, row.email, row.created_at, row.expires_at)
