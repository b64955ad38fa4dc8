"""A drawer with one of each thing to be tried, and the ids of what is in it."""

from sqlalchemy import select

from bench.tried.house import House
from service.storage import accounts, snapshot
from tests.api.asking import Person
from tests.api.one_of_each import fill

IN_PATHS = {"touche": "touch", "quiet_stretche": "stretch", "duplicate_pair": "pair", "whereabout": "town"}
"""What a thing is called in paths, where its table is called otherwise."""


def filled(tried: House) -> None:
    """Put one of each thing into the drawer."""
    with tried.parts.db.reading() as tx:
        account = accounts.get(tx, owner=tried.owner)
    fill(tried.app, Person(account, tried.token, tried.app.test_client()))


def ids(tried: House) -> dict[str, list[str]]:
    """Give the ids of what is in the drawer now, by the name that they have in a path."""
    found: dict[str, list[str]] = {}
    with tried.parts.db.reading() as tx:
        for table in snapshot.tables(tx):
            if {"id", "account_id"} <= set(table.columns.keys()):
                rows = tx.execute(select(table.c.id).where(table.c.account_id == tried.owner).limit(20))
                name = table.name.removesuffix("s")
                found[f"{IN_PATHS.get(name, name)}_id"] = [str(one) for one in rows.scalars()]
    return found
