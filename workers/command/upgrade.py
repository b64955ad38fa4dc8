"""`undrawer upgrade`: brings the database to this version, where `undrawer run` is not what starts things."""

import click

from service.config import Config
from service.storage import database


@click.command
def upgrade() -> None:
    """Bring the database to this version. Several may call it at once."""
    database.upgrade(Config.from_env().database_url)
