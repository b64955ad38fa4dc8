"""`undrawer rotate-keys`: a new key for cookies, links and sealed passwords; the ones from before still read."""

import os
import secrets
from pathlib import Path
from typing import Final

import click

from service.config import KEY_FILE, OLD_KEYS_FILE, Config, new_secret
from service.storage.entering import resealing
from workers.command.installation import database

FROM_ELSEWHERE: Final = (
    "The key of this installation comes from UNDRAWER_SECRET_KEY. Put a new one there, and the one from before into "
    "UNDRAWER_OLD_SECRET_KEYS; then call this again with --reseal-only."
)


@click.command
@click.option("--reseal-only", is_flag=True, help="Make no new key: seal anew with the one that is there.")
@click.option("--forget-old", is_flag=True, help="Remove the keys from before. What they signed or marked is lost.")
def rotate_keys(*, reseal_only: bool, forget_old: bool) -> None:
    """Make a new key and seal with it what is sealed. Restart Undrawer afterwards.

    Keys from before go on reading: sessions, links and calendars stay good, and whoever was erased is known again.
    """
    config = Config.from_env()
    if not reseal_only and not forget_old:
        if not _is_ours(config):
            raise click.ClickException(FROM_ELSEWHERE)
        _turn(config.data)
        config = Config.from_env()
    with database(config) as db, db.transaction() as tx:
        done, lost = resealing.reseal(tx, config.signing_keys)
    if forget_old:
        (config.data / OLD_KEYS_FILE).unlink(missing_ok=True)
    click.echo(f"{done} values sealed anew. Restart Undrawer.")
    if lost:
        click.echo(f"{lost} values no key opens any more; their owners have to write them again.", err=True)


def _is_ours(config: Config) -> bool:
    file = config.data / KEY_FILE
    return file.exists() and file.read_text(encoding="ascii").strip() == config.secret_key


def _turn(data: Path) -> None:
    """Put the key among the old ones first, then a new one in its place: whenever this breaks off, nothing is lost."""
    current, old = data / KEY_FILE, data / OLD_KEYS_FILE
    before = old.read_text(encoding="ascii").split() if old.exists() else []
    key = current.read_text(encoding="ascii").strip()
    _write(old, "\n".join(dict.fromkeys([key, *before])) + "\n")
    _write(current, new_secret())


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
