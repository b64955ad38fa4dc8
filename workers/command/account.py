"""`undrawer account`: makes accounts and ways into them."""

import click

from service.config import Config
from service.storage import accounts
from workers.command import addresses
from workers.command.installation import account_of, database, first_account, sign_in_link
from workers.command.welcome import qr

WHOSE = "Whose, by e-mail address; the first account's if unsaid."


@click.group
def account() -> None:
    """Make accounts and ways into them."""


@account.command
@click.argument("name")
@click.option("--email", default="", help="The address to sign in with.")
def create(name: str, email: str) -> None:
    """Make an account and print a link that signs its owner in once."""
    config = Config.from_env()
    with database(config) as db:
        with db.transaction() as tx:
            made = accounts.create(tx, name=name, email=email, email_proved=bool(email))
        click.echo(sign_in_link(db, made, address=addresses.given_out(config)))


@account.command
@click.option("--email", default="", help=WHOSE)
def link(email: str) -> None:
    """Print a link that signs in once, within 15 minutes, and its QR code."""
    config = Config.from_env()
    with database(config) as db:
        made = sign_in_link(db, account_of(db, email=email), address=addresses.given_out(config))
    click.echo(made)
    click.echo(qr(made), err=True)


@account.command
@click.argument("email")
@click.password_option(help="Asked for if unsaid, which keeps it out of the shell's history.")
def password(email: str, password: str) -> None:
    """Set the password with which EMAIL signs in.

    The first account has no address to begin with: it takes this one.
    """
    with database(Config.from_env()) as db:
        first = first_account(db)
        whose = account_of(db, email=email) if first.email else first
        with db.transaction() as tx:
            accounts.set_email(tx, owner=whose.id, email=email)
            accounts.prove_email(tx, owner=whose.id, email=email)
            accounts.set_password(tx, owner=whose.id, password=password)
    click.echo(f"{whose.name} signs in with {email} and this password now.")
