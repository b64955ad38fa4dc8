"""`undrawer account`: makes accounts and ways into them."""

import click

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.files import Files
from service.storage.people import erasing
from workers.command.installation import account_of, database, first_account, sign_in_link
from workers.command.running import addresses
from workers.command.running.welcome import qr

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


def _somebody(_context: click.Context, _parameter: click.Parameter, who: str) -> str:
    if not who:
        raise click.BadParameter("Say whose account.")
    return who


@account.command
@click.argument("who", callback=_somebody)
@click.option("--yes", is_flag=True, help="Erase without asking.")
def erase(who: str, yes: bool) -> None:  # noqa: FBT001 - click gives it so
    """Erase the account of WHO, by e-mail address, with all that it holds. It cannot be undone.

    The first account goes by its name while it has no address. `undrawer export` takes all of it away before.
    """
    config = Config.from_env()
    with database(config) as db:
        whose = _whose(db, who)
        if not yes and click.prompt(f"Type {who} to erase all of it", default="", show_default=False) != who:
            raise click.ClickException("Nothing was erased.")
        with db.transaction() as tx:
            erasing.wipe(tx)
            files = erasing.erase_account(tx, owner=whose.id)
        for sha256 in files:
            Files(config.files).delete(sha256)
        db.settle()
    click.echo(f"The account of {who} is erased, with {len(files)} files. Backups made before still hold it.")


def _whose(db: Database, who: str) -> Account:
    with db.transaction() as tx:
        first = accounts.first(tx)
    return first if first and not first.email and first.name == who else account_of(db, email=who)
