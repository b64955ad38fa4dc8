"""`undrawer export`: everything of an account, or about one person, in one ZIP file."""

import sys
from pathlib import Path

import click

from service.config import Config
from service.domain.zipping import zipped
from service.storage.entering import record
from service.storage.entering.record import What
from service.storage.files import Files
from service.storage.people import archives
from workers.command.installation import account_of, database


@click.command
@click.argument("to", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--email", default="", help="Whose, by e-mail address; the first account's if unsaid.")
@click.option("--contact", default="", help="The id of one contact: everything about this person alone.")
def export(to: str, email: str, contact: str) -> None:
    """Write everything of an account into the ZIP file TO, or to standard output (-).

    Unlike a backup it is for its owner to read: JSON, vCards, photos. Passwords and keys are left out.
    """
    config = Config.from_env()
    files = Files(config.files)
    with database(config) as db:
        owner = account_of(db, email=email).id
        with db.reading() as tx, sys.stdout.buffer if to == "-" else Path(to).open("wb") as out:
            found = (
                archives.of_contact(tx, files, owner=owner, id=contact)
                if contact
                else archives.of_account(tx, files, owner=owner)
            )
            for piece in zipped(found):
                out.write(piece)
        with db.transaction() as tx:
            record.write(tx, What.EXPORTED if contact else What.ALL_EXPORTED, owner=owner, detail="machine")
