"""`undrawer token`: keys with which programs use the API."""

import click

from service.config import Config
from service.storage import tokens
from service.storage.tokens import LONGEST_DAYS, Scope
from workers.command.account import WHOSE
from workers.command.installation import account_of, database


@click.group
def token() -> None:
    """Make keys with which programs use the API."""


@token.command
@click.argument("name")
@click.option("--email", default="", help=WHOSE)
@click.option("--read-only", is_flag=True, help="A key that looks at things and changes nothing.")
@click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), help="How long it is good; until it is withdrawn if unsaid."
)
def create(name: str, email: str, days: int | None, *, read_only: bool) -> None:
    """Print a new key, named NAME after what will use it. It is shown this once."""
    scope = Scope.READ if read_only else Scope.ALL
    with database(Config.from_env()) as db:
        owner = account_of(db, email=email)
        with db.transaction() as tx:
            click.echo(tokens.create(tx, owner=owner.id, name=name, scope=scope, days=days))
