"""How an account likes to review."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select, update

from service.domain.errors import NotFound
from service.storage.tables import accounts


@dataclass(frozen=True, slots=True)
class Preferences:
    """`letter_keys`: single letters act on the review screen; `confirms_sure`: cards without a doubt need nobody."""

    letter_keys: bool = True
    confirms_sure: bool = False


_COLUMNS = (accounts.c.letter_keys, accounts.c.confirms_sure)


def get(tx: Connection, *, owner: str) -> Preferences:
    row = tx.execute(select(*_COLUMNS).where(accounts.c.id == owner)).first()
    if row is None:
        raise NotFound("account", "There is no such account.")
    return Preferences(letter_keys=bool(row.letter_keys), confirms_sure=bool(row.confirms_sure))


def keep(tx: Connection, preferences: Preferences, *, owner: str) -> None:
    tx.execute(update(accounts).where(accounts.c.id == owner).values(asdict(preferences)))
