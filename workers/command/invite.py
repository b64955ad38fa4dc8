"""`undrawer invite`: an invitation by which somebody makes an account of their own."""

import click

from service.config import Config
from service.domain.errors import BadValue
from service.storage.entering import invitations, record
from service.storage.entering.invitations import DAYS, LONGEST_DAYS
from service.storage.entering.record import What
from workers.command.installation import database, first_account
from workers.command.running import addresses
from workers.command.running.welcome import qr


@click.command
@click.option("--name", default="", help="For whom it is.")
@click.option("--email", default="", help="Their address, which the account then has; you vouch for it.")
@click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=DAYS, help=f"How long it is good; {DAYS} if unsaid."
)
def invite(name: str, email: str, days: int) -> None:
    """Print an invitation, good once, and its QR code."""
    config = Config.from_env()
    if config.sign_up == "closed":
        raise BadValue("sign_up_closed", "UNDRAWER_SIGN_UP is closed. Make the account: undrawer account create NAME.")
    with database(config) as db:
        owner = first_account(db)
        with db.transaction() as tx:
            secret = invitations.make(tx, owner=owner.id, name=name, email=email, days=days)
            record.write(tx, What.INVITED, owner=owner.id, detail="machine")
    link = f"{addresses.given_out(config)}/join/{secret}"
    click.echo(link)
    click.echo(qr(link), err=True)
