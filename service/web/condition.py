"""How the installation is: what its status page, its API and `/metrics` all say."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from service.storage import watching
from service.storage.database import Database, DatabaseAway, why_away
from service.storage.watching import Failed, Numbers
from service.web.parts import parts

MAY_SUCCEED: Final = ("gave_up", "took_too_long")
"""Why photos failed that trying again may mend: a machine that was too busy, or that stood still."""

SHOWN: Final = 20
LAST_BACKUP: Final = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Condition:
    """At one moment; `parts` are database, redis and worker, and whether each answers."""

    version: str
    parts: Mapping[str, bool]
    numbers: Numbers
    waits_seconds: float
    jobs: int
    free_bytes: int
    backup_at: datetime | None
    failed: tuple[Failed, ...]


def condition() -> Condition:
    """Ask database, Redis and disk."""
    found = parts()
    redis = found.queue.reachable()
    counted = _counted(found.db)
    numbers, failed = counted or (Numbers({}, {}, {}, None), ())
    since = numbers.waiting_since
    return Condition(
        version=version("undrawer"),
        parts={"database": counted is not None, "redis": redis, "worker": redis and found.queue.worker_heard_from()},
        numbers=numbers,
        waits_seconds=max(0.0, (datetime.now(UTC) - since).total_seconds()) if since else 0,
        jobs=found.queue.waiting(),
        free_bytes=shutil.disk_usage(found.config.data).free,
        backup_at=backup_at(found.config.data),
        failed=failed,
    )


def _counted(db: Database) -> tuple[Numbers, tuple[Failed, ...]] | None:
    """None where the database does not answer."""
    try:
        with db.reading() as tx:
            return watching.numbers(tx), tuple(watching.failed(tx, reasons=MAY_SUCCEED, limit=SHOWN))
    except DatabaseAway as error:
        if not why_away(error):
            raise
        return None


def backup_at(data: Path) -> datetime | None:
    """When the last backup ended, as `undrawer backup` left it in the data folder."""
    try:
        return datetime.fromisoformat(json.loads((data / LAST_BACKUP).read_text())["finished_at"])
    except (OSError, ValueError, KeyError):
        return None
