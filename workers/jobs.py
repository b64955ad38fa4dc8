"""What RQ calls. A job is a bell: it carries an id, and the row says whether anything is still to be done."""

from contextlib import closing
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from service.config import Config
from service.queue import Queue
from service.storage.database import Database
from service.storage.entering import knocks
from service.storage.files import Files
from service.storage.following import planning, policies
from service.storage.people import imports
from service.storage.reaching import notices, outgoing
from service.storage.reading import photos, rereadings
from workers import importing, knocking, mailing, noticing, reading, showing, sweeping
from workers.tries import held_seconds, telling_the_row

IMPORT_SECONDS: Final = 15  # then whoever waits for a photo has his turn
PLAN_SECONDS: Final = 15  # the same


def read_photo(id: str) -> None:  # noqa: A002  # it is the photo's id and nothing else
    """Read a photo into cards, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        with db.transaction() as tx:
            photo = photos.claim(tx, id, held_seconds=held_seconds(config))
        if photo is not None:
            with telling_the_row("read_photo", id):
                reading.read(db, config, photo)


def read_again(id: str) -> None:  # noqa: A002  # of a rereading
    """Read a card within the corners that a person drew, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        with db.transaction() as tx:
            asked = rereadings.claim(tx, id, held_seconds=held_seconds(config))
        if asked is not None:
            with telling_the_row("read_again", id):
                reading.read_again(db, config, asked)


def show_photo(id: str) -> None:  # noqa: A002  # of a photo
    """Make up for the copy of a photo that screens are given, where it is missing."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        showing.show(db, Files(config.files), id)


def run_import(id: str) -> None:  # noqa: A002  # of an import
    """Go on with an import, or with taking one out again, for a while; what is left is the next job's."""
    config = Config.from_env()
    queue = Queue(config)
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        with db.transaction() as tx:
            asked = imports.claim(tx, id, held_seconds=held_seconds(config))
        if asked is None:
            return
        with telling_the_row("run_import", id):
            done = importing.go_on(
                db, Files(config.files), asked, for_seconds=IMPORT_SECONDS, gives_way=queue.someone_waits
            )
        if not done:
            with db.transaction() as tx:
                imports.pause(tx, id=id)
            queue.ring("run_import", id)


def plan_touches(owner: str) -> None:
    """Plan again what changed by the day alone or by new rules, in small transactions; what is left is the next job's."""
    config = Config.from_env()
    queue = Queue(config)
    until, planned = monotonic() + PLAN_SECONDS, 1
    with closing(Database(config.database_url)) as db:
        while planned and monotonic() < until:
            with db.transaction() as tx:
                planned = planning.plan_due(tx, owner=owner, today=policies.today(tx, owner=owner))
            if queue.someone_waits():
                break
    if planned:
        queue.ring("plan_touches", owner)


def send_notice(id: str) -> None:  # noqa: A002  # of a notice
    """Tell a device what is due, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        with db.transaction() as tx:
            waiting = notices.claim(tx, id, held_seconds=held_seconds(config))
        if waiting is not None:
            with telling_the_row("send_notice", id):
                noticing.tell(db, config, waiting)


def send_mail(id: str) -> None:  # noqa: A002  # of a mail
    """Send a mail, unless that was done, is being done, or is to be done later."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        with db.transaction() as tx:
            mail = outgoing.claim(tx, id)
        if mail is not None:
            with telling_the_row("send_mail", id):
                mailing.send(db, config, mail)


def answer_knock(id: str) -> None:  # noqa: A002  # of a knock
    """Write to somebody who asked by mail to be let in, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        with db.transaction() as tx:
            knock = knocks.claim(tx, id, held_seconds=held_seconds(config), keys=config.signing_keys)
        if knock is not None:
            with telling_the_row("answer_knock", id):
                knocking.answer(db, config, knock)


def write_digest(owner: str) -> None:
    """Write an account's digest, if its hour has come, and have it sent."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        id_ = mailing.write_digest(db, config, owner, now=datetime.now(UTC))
    if id_:
        Queue(config).ring("send_mail", id_)


def sweep() -> None:
    """Ring again for what waits though nobody was asked, give up what failed too often, clear away what is over."""
    sweeping.sweep(Config.from_env())
