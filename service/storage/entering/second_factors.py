"""The second factor of an account: its sealed secret, the last code that was used, and the recovery codes, hashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from service.domain.entering import second_factor
from service.domain.entering.sealed import seal, unseal
from service.storage.accounts import hashed
from service.storage.entering.entering_tables import recovery_codes, second_factors
from service.storage.moment import now

SEALED_FOR: Final = "second factor"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """When it was switched on, and how many recovery codes are left."""

    since: datetime
    codes_left: int


def begin(tx: Connection, *, owner: str, keys: Sequence[str]) -> str:
    """Give a new secret; it counts only once a code of it was right. One that was never confirmed goes."""
    secret, mine = second_factor.new_secret(), second_factors.c.account_id == owner
    tx.execute(delete(second_factors).where(mine, second_factors.c.confirmed_at.is_(None)))
    row = {"account_id": owner, "sealed": seal(keys, SEALED_FOR, secret), "created_at": now()}
    tx.execute(insert(second_factors).values(row))
    return secret


def begun(tx: Connection, *, owner: str, keys: Sequence[str]) -> str:
    """The secret that waits for its first code; "" where there is none."""
    waits = (second_factors.c.account_id == owner, second_factors.c.confirmed_at.is_(None))
    sealed = tx.execute(select(second_factors.c.sealed).where(*waits)).scalar()
    return unseal(keys, SEALED_FOR, sealed) if sealed else ""


def of(tx: Connection, *, owner: str) -> SecondFactor | None:
    """The one that is on."""
    mine = (second_factors.c.account_id == owner, second_factors.c.confirmed_at.is_not(None))
    since = tx.execute(select(second_factors.c.confirmed_at).where(*mine)).scalar()
    unused = (recovery_codes.c.account_id == owner, recovery_codes.c.used_at.is_(None))
    left = tx.execute(select(func.count()).select_from(recovery_codes).where(*unused)).scalar_one()
    return SecondFactor(since, left) if since else None


def confirm(tx: Connection, *, owner: str, keys: Sequence[str], code: str) -> list[str]:
    """Switch it on by its first code; give the recovery codes, or nothing for a wrong code."""
    if not begun(tx, owner=owner, keys=keys) or not _spend(tx, owner=owner, keys=keys, code=code):
        return []
    tx.execute(update(second_factors).where(second_factors.c.account_id == owner).values(confirmed_at=now()))
    return new_codes(tx, owner=owner)


def right(tx: Connection, *, owner: str, keys: Sequence[str], code: str) -> bool:
    """Whether this is the code of the moment, which was not used yet."""
    return of(tx, owner=owner) is not None and _spend(tx, owner=owner, keys=keys, code=code)


def new_codes(tx: Connection, *, owner: str) -> list[str]:
    """Give new recovery codes, which nobody can read again; those from before open nothing any more."""
    codes = second_factor.new_recovery_codes()
    tx.execute(delete(recovery_codes).where(recovery_codes.c.account_id == owner))
    rows = [{"account_id": owner, "secret_hash": _hash(owner, code)} for code in codes]
    tx.execute(insert(recovery_codes), rows)
    return codes


def use_code(tx: Connection, *, owner: str, code: str) -> bool:
    """Use a recovery code up. Of two at once only one changes the row."""
    mine = (recovery_codes.c.account_id == owner, recovery_codes.c.secret_hash == _hash(owner, code))
    used = update(recovery_codes).where(*mine, recovery_codes.c.used_at.is_(None)).values(used_at=now())
    return bool(tx.execute(used).rowcount)


def switch_off(tx: Connection, *, owner: str) -> None:
    for table in (recovery_codes, second_factors):
        tx.execute(delete(table).where(table.c.account_id == owner))


def _spend(tx: Connection, *, owner: str, keys: Sequence[str], code: str) -> bool:
    """Take a code, unless it or a later one was taken: of two who send the same, one comes too late (RFC 6238, 5.2)."""
    sealed = tx.execute(select(second_factors.c.sealed).where(second_factors.c.account_id == owner)).scalar_one()
    step = second_factor.step_of(unseal(keys, SEALED_FOR, sealed), code, now=now())
    if step is None:
        return False
    unspent = (second_factors.c.account_id == owner, second_factors.c.last_step < step)
    return bool(tx.execute(update(second_factors).where(*unspent).values(last_step=step)).rowcount)


def _hash(owner: str, code: str) -> str:
    return hashed(f"{owner}:{second_factor.plain(code)}")
