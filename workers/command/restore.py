"""`undrawer restore`: a backup into an installation that holds nothing yet; of the same version or a later one."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, Any

import click

from service.config import Config
from service.domain.errors import BadValue, Conflict
from service.storage import accounts, snapshot
from service.storage.database import Database, Transaction, knows, upgrade
from service.storage.files import Files
from workers.command import archive


@click.command
@click.argument("from_", metavar="FROM", type=click.File("rb"))
def restore(from_: IO[bytes]) -> None:
    """Bring everything back from the file FROM, or from standard input (-), into an installation with no accounts.

    The database may be of another kind than that of the backup. What is wrong with the backup is told, and then
    the database holds nothing of it.
    """
    config = Config.from_env()
    backup = archive.Reader(from_)
    members = backup.members()
    first = next(members, None)
    _demand_empty(config, revision=str(backup.head["revision"]))
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        _load(tx, config, backup, _again(first, members))
    upgrade(config.database_url)
    click.echo(f"{sum(backup.end['tables'].values())} rows and {backup.end['files']} files are back.")
    if backup.end["missing"]:
        click.echo(f"{len(backup.end['missing'])} files were missing when the backup was made.", err=True)
        sys.exit(1)


def _again(
    first: tuple[str, IO[bytes]] | None, rest: Iterator[tuple[str, IO[bytes]]]
) -> Iterator[tuple[str, IO[bytes]]]:
    if first:
        yield first
    yield from rest


def _demand_empty(config: Config, *, revision: str) -> None:
    """Make the tables as they were when the backup was made; raise Conflict where somebody's rows lie already."""
    if not knows(revision):
        raise BadValue("backup_too_new", "The backup was made by a later version. Install that one, then restore.")
    with closing(Database(config.database_url)) as db:
        with db.reading() as tx:
            now = snapshot.revision(tx)
        if now:
            with db.reading() as tx:
                if accounts.first(tx):
                    raise Conflict("not_empty", "There are accounts here already. Restore into an empty data folder.")
    if now and now != revision:
        raise Conflict("not_new", "The database has tables of another version. Give it an empty one.")
    upgrade(config.database_url, revision=revision)


def _load(tx: Transaction, config: Config, backup: archive.Reader, members: Iterator[tuple[str, IO[bytes]]]) -> None:
    tables = {table.name: table for table in snapshot.tables(tx)}
    files = Files(config.files)
    loaded: dict[str, int] = {}
    for name, content in members:
        if name.startswith(archive.TABLES):
            table = tables[PurePosixPath(name).stem]
            loaded[table.name] = snapshot.load(tx, table, (line.decode() for line in content))
            snapshot.go_on_counting(tx, table)
        elif name.startswith(archive.KEYS):
            _bring_back_key(config, name.removeprefix(archive.KEYS), content.read())
        elif name.startswith(archive.FILES):
            _bring_back_file(files, name.removeprefix(archive.FILES), content.read())
    _demand_same(loaded, backup.end["tables"])


def _bring_back_file(files: Files, sha256: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadValue("backup_damaged", f"The file {sha256} in the backup is damaged.")
    files.put(content)


def _bring_back_key(config: Config, name: str, content: bytes) -> None:
    path = PurePosixPath(name)
    if path.parts[0] not in config.key_files or ".." in path.parts:
        raise BadValue("backup_damaged", f"The backup holds a key that is none of ours: {name}.")
    to = config.data / Path(*path.parts)
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as key:
        key.write(content)


def _demand_same(loaded: dict[str, int], said: dict[str, Any]) -> None:
    if loaded != said:
        raise BadValue("backup_damaged", "The backup holds other numbers of rows than it says.")
