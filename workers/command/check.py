"""`undrawer check`: whether every file that a row names is there and whole, and no file is nobody's."""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import click

from service.config import Config
from service.storage import named_files
from service.storage.database import Database
from service.storage.files import ASIDE_SECONDS, Files
from workers.command.installation import database

TROUBLES: Final = {
    "missing": "is missing; only a backup has it, or the phone that took the photo",
    "damaged": "is damaged: its bytes are not those that were kept; only a backup has them",
    "nobody's": "is named by no row; `undrawer check --repair` puts it aside, and an hour later it is gone",
    "aside": "was put aside though a row names it; `undrawer check --repair` brings it back",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file, and the tables whose rows name it."""

    sha256: str
    what: str
    named_by: tuple[str, ...] = ()


@click.command
@click.option("--repair", is_flag=True, help="Mend what can be mended without a backup.")
@click.option("--quick", is_flag=True, help="Look at names only; do not read every file.")
def check(*, repair: bool, quick: bool) -> None:
    """Say which files are missing, damaged or nobody's. The exit status is 1 if there are any that stay so."""
    config = Config.from_env()
    files = Files(config.files)
    with database(config) as db:
        found = list(troubles(db, files, quick=quick))
        left = [trouble for trouble in found if not (repair and _mended(db, files, trouble))]
    for trouble in found:
        state = TROUBLES[trouble.what] if trouble in left else "was mended"
        named = f" ({', '.join(trouble.named_by)})" if trouble.named_by else ""
        click.echo(f"{trouble.sha256}{named} {state}.")
    click.echo("All files are there and whole." if not found else f"{len(found)} troubles, {len(left)} left.", err=True)
    if left:
        sys.exit(1)


def troubles(db: Database, files: Files, *, quick: bool = False) -> Iterator[Trouble]:
    """Compare rows and files. What was kept within the last hour may be an upload whose row is on its way."""
    there = dict(files.there())
    named: dict[str, set[str]] = defaultdict(set)
    with db.snapshot() as tx:
        for sha256, table in named_files.named(tx):
            named[sha256].add(table)
    for sha256, by in sorted(named.items()):
        what = _wrong(files, sha256, there=sha256 in there, quick=quick)
        if what:
            yield Trouble(sha256, what, tuple(sorted(by)))
    for sha256, seconds in sorted(there.items()):
        if sha256 not in named and seconds > ASIDE_SECONDS:
            yield Trouble(sha256, "nobody's")


def _wrong(files: Files, sha256: str, *, there: bool, quick: bool) -> str:
    if not there:
        return "aside" if files.has(sha256) else "missing"
    if quick:
        return ""
    with files.open(sha256) as content:
        return "" if hashlib.file_digest(content, "sha256").hexdigest() == sha256 else "damaged"


def _mended(db: Database, files: Files, trouble: Trouble) -> bool:
    """Mend what needs no backup, if the rows still say so; give whether that was done."""
    with db.reading() as tx:
        needed = trouble.sha256 in named_files.needed(tx, [trouble.sha256])
    if trouble.what == "nobody's" and not needed:
        files.delete(trouble.sha256)
    elif trouble.what == "aside" and needed:
        files.clear_away(trouble.sha256, needed=True)
    else:
        return False
    return True
