"""An installation as the commands see it: its settings, its database brought up to date, its accounts."""

import getpass
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from service.config import Config
from service.domain.errors import BadValue, NotFound
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database, DatabaseAway, upgrade, why_away

_AWAY: Final = {
    "full": "There is no room left where the database lies. Make room, then do it again.",
    "away": "The database does not answer, or is locked. `undrawer doctor` says more.",
}


@contextmanager
def database(config: Config) -> Iterator[Database]:
    """Give the database with the tables of this version. Raises BadValue where it is away, full, damaged or of a later one."""
    try:
        upgrade(config.database_url)
        with closing(Database(config.database_url)) as opened:
            yield opened
    except DatabaseAway as error:
        if why := why_away(error):
            raise BadValue(f"database_{why}", _AWAY[why]) from error
        raise


def first_account(db: Database) -> Account:
    """Give the owner of a personal installation, made when nobody is there yet."""
    with db.transaction() as tx:
        return accounts.first(tx) or accounts.create(tx, name=getpass.getuser())


def account_of(db: Database, *, email: str) -> Account:
    """Give the account of this address; without one, the first."""
    if not email:
        return first_account(db)
    with db.transaction() as tx:
        account = accounts.by_email(tx, email)
    if account is None:
        raise NotFound("no_account", f"No account has the address {email}. Make one: undrawer account create NAME.")
    return account


def sign_in_link(db: Database, account: Account, *, address: str) -> str:
    with db.transaction() as tx:
        return f"{address}/sign-in/{accounts.new_sign_in_link(tx, owner=account.id)}"
