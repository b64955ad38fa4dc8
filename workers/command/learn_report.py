"""`undrawer learn-report`: which kinds of field people correct most often. It prints counts, and nothing of a card."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from service.config import Config
from service.domain.reading.learning import Learned, learned
from service.storage.reading import cards
from workers.command.installation import account_of, database

HEADS = ("field", "cards", "corrected", "share", "added", "removed", "in doubt", "agreed")


@click.command("learn-report")
@click.option("--email", default="", help="Of one account, by e-mail address; of all if unsaid.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def learn_report(email: str, form: str) -> None:
    """Print which kinds of field people correct most often.

    It counts the confirmed cards; nothing of what they say is printed.
    """
    with database(Config.from_env()) as db:
        owner = account_of(db, email=email).id if email else None
        with db.reading() as tx:
            found = learned((card.reading, card.changes) for card in cards.confirmed(tx, owner=owner))
    click.echo(_as_json(found) if form == "json" else _as_table(found))


def _as_json(found: Sequence[Learned]) -> str:
    return json.dumps([{**asdict(one), "share": round(one.share, 4)} for one in found], indent=2)


def _as_table(found: Sequence[Learned]) -> str:
    """Columns as wide as they need; the field stands left, figures right."""
    rows = [HEADS, *map(_row, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]))) for row in rows)


def _row(one: Learned) -> tuple[str, ...]:
    return (
        one.field,
        str(one.cards),
        str(one.corrected),
        f"{one.share:.1%}",
        str(one.added),
        str(one.removed),
        f"{one.in_doubt} ({one.in_doubt_corrected})",
        f"{one.agreed} ({one.agreed_corrected})",
    )
