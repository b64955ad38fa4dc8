"""What becomes of a photo: its cards, with their pictures on the disk before the rows that name them."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from service.config import Config
from service.domain.errors import PhotoUnreadable
from service.domain.reading.card import ReadCard
from service.domain.reading.reading_json import doubts, values
from service.storage import named_files
from service.storage.database import Database, DatabaseAway, Transaction
from service.storage.files import Files
from service.storage.reading import pairs, photos, rereadings, reviewing
from service.storage.reading.photos import Photo
from service.storage.reading.rereadings import Rereading
from service.tally import Tally, Watch
from workers import extraction, showing


def read(db: Database, config: Config, photo: Photo) -> None:
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


def read_again(db: Database, config: Config, asked: Rereading) -> None:
    files = Files(config.files)
    card = extraction.read_at(files.get(asked.sha256), asked.corners, reader=config.reader)
    with _put_aside_if_it_fails(db, files) as put:
        picture = put(card.picture)
        with db.transaction() as tx:
            kept = rereadings.finish(tx, asked=asked, card=card, picture=picture)
            unneeded = [] if kept else named_files.unneeded(tx, [picture])
    for sha256 in unneeded:
        files.delete(sha256)


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


def _keep(tx: Transaction, photo: Photo, cards: Sequence[ReadCard], pictures: Sequence[str]) -> bool:
    """Keep the cards of a photo; those without a doubt confirm themselves, where the account wants that."""
    both = [id_ for id_ in (photo.pair, photo.id) if id_]
    for id_ in both:
        reviewing.reopen(tx, owner=photo.owner, photo_id=id_)
    kept = pairs.finish(tx, photo=photo, found=cards, pictures=pictures)
    for id_ in both:
        reviewing.confirm_unasked(tx, owner=photo.owner, photo_id=id_)
    return kept


def _tell(config: Config, watch: Watch, cards: Sequence[ReadCard]) -> None:
    """Count what was done, for whoever watches over the machine: numbers, and nothing of what was read."""
    watch.count("cards", len(cards))
    for card in cards:
        watch.count("values", len(values(card.reading)))
        watch.count("doubts", len(doubts(card.reading)))
    Tally(config).add(watch.counts)
