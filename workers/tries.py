"""A try at what waits: the rows that a job claims, and what they are told of a try that fails."""

import errno
import signal
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final

from service.config import Config
from service.queue import TookTooLong
from service.storage.database import Database, DatabaseAway
from service.storage.entering import knocks
from service.storage.people import imports
from service.storage.reaching import notices, outgoing
from service.storage.reading import photos, rereadings

GRACE_SECONDS: Final = 90  # RQ kills a work-horse that ignores its time-out 60 s after it; then a claim is nobody's
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

CLAIMS: Final = {
    "read_photo": photos.CLAIMS,
    "read_again": rereadings.CLAIMS,
    "run_import": imports.CLAIMS,
    "send_mail": outgoing.CLAIMS,
    "send_notice": notices.CLAIMS,
    "answer_knock": knocks.CLAIMS,
}
"""Whose rows wait for a job."""


class TryFailed(Exception):
    """A photo could not be read this time. It says where, and not a word of what the card says."""


@contextmanager
def telling_the_row(job: str, id: str) -> Iterator[None]:  # noqa: A002
    """Tell the row of a try that fails, and the log only where it failed."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # not to go on: it is raised again
        # RQ's alarm may be about to ring: no longer for this try, or the row would never hear of it.
        signal.alarm(0)
        # RQ logs and keeps the text of an error, which may quote the card; so only its place goes on.
        place = _place(error)
        # The frames hold the memory that ran out.
        traceback.clear_frames(error.__traceback__)
        wanting = isinstance(error, DatabaseAway) or (isinstance(error, OSError) and error.errno in NO_ROOM)
        # Without a database nobody can be told: the sweep finds the row when it is back.
        with suppress(DatabaseAway):
            try_failed(job, id, took_too_long=isinstance(error, TookTooLong), counts=not wanting)
        raise TryFailed(place) from None


def try_failed(job: str, id: str, *, took_too_long: bool, counts: bool = True) -> None:  # noqa: A002
    """Let the next try begin at once, or give it up if that was the last that counts."""
    config = Config.from_env()
    reason = "took_too_long" if took_too_long else "gave_up"
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        CLAIMS[job].let_go(tx, id=id, tries=config.job_tries, reason=reason, counts=counts)


def held_seconds(config: Config) -> float:
    return config.job_timeout_seconds + GRACE_SECONDS


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-8:])
