"""`undrawer token`: keys with which programs use the API."""

import click

from service.config import Config
from service.storage import accounts
from workers.command.account import WHOSE
from workers.command.installation import account_of, database


@click.group
def token() -> None:
    """Make keys with which programs use the API."""


@token.command
@click.argument("name")
@click.option("--email", default="", help=WHOSE)
def create(name: str, email: str) -> None:
    """Print a new key, named NAME after what will use it. It is shown this once."""
    with database(Config.from_env()) as db:
        owner = account_of(db, email=email)
        with db.transaction() as tx:
            click.echo(accounts.create_token(tx, owner=owner.id, name=name))
