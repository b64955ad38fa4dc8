"""`undrawer scan`: reads photos with no server, no Redis and no database."""

import json
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial

import click
from tqdm import tqdm

from service.config import Reader, one_thread_each
from service.domain.reading.photo import MAX_PHOTO_BYTES, REASONS
from workers.command.outcome import Outcome, Photo, outcome_of
from workers.command.pool import outcomes

INTERRUPTED = 130
"""What a shell calls the end by Ctrl-C."""


@click.command
@click.argument("photos", metavar="PHOTO...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["json", "vcard"]), default="json", show_default=True)
@click.option("--reader", type=click.Choice(["both", "rapidocr", "tesseract"]), default="both", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Processes; one a core if unsaid."
)
def scan(photos: tuple[str, ...], form: str, reader: Reader, jobs: int) -> None:
    """Read business cards from photos: one line of JSON a photo as they finish, or vCards.

    A photo named - comes from standard input. The exit status is 1 if any photo could not be read.
    """
    one_thread_each()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        all_read = _print_all([_photo(name) for name in photos], form=form, reader=reader, jobs=jobs)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(0 if all_read else 1)


def _photo(name: str) -> Photo:
    return Photo(name, sys.stdin.buffer.read(MAX_PHOTO_BYTES + 1) if name == "-" else None)


def _print_all(photos: Sequence[Photo], *, form: str, reader: Reader, jobs: int) -> bool:
    all_read = True
    # Without a terminal there is nobody to watch a bar.
    with tqdm(total=len(photos), unit="photo", leave=False, disable=None) as bar:
        for outcome in outcomes(photos, read=partial(outcome_of, reader=reader), jobs=jobs):
            with tqdm.external_write_mode():
                _print_vcards(outcome) if form == "vcard" else _print_line(outcome)
            all_read = all_read and not outcome.error
            bar.update()
    return all_read


def _print_line(outcome: Outcome) -> None:
    body: dict[str, object] = {"error": outcome.error} if outcome.error else {"cards": outcome.cards}
    if not outcome.error and not outcome.cards:
        # Not a failure of reading: a picture may well hold no card.
        body["note"] = {"code": "no_card", "message": REASONS["no_card"]}
    click.echo(json.dumps({"file": outcome.file, **body}, ensure_ascii=False).encode())


def _print_vcards(outcome: Outcome) -> None:
    """Cards go to standard output as bytes, since their line ends are CR LF; what went wrong must not mix with them."""
    if not outcome.vcards:
        click.echo(f"{outcome.file}: {outcome.error['message'] if outcome.error else REASONS['no_card']}", err=True)
    for vcard in outcome.vcards:
        click.echo(vcard.encode(), nl=False)
