"""What is sealed, sealed anew with the first of the keys, so that the ones from before may go."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Column, Connection, select, update

from service.domain.entering.sealed import seal, unseal
from service.domain.errors import BadValue
from service.storage.entering import second_factors as codes
from service.storage.entering.entering_tables import second_factors
from service.storage.reaching import mail_settings as mail
from service.storage.reaching.mail_tables import mail_settings

SEALED: Final = (
    (mail_settings.c.account_id, mail_settings.c.password, mail.SEALED_FOR),
    (second_factors.c.account_id, second_factors.c.sealed, codes.SEALED_FOR),
)
"""By which column a row is found, what of it is sealed, and for which purpose. Knocks are gone within half an hour."""


def reseal(tx: Connection, keys: Sequence[str]) -> tuple[int, int]:
    """Give how many values were sealed anew, and how many no key opens any more."""
    done = lost = 0
    for name, column, purpose in SEALED:
        for id_, value in tx.execute(select(name, column).where(column != "")).all():
            try:
                fresh = seal(keys, purpose, unseal(keys, purpose, value))
            except BadValue:
                lost += 1
                continue
            _put(tx, name, id_, column, fresh)
            done += 1
    return done, lost


def _put(tx: Connection, name: Column[str], id_: str, column: Column[str], value: str) -> None:
    tx.execute(update(column.table).where(name == id_).values({column.name: value}))
