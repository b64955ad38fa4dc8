"""`undrawer check`: whether every file that a row names is there and whole, no file is nobody's, and the database sound."""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import click

from service.config import Config
from service.storage import lost_files, named_files, soundness
from service.storage.database import Database, Transaction
from service.storage.files import ASIDE_SECONDS, Files
from workers.command.installation import database

TROUBLES: Final = {
    "missing": "is missing; put it back from a backup, or have its rows say that it is lost: `undrawer check --repair`",
    "damaged": "is damaged: its bytes are not those that were kept; put it back from a backup, or have its rows say that it is"
    " lost: `undrawer check --repair`",
    "nobody's": "is named by no row; `undrawer check --repair` moves it into the folder `found`",
    "aside": "was put aside though a row names it; `undrawer check --repair` brings it back",
}
MENDED: Final = {
    "missing": "is lost, and its rows say so now",
    "damaged": "is lost, and its rows say so now; what is left of it lies in the folder `found`",
    "nobody's": "lies in the folder `found` now; look at it, and remove it yourself",
    "aside": "is back in its place",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file, and the tables whose rows name it."""

    sha256: str
    what: str
    named_by: tuple[str, ...] = ()


@click.command
@click.option("--repair", is_flag=True, help="Mend what can be mended without a backup; nothing is removed.")
@click.option("--quick", is_flag=True, help="Look at names only; do not read every file.")
@click.option("--at-rest", is_flag=True, help="Nobody uploads now: files of the last hour need a row, too.")
def check(*, repair: bool, quick: bool, at_rest: bool) -> None:
    """Say which files are missing, damaged or nobody's. The exit status is 1 if there are any that stay so."""
    config = Config.from_env()
    files = Files(config.files)
    with database(config) as db:
        with db.reading() as tx:
            unsound = soundness.troubles(tx)
        found = list(troubles(db, files, quick=quick, young_seconds=0 if at_rest else ASIDE_SECONDS))
        mended = [trouble for trouble in found if repair and _mended(db, files, trouble)]
    for line in unsound:
        click.echo(f"The database is damaged ({line}). Restore a backup.")
    for trouble in found:
        named = f" ({', '.join(trouble.named_by)})" if trouble.named_by else ""
        click.echo(f"{trouble.sha256}{named} {(MENDED if trouble in mended else TROUBLES)[trouble.what]}.")
    count, left = len(unsound) + len(found), len(unsound) + len(found) - len(mended)
    click.echo(f"{count} troubles, {left} left." if count else "All files are there and whole.", err=True)
    if left:
        sys.exit(1)


def troubles(
    db: Database, files: Files, *, quick: bool = False, young_seconds: float = ASIDE_SECONDS
) -> Iterator[Trouble]:
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
        if sha256 not in named and seconds >= young_seconds:
            yield Trouble(sha256, "nobody's")


def _wrong(files: Files, sha256: str, *, there: bool, quick: bool) -> str:
    if not there:
        return "aside" if files.has(sha256) else "missing"
    if quick:
        return ""
    with files.open(sha256) as content:
        return "" if hashlib.file_digest(content, "sha256").hexdigest() == sha256 else "damaged"


def _mended(db: Database, files: Files, trouble: Trouble) -> bool:
    """Mend what needs no backup, if rows and files still say so; give whether that was done."""
    with db.transaction() as tx:
        # Who uploads the same bytes writes his row after this transaction, and finds the file in its place or puts it.
        return _mend(tx, files, trouble, needed=trouble.sha256 in named_files.needed(tx, [trouble.sha256]))


def _mend(tx: Transaction, files: Files, trouble: Trouble, *, needed: bool) -> bool:
    sha256 = trouble.sha256
    match trouble.what, needed:
        case "nobody's", False:
            files.set_apart(sha256)
        case "aside", True:
            files.clear_away(sha256, needed=True)
        case "missing", True if not files.has(sha256):
            lost_files.mark(tx, sha256)
        case "damaged", True:
            files.set_apart(sha256)
            lost_files.mark(tx, sha256)
        case _:
            return False
    return True
