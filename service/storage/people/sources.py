"""Whether a first mail to somebody says where their data comes from: a wish of the account."""

from sqlalchemy import Connection, select, update

from service.storage.tables import accounts


def says(tx: Connection, *, owner: str) -> bool:
    return bool(tx.execute(select(accounts.c.says_source).where(accounts.c.id == owner)).scalar())


def say(tx: Connection, *, owner: str, wanted: bool) -> None:
    tx.execute(update(accounts).where(accounts.c.id == owner).values(says_source=wanted))
