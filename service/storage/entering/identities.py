"""Sign-ins elsewhere: who an account is at a firm's own sign-in, known by issuer and subject and by nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Conflict, NotFound
from service.storage import accounts as kept_accounts
from service.storage.accounts import Account
from service.storage.entering.entering_tables import identities as rows
from service.storage.moment import now
from service.storage.tables import accounts
from service.storage.words import kept

AT_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider vouches for.

    `email` is "" where it did not check the address; `shown_at` is when the person last signed in there, if it says so.
    """

    issuer: str
    subject: str
    email: str = ""
    name: str = ""
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an account is elsewhere."""

    id: str
    issuer: str
    email: str
    created_at: datetime
    used_at: datetime | None


def account_of(tx: Connection, claims: Claims) -> Account | None:
    """Whose this is, by issuer and subject; writes down that it was used."""
    this = (rows.c.issuer == kept(claims.issuer), rows.c.subject == kept(claims.subject))
    owner = tx.execute(update(rows).where(*this).values(used_at=now()).returning(rows.c.account_id)).scalar()
    return kept_accounts.get(tx, owner=owner) if owner else None


def account_by_address(tx: Connection, claims: Claims) -> Account | None:
    """Whose address this is, where both sides have checked it; an address that anybody could have typed is no proof.

    None where that account is known there as somebody already: a firm gives the address of who left to who came.
    """
    found = kept_accounts.by_email(tx, claims.email) if claims.email else None
    if found is None or not kept_accounts.email_proved(tx, owner=found.id):
        return None
    return None if is_known_at(tx, claims.issuer, owner=found.id) else found


def is_known_at(tx: Connection, issuer: str, *, owner: str) -> bool:
    """Whether the account is somebody there already."""
    mine = (rows.c.account_id == owner, rows.c.issuer == kept(issuer))
    return tx.execute(select(rows.c.id).where(*mine)).first() is not None


def link(tx: Connection, claims: Claims, *, owner: str) -> None:
    """From now on this sign-in elsewhere opens the account: one of each issuer, and each one account. Raises Conflict."""
    # Of two at once the second waits, and sees the first.
    tx.execute(select(accounts.c.id).where(accounts.c.id == owner).with_for_update(key_share=True))
    if is_known_at(tx, claims.issuer, owner=owner):
        raise Conflict("identity_there", "This account is connected there already. Disconnect that first.")
    if len(of(tx, owner=owner)) >= AT_MOST:
        raise Conflict("too_many_identities", "There are too many already. Disconnect one first.")
    row = {"id": str(uuid4()), "account_id": owner, "issuer": kept(claims.issuer), "subject": kept(claims.subject)}
    try:
        with tx.begin_nested():
            tx.execute(insert(rows).values({**row, "email": kept(claims.email), "created_at": now()}))
    except IntegrityError:
        raise Conflict("identity_taken", "That sign-in opens an account already.") from None


def of(tx: Connection, *, owner: str) -> list[Identity]:
    query = select(rows).where(rows.c.account_id == owner).order_by(rows.c.created_at.desc(), rows.c.id)
    return [Identity(row.id, row.issuer, row.email, row.created_at, row.used_at) for row in tx.execute(query)]


def unlink(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    if not tx.execute(delete(rows).where(rows.c.account_id == owner, rows.c.id == kept(id))).rowcount:
        raise NotFound("identity", "There is no such sign-in.")
