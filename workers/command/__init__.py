"""The command line: `undrawer scan`, `run`, `account`, `backup`, `doctor` and the others."""

import errno
from importlib import import_module
from typing import Any, Final

import click

from service.domain.errors import UndrawerError

COMMANDS = {
    "scan": "workers.command.scan",
    "run": "workers.command.run",
    "upgrade": "workers.command.upgrade",
    "account": "workers.command.account",
    "token": "workers.command.token",
    "invite": "workers.command.invite",
    "rotate-keys": "workers.command.rotate_keys",
    "learn-report": "workers.command.learn_report",
    "export": "workers.command.export",
    "backup": "workers.command.backup",
    "restore": "workers.command.restore",
    "check": "workers.command.check",
    "doctor": "workers.command.doctor",
}
"""Command -> module in which a command of that name stands (with `_` for `-`)."""


_ROOM = "Make room on that disk, then do it again."
_WHOSE = "Do it as the user who runs Undrawer, or give the file to that user."
MENDS: Final = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _WHOSE,
    errno.EPERM: _WHOSE,
    errno.EROFS: "Choose a place that can be written.",
}
"""What the system refuses to every command, and what to do."""


class LateGroup(click.Group):
    """Brings in a command's module when it is asked for, so that `scan` does not wait for a database library."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UndrawerError as error:
            raise click.ClickException(error.message) from error
        except OSError as error:
            if error.errno not in MENDS:
                raise
            where = f" ({error.filename})" if error.filename else ""
            raise click.ClickException(f"{error.strerror}{where}. {MENDS[error.errno]}") from error


@click.group(cls=LateGroup)
@click.version_option(package_name="undrawer")
def main() -> None:
    """Take business cards out of the drawer."""
