"""What RQ calls. A job is a bell: it carries an id, and the row says whether anything is still to be done."""

import errno
import logging
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from service.config import Config
from service.domain.errors import PhotoUnreadable
from service.domain.reading.card import ReadCard
from service.domain.reading.reading_json import doubts, values
from service.queue import Queue, TookTooLong
from service.storage import accounts, named_files, sessions
from service.storage.database import Database, DatabaseAway, Transaction
from service.storage.dav import dav_changes
from service.storage.entering import invitations, knocks, record
from service.storage.files import Files
from service.storage.following import planning, policies
from service.storage.people import import_files, imports
from service.storage.reaching import feeds, mail_settings, notices, outgoing, signed_links
from service.storage.reading import letting_go, pairs, photos, rereadings, reviewing
from service.storage.reading.photos import Photo
from service.storage.reading.rereadings import Rereading
from service.tally import Tally, Watch
from workers import extraction, importing, knocking, mailing, noticing, showing

log = logging.getLogger(__name__)

GRACE_SECONDS: Final = 90  # RQ kills a work-horse that ignores its time-out 60 s after it; then a claim is nobody's
FORGOTTEN_AFTER_SECONDS: Final = 30
SILENT_SECONDS: Final = 20  # a claim older than this is one of a worker that gives signs of life, or of nobody
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
IMPORT_SECONDS: Final = 15  # then whoever waits for a photo has his turn
PLAN_SECONDS: Final = 15  # the same
COPIES_AT_ONCE: Final = 20  # a minute: whoever waits for a photo has his turn

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


def read_photo(id: str) -> None:  # noqa: A002  # it is the photo's id and nothing else
    """Read a photo into cards, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        with db.transaction() as tx:
            photo = photos.claim(tx, id, held_seconds=_held_seconds(config))
        if photo is not None:
            with telling_the_row("read_photo", id):
                _read(db, config, photo)


def read_again(id: str) -> None:  # noqa: A002  # of a rereading
    """Read a card within the corners that a person drew, unless that was done or is being done."""
    config = Config.from_env()
    with closing(Database(config.database_url)) as db:
        with db.transaction() as tx:
            asked = rereadings.claim(tx, id, held_seconds=_held_seconds(config))
        if asked is not None:
            with telling_the_row("read_again", id):
                _read_again(db, config, asked)


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
            asked = imports.claim(tx, id, held_seconds=_held_seconds(config))
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
            waiting = notices.claim(tx, id, held_seconds=_held_seconds(config))
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
            knock = knocks.claim(tx, id, held_seconds=_held_seconds(config), keys=config.signing_keys)
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


def sweep() -> None:
    """Ring again for what waits though nobody was asked, give up what failed too often, clear away what is over."""
    config = Config.from_env()
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
    claims, held = CLAIMS[job], _held_seconds(config)
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


def _read(db: Database, config: Config, photo: Photo) -> None:
    """Read without a transaction; only what comes out is kept in one, with the pictures on the disk before it."""
    files, watch = Files(config.files), Watch()
    content = files.get(photo.sha256)
    watch.took("waiting", (datetime.now(UTC) - photo.received_at).total_seconds())
    try:
        with extraction.timed_by(watch.over), watch.over("reading"):
            cards = extraction.read(content, reader=config.reader)
    except PhotoUnreadable as error:
        cards, reason = [], error.code
    else:
        reason = "" if cards else "no_card"
    with _put_aside_if_it_fails(db, files) as put:
        pictures = [put(card.picture) for card in cards]
        copy = showing.kept_copy(put, content)
        with db.transaction() as tx:
            kept = photos.give_up(tx, id=photo.id, reason=reason) if reason else _keep(tx, photo, cards, pictures)
            # Of a photo that was deleted meanwhile nothing is to stay.
            unneeded = [*photos.show(tx, id=photo.id, copy=copy), *([] if kept else named_files.unneeded(tx, pictures))]
    for sha256 in unneeded:
        files.delete(sha256)
    _tell(config, watch, cards)


@contextmanager
def _put_aside_if_it_fails(db: Database, files: Files) -> Iterator[Callable[[bytes], str]]:
    """Give what keeps files; where the try fails before a row names them, they are put aside."""
    kept: list[str] = []

    def put(content: bytes) -> str:
        kept.append(files.put(content))
        return kept[-1]

    try:
        yield put
    except Exception:
        signal.alarm(0)  # else the time that is up for this would end it, too
        with suppress(DatabaseAway):
            with db.reading() as tx:
                unneeded = named_files.unneeded(tx, kept)
            for sha256 in unneeded:
                files.delete(sha256)
        raise


def _tell(config: Config, watch: Watch, cards: Sequence[ReadCard]) -> None:
    """Count what was done, for whoever watches over the machine: numbers, and nothing of what was read."""
    watch.count("cards", len(cards))
    for card in cards:
        watch.count("values", len(values(card.reading)))
        watch.count("doubts", len(doubts(card.reading)))
    Tally(config).add(watch.counts)


def _keep(tx: Transaction, photo: Photo, cards: Sequence[ReadCard], pictures: Sequence[str]) -> bool:
    """Keep the cards of a photo; those without a doubt confirm themselves, where the account wants that."""
    both = [id_ for id_ in (photo.pair, photo.id) if id_]
    for id_ in both:
        reviewing.reopen(tx, owner=photo.owner, photo_id=id_)
    kept = pairs.finish(tx, photo=photo, found=cards, pictures=pictures)
    for id_ in both:
        reviewing.confirm_unasked(tx, owner=photo.owner, photo_id=id_)
    return kept


def _read_again(db: Database, config: Config, asked: Rereading) -> None:
    files = Files(config.files)
    card = extraction.read_at(files.get(asked.sha256), asked.corners, reader=config.reader)
    with _put_aside_if_it_fails(db, files) as put:
        picture = put(card.picture)
        with db.transaction() as tx:
            kept = rereadings.finish(tx, asked=asked, card=card, picture=picture)
            unneeded = [] if kept else named_files.unneeded(tx, [picture])
    for sha256 in unneeded:
        files.delete(sha256)


def _clear_away(config: Config) -> None:
    files = Files(config.files)
    aside = files.set_aside()
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        needed = named_files.needed(tx, aside) if aside else set()
    for sha in aside:
        files.clear_away(sha, needed=sha in needed)


def _held_seconds(config: Config) -> float:
    return config.job_timeout_seconds + GRACE_SECONDS


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-8:])
