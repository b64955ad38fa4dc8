"""Passkeys: public keys by which a device signs its owner in; the private half never leaves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.entering.passkey import NewPasskey
from service.domain.errors import BadValue, Conflict, NotFound
from service.storage.entering.entering_tables import passkeys as rows
from service.storage.moment import now
from service.storage.words import kept

AT_MOST: Final = 20
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey. `synced`: a provider keeps it on several devices. `used_at` is when it last signed in."""

    id: str
    owner: str
    credential_id: str
    public_key: str
    sign_count: int
    name: str
    synced: bool
    created_at: datetime
    used_at: datetime | None


def add(tx: Connection, *, owner: str, name: str, new: NewPasskey) -> None:
    """Keep a passkey that was shown to be good."""
    shown = " ".join(kept(name).split())[:LONGEST_NAME]
    if not shown:
        raise BadValue("passkey_name", "Give the passkey a name, so that you know it again.")
    if len(of(tx, owner=owner)) >= AT_MOST:
        raise Conflict("too_many_passkeys", "There are too many passkeys already. Remove one first.")
    row = {"id": str(uuid4()), "account_id": owner, "name": shown, "created_at": now(), "synced": new.synced}
    key = {"credential_id": new.credential_id, "public_key": new.public_key, "sign_count": new.sign_count}
    try:
        with tx.begin_nested():
            tx.execute(insert(rows).values({**row, **key}))
    except IntegrityError:
        raise Conflict("passkey_known", "This passkey is here already.") from None


def of(tx: Connection, *, owner: str) -> list[Passkey]:
    """All of an account, the newest first."""
    query = select(rows).where(rows.c.account_id == owner).order_by(rows.c.created_at.desc(), rows.c.id)
    return [_passkey(row) for row in tx.execute(query)]


def find(tx: Connection, credential_id: str) -> Passkey | None:
    """The passkey that a browser names; whose it is comes out by it."""
    row = tx.execute(select(rows).where(rows.c.credential_id == kept(credential_id))).first()
    return _passkey(row) if row else None


def used(tx: Connection, passkey: Passkey, *, sign_count: int) -> bool:
    """Write down a sign-in; False where another one got in between with the same count, as with a copied key."""
    mine = (rows.c.account_id == passkey.owner, rows.c.id == passkey.id, rows.c.sign_count == passkey.sign_count)
    return bool(tx.execute(update(rows).where(*mine).values(sign_count=sign_count, used_at=now())).rowcount)


def remove(tx: Connection, *, owner: str, id: str) -> str:  # noqa: A002
    """Let a passkey open nothing any more; give its name. Raises NotFound."""
    mine = (rows.c.account_id == owner, rows.c.id == kept(id))
    name = tx.execute(delete(rows).where(*mine).returning(rows.c.name)).scalar()
    if name is None:
        raise NotFound("passkey", "There is no such passkey.")
    return str(name)


def _passkey(row: Row[Any]) -> Passkey:
    return Passkey(
        id=row.id,
        owner=row.account_id,
        credential_id=row.credential_id,
        public_key=row.public_key,
        sign_count=row.sign_count,
        name=row.name,
        synced=row.synced,
        created_at=row.created_at,
        used_at=row.used_at,
    )
