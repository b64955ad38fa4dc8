"""The parts that a request works with, made once when the application starts."""

from dataclasses import dataclass
from typing import Final

from flask import current_app

from service.config import Config
from service.queue import Queue
from service.storage.database import Database
from service.storage.files import Files
from service.tally import Tally
from service.throttle import Throttle

CONNECTIONS_KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application was started with: settings, database, folder of photos, bell, count of wrong tries."""

    config: Config
    db: Database
    files: Files
    queue: Queue
    throttle: Throttle
    tally: Tally


def make_parts(config: Config) -> Parts:
    return Parts(
        config=config,
        db=Database(config.database_url, keeps=CONNECTIONS_KEPT, keys=config.signing_keys),
        files=Files(config.files),
        queue=Queue(config),
        throttle=Throttle(config),
        tally=Tally(config),
    )


def parts() -> Parts:
    """The parts of the application that serves this request."""
    found: Parts = current_app.extensions["undrawer"]
    return found
