"""The sweep: what nobody was asked for is rung again, what failed too often given up, what is over cleared away."""

import logging
from contextlib import closing
from datetime import UTC, datetime
from typing import Final

from service.config import Config
from service.queue import Queue
from service.storage import accounts, named_files, sessions
from service.storage.database import Database
from service.storage.dav import dav_changes
from service.storage.entering import invitations, knocks, record
from service.storage.files import Files
from service.storage.following import planning
from service.storage.people import import_files
from service.storage.reaching import feeds, mail_settings, notices, signed_links
from service.storage.reading import letting_go, photos
from workers.tries import CLAIMS, held_seconds

log = logging.getLogger(__name__)

FORGOTTEN_AFTER_SECONDS: Final = 30
SILENT_SECONDS: Final = 20  # a claim older than this is one of a worker that gives signs of life, or of nobody
COPIES_AT_ONCE: Final = 20  # a minute: whoever waits for a photo has his turn


def sweep(config: Config) -> None:
    """Ring again for what waits though nobody was asked, give up what failed too often, clear away what is over."""
    queue = Queue(config)
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        accounts.forget_expired(tx)
        dav_changes.forget_old(tx)
        sessions.forget_expired(tx, idle_days=config.session_idle_days)
        invitations.forget_expired(tx)
        knocks.forget_old(tx)
        record.forget_old(tx, days=config.record_days)
        signed_links.forget_expired(tx)
        notices.forget(tx)
        feeds.forget(tx)
    for job in CLAIMS:
        _sweep(config, queue, job)
    _ask_for_plans(config, queue)
    _ask_for_digests(config, queue)
    _ring_notices(config, queue)
    _ask_for_copies(config, queue)
    _let_go(config)
    _clear_away(config)
    Files(config.files).clear_drafts()
    queue.note_sweep()


def _sweep(config: Config, queue: Queue, job: str) -> None:
    """Ring again for the rows of one kind of job."""
    claims, held = CLAIMS[job], held_seconds(config)
    in_hand = queue.in_hand(job)
    lost: list[str] = []
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        if in_hand is not None:
            # A worker that dies with its work-horse, or its machine with both, tells no row.
            lost = sorted({*claims.begun(tx, longer_ago_than_seconds=SILENT_SECONDS)} - in_hand)
            for id_ in lost:
                claims.let_go(tx, id=id_, tries=config.job_tries, reason="gave_up")
        hopeless = claims.give_up_hopeless(tx, tries=config.job_tries, held_seconds=held)
        waiting = claims.forgotten(tx, older_than_seconds=FORGOTTEN_AFTER_SECONDS, held_seconds=held)
    asked_for = queue.asked_for(job)
    forgotten = [id_ for id_ in waiting if id_ not in asked_for and id_ not in lost]
    for id_ in lost:
        queue.ring(job, id_, first=True)
    for id_ in forgotten:
        queue.ring(job, id_)
    if hopeless or forgotten or lost:
        rung = len(forgotten) + len(lost)
        log.warning("The sweep rang again for %d of %s and gave up %d", rung, job, len(hopeless))


def _ask_for_plans(config: Config, queue: Queue) -> None:
    """Ring for the accounts whose day has turned, or whose rules were changed."""
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        owners = planning.owners_with_work(tx)
    asked_for = queue.asked_for("plan_touches")
    for owner in owners:
        if owner not in asked_for:
            queue.ring("plan_touches", owner)


def _ask_for_digests(config: Config, queue: Queue) -> None:
    """Find out when each digest rings next, and ring for the accounts whose hour has come."""
    at = datetime.now(UTC)
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        mail_settings.find_rings(tx, at=at)
        owners = mail_settings.due(tx, at=at)
    asked_for = queue.asked_for("write_digest")
    for owner in owners:
        if owner not in asked_for:
            queue.ring("write_digest", owner)


def _ring_notices(config: Config, queue: Queue) -> None:
    """Write the notices of the accounts whose hour has come, and ring for each."""
    with closing(Database(config.database_url)) as db:
        with db.reading() as tx:
            owners = notices.due(tx)
        for owner in owners:
            with db.transaction() as tx:
                written = notices.ring(tx, owner=owner)
            for id_ in written:
                queue.ring("send_notice", id_)


def _ask_for_copies(config: Config, queue: Queue) -> None:
    """Ring for photos that screens are given nothing of: they were read before there were copies, or cut anew."""
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        without = photos.not_shown(tx, limit=COPIES_AT_ONCE)
    asked_for = queue.asked_for("show_photo") if without else set()
    for id_ in without:
        if id_ not in asked_for:
            queue.ring("show_photo", id_)


def _let_go(config: Config) -> None:
    """Delete what is kept no longer: photos whose time is over, files of imports that are done."""
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        unneeded = [*letting_go.let_go(tx), *import_files.let_go(tx)]
    for sha256 in unneeded:
        Files(config.files).delete(sha256)


def _clear_away(config: Config) -> None:
    files = Files(config.files)
    aside = files.set_aside()
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        needed = named_files.needed(tx, aside) if aside else set()
    for sha in aside:
        files.clear_away(sha, needed=sha in needed)
