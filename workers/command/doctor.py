"""`undrawer doctor`: what is wrong with this installation, and how to mend it."""

import json
import sys
from dataclasses import asdict
from typing import Final

import click

from service.config import Config
from workers.command.examining.finding import Finding
from workers.command.examining.findings import findings

SIGNS: Final = {"well": "well  ", "advice": "advice", "wrong": "WRONG "}


@click.command
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(form: str) -> None:
    """Look at everything that this installation needs. The exit status is 1 if something is wrong."""
    found = list(findings(Config.from_env()))
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], indent=1))
    else:
        for one in found:
            click.echo(_line(one))
    if any(one.state == "wrong" for one in found):
        sys.exit(1)


def _line(one: Finding) -> str:
    mend = f"\n        {one.mend}" if one.mend and one.state != "well" else ""
    return f"{SIGNS[one.state]}  {one.about}: {one.said}{mend}"
