"""Knocks: somebody asks by mail to be let in. Who it is comes out by the mail alone, so every knock is taken alike."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, or_, update

from service.domain.entering.sealed import seal, unseal
from service.domain.errors import BadValue
from service.storage.claims import Claims
from service.storage.entering.entering_tables import knocks as rows
from service.storage.moment import now
from service.storage.words import kept

SEALED_FOR: Final = "knock"
MINUTES: Final = 30
"""Later nobody waits for the mail any more."""

_WAITING: Final = "waiting"
_GONE: Final = "gone"
_LONGEST: Final = 254  # RFC 5321, 4.5.3.1.3


class Purpose(StrEnum):
    """To sign in, or to make an account."""

    SIGN_IN = "sign in"
    SIGN_UP = "sign up"


@dataclass(frozen=True, slots=True)
class Knock:
    """A knock with its row."""

    id: str
    purpose: Purpose
    email: str
    locale: str


CLAIMS: Final = Claims(
    table=rows, waiting=rows.c.state == _WAITING, since=rows.c.asked_at, given_up={"state": _GONE, "sealed": ""}
)


def put(tx: Connection, *, purpose: Purpose, email: str, locale: str, keys: Sequence[str]) -> str:
    """Write a knock down and give its id; ring `answer_knock` after the commit."""
    address = kept(email).strip().lower()
    if not 3 <= len(address) <= _LONGEST or "@" not in address or not address.isprintable() or " " in address:
        raise BadValue("mail_address", "This is no mail address.")
    said = seal(keys, SEALED_FOR, json.dumps({"email": address, "locale": locale}))
    row = {"id": str(uuid4()), "purpose": purpose, "sealed": said, "state": _WAITING, "asked_at": now()}
    tx.execute(insert(rows).values(row))
    return str(row["id"])


def claim(tx: Connection, id: str, *, held_seconds: float, keys: Sequence[str]) -> Knock | None:  # noqa: A002
    """Take a knock; None if it was answered, is in somebody's hands, or is too old to answer."""
    row = CLAIMS.take(tx, id, held_seconds=held_seconds)
    if row is None or row.asked_at < now() - timedelta(minutes=MINUTES):
        return None
    return _knock(row, keys)


def answered(tx: Connection, *, id: str) -> None:  # noqa: A002
    """Forget a knock, whoever it was."""
    tx.execute(delete(rows).where(rows.c.id == id))


def later(tx: Connection, *, id: str) -> None:  # noqa: A002
    """Let the sweep ring for it again: the mail server does not answer now."""
    tx.execute(update(rows).where(rows.c.id == id).values(claimed_at=None, tries=0))


def forget_old(tx: Connection) -> None:
    """Remove what nobody waits for any more. For the sweep."""
    old = rows.c.asked_at < now() - timedelta(minutes=MINUTES)
    tx.execute(delete(rows).where(or_(old, rows.c.state == _GONE)))


def _knock(row: Row[Any], keys: Sequence[str]) -> Knock:
    said = json.loads(unseal(keys, SEALED_FOR, row.sealed))
    return Knock(row.id, Purpose(row.purpose), said["email"], said["locale"])
