"""Keeps the programs of an installation running, by supervisord's hand, and lets none of them outlive it."""

import ctypes
import getpass
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.supervisord import Supervisor

from service.domain.errors import BadValue

SUPERVISOR = """\
[supervisord]
nodaemon = true
nocleanup = true
user = {user}
loglevel = warn
logfile = {folder}/log/supervisor.log
logfile_maxbytes = 1MB
logfile_backups = 1
pidfile = {folder}/supervisor.pid
"""
PROGRAM = """
[program:{name}]
command = {command}
process_name = {name}-%(process_num)d
numprocs = {count}
priority = {priority}
autorestart = true
startsecs = 1
startretries = 1000000
stopsignal = TERM
stopwaitsecs = {patience}
stopasgroup = false
killasgroup = true
redirect_stderr = true
stdout_logfile = {folder}/log/{name}-%(process_num)d.log
stdout_logfile_maxbytes = 5MB
stdout_logfile_backups = 2
"""
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program, or several of a kind; `patience_seconds` is how long it may take to end."""

    name: str
    command: Sequence[str]
    count: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    patience_seconds: int = 5


def refuse_if_misread(folder: Path) -> None:
    """Raise BadValue for a path that Supervisor would take for comments, or for names that it expands twice."""
    if any(sign in str(folder) for sign in ("%", " #", " ;", "\n")):
        raise BadValue("data", f"The data folder {str(folder)!r} has '%', ' #' or ' ;' in its path. Choose another.")


def supervise(programs: Sequence[Program], *, folder: Path) -> None:
    """Run the programs until SIGINT, SIGTERM or SIGHUP; those named first are started first and ended last."""
    settings = folder / "supervisor.conf"
    (folder / "log").mkdir(exist_ok=True)
    settings.write_text(_settings(programs, folder=folder), encoding="utf-8")
    _adopt_orphans()
    options = ServerOptions()
    options.realize(["-c", str(settings)])
    options.first, options.test = True, False
    try:
        # It leaves its loop by this exception, which supervisord's own main() swallows too.
        with suppress(ExitNow):
            Supervisor(options).main()
    finally:
        _end_the_rest()


def _settings(programs: Sequence[Program], *, folder: Path) -> str:
    sections = [
        PROGRAM.format(
            name=program.name,
            command=_escaped(shlex.join(_command(program))),
            count=program.count,
            priority=priority,
            patience=program.patience_seconds,
            folder=folder,
        )
        for priority, program in enumerate(programs, start=1)
    ]
    return SUPERVISOR.format(user=_escaped(getpass.getuser()), folder=folder) + "".join(sections)


def _command(program: Program) -> list[str]:
    """Give the command with its environment; on Linux it ends even if supervisord is killed outright."""
    tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return ["env", *(f"{name}={value}" for name, value in program.environment.items()), *tied, *program.command]


def _escaped(text: str) -> str:
    """Supervisor expands %(...)s in every value."""
    return text.replace("%", "%%")


def _adopt_orphans() -> None:
    """Become the parent of whoever loses theirs, as a job whose worker was killed; else nobody knows of them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _end_the_rest() -> None:
    left = psutil.Process().children(recursive=True)
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=5)
