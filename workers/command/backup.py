"""`undrawer backup`: all there is, as it is at one moment, in one file, while people go on working."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final

import click

from service.config import Config
from service.storage import accounts, named_files, snapshot
from service.storage.database import Database, Transaction
from service.storage.entering import record
from service.storage.entering.record import What
from service.storage.files import Files
from workers.command import archive
from workers.command.installation import database

LAST: Final = "last-backup.json"


@click.command
@click.argument("to", type=click.Path(dir_okay=False, allow_dash=True))
def backup(to: str) -> None:
    """Write everything into the file TO, or to standard output (-). It holds the keys too: keep it as safe as the data.

    The service may run meanwhile. What was acknowledged when this began is in it.
    """
    config = Config.from_env()
    with database(config) as db, _opened(to) as content:
        end = write(config, db, content)
        _record(db)
    _remember(config, end)
    rows = sum(end["tables"].values())
    click.echo(f"{rows} rows and {end['files']} files ({end['bytes'] / 1e6:.1f} MB).", err=True)
    for sha256 in end["missing"]:
        click.echo(f"Missing: the file {sha256}. `undrawer check` says whose it is.", err=True)
    if end["missing"]:
        sys.exit(1)


def write(config: Config, db: Database, content: IO[bytes]) -> dict[str, Any]:
    """Write the backup, rows first: no file that they name is deleted for good within the hour after."""
    with archive.Writer(content) as out, db.snapshot() as tx:
        head = {"format": archive.FORMAT, "version": version("undrawer"), "revision": snapshot.revision(tx)}
        out.say(archive.HEAD, {**head, "taken_at": datetime.now(UTC).isoformat()})
        rows = {table.name: out.table(table.name, snapshot.lines(tx, table)) for table in snapshot.tables(tx)}
        for path in _keys(config):
            with path.open("rb") as key:
                out.file(archive.KEYS + path.relative_to(config.data).as_posix(), key)
        files = _write_files(out, Files(config.files), tx)
        end = {"tables": rows, **files, "finished_at": datetime.now(UTC).isoformat()}
        out.end(end)
    return end


def _write_files(out: archive.Writer, files: Files, tx: Transaction) -> dict[str, Any]:
    wanted = sorted({sha256 for sha256, _ in named_files.named(tx)})
    sizes, missing = [], []
    for sha256 in wanted:
        try:
            with files.open(sha256) as content:
                sizes.append(out.file(archive.FILES + sha256, content))
        except FileNotFoundError:
            missing.append(sha256)
    return {"files": len(sizes), "bytes": sum(sizes), "missing": missing}


def _keys(config: Config) -> list[Path]:
    """The secrets that lie in the data folder; those from the environment are kept where that comes from."""
    found = [config.data / name for name in config.key_files]
    return sorted(path for one in found for path in ([one] if one.is_file() else one.rglob("*")) if path.is_file())


@contextmanager
def _opened(to: str) -> Iterator[IO[bytes]]:
    """Write beside, through to the disk, and put it in place at the end: no backup is overwritten by half a one."""
    if to == "-":
        yield sys.stdout.buffer
        return
    path, draft = Path(to), Path(f"{to}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as content:
            yield content
            content.flush()
            os.fsync(content.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _record(db: Database) -> None:
    """Tell the owner of the installation that there is a copy of it somewhere."""
    with db.transaction() as tx:
        if owner := accounts.first(tx):
            record.write(tx, What.BACKED_UP, owner=owner.id, detail="machine")


def _remember(config: Config, end: dict[str, Any]) -> None:
    said = {name: end[name] for name in ("finished_at", "files", "bytes")}
    (config.data / LAST).write_text(json.dumps({**said, "missing": len(end["missing"])}))
