"""Photos: received once, claimed by a worker, then read or unreadable. The row is the truth about what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, case, func, insert, select, union, update
from sqlalchemy import delete as delete_from
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from service.domain.errors import Conflict, NotFound
from service.domain.reading.card import CardState, ReadCard, Side
from service.domain.reading.photo import LOST, PhotoState, ScreenCopy
from service.domain.reading.reading_json import to_json
from service.domain.reading.stamp import UNSAID, Stamp
from service.storage import named_files
from service.storage.claims import Claims
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.tables import cards, photos, rereadings
from service.storage.words import kept


@dataclass(frozen=True, slots=True)
class Photo:
    """The bytes uploaded, by their hash, and where they stand; with what was said when they were taken.

    `name` is the file's, `gathering` where it was taken; `spoken` is the file of a spoken note, or nothing; `shown` that
    of the copy for screens, `shown_scale` pixels of the photo for one of its. `gone_at`: when its bytes were let go of.
    """

    id: str
    owner: str
    sha256: str
    size: int
    kind: str
    state: PhotoState
    reason: str
    tries: int
    gathering: str
    place: str
    met_on: date | None
    note: str
    promise: str
    promise_on: date | None
    side: Side | None
    pair: str | None
    spoken: str
    spoken_kind: str
    name: str
    received_at: datetime
    read_at: datetime | None
    shown: str
    shown_scale: float
    gone_at: datetime | None


CLAIMS: Final = Claims(
    table=photos,
    waiting=photos.c.state == PhotoState.RECEIVED,
    since=photos.c.received_at,
    given_up={"state": PhotoState.UNREADABLE},
    ended="read_at",
)


_NOT_SHOWN: Final = (
    photos.c.shown == "",
    photos.c.shown_scale > 0,
    photos.c.state != PhotoState.RECEIVED,
    photos.c.reason.in_(["", "no_card"]),  # what ended a work-horse once is not unpacked again and again
)


_UNREAD: Final = photos.c.state == PhotoState.UNREADABLE
_WAITS_AGAIN: Final = {
    "state": case((_UNREAD, PhotoState.RECEIVED), else_=photos.c.state),
    "read_at": case((_UNREAD, None), else_=photos.c.read_at),
    "reason": "",
    "tries": 0,
}
"""Of a photo that was lost, and is here again."""


def receive(
    tx: Connection,
    *,
    owner: str,
    id: str,  # noqa: A002  # it is the photo's id and nothing else
    sha256: str,
    size: int,
    kind: str,
    name: str = "",
    stamp: Stamp = UNSAID,
) -> tuple[Photo, bool]:
    """Make the row of a photo whose bytes are on the disk; (the photo, whether it is new).

    A phone that heard no answer sends again, perhaps while the first request still runs: the same id, or the same
    bytes in the same account, are the same photo. Raises Conflict where the id is another account's photo's, or this
    account's with other bytes.
    """
    row = {"id": id, "account_id": owner, "sha256": sha256, "size": size, "kind": kind, "state": PhotoState.RECEIVED}
    words = {**_stamped(stamp), "name": kept(name)}
    dialect_insert: Any = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    add = dialect_insert(photos).values(**row, **words, received_at=now()).on_conflict_do_nothing()
    added = tx.execute(add.returning(photos)).first()
    if added is not None:
        return _photo(added), True
    known = _known(tx, owner=owner, id=id, sha256=sha256)
    if known.gone_at:  # its bytes are here again, and go again when their time is over
        lost = {**_WAITS_AGAIN, "again_at": now()} if known.reason == LOST else {}
        back = {"gone_at": None, "shown_scale": 1, **lost}
        tx.execute(update(photos).where(photos.c.id == known.id).values(back))
    return known, False


def get(tx: Connection, *, owner: str, id: str) -> Photo:  # noqa: A002
    photo = tx.execute(select(photos).where(photos.c.account_id == owner, photos.c.id == kept(id))).first()
    if photo is None:
        raise NotFound("photo", "There is no such photo.")
    return _photo(photo)


def page(
    tx: Connection, *, owner: str, after: str | None = None, limit: int = 50, state: PhotoState | None = None
) -> Page[Photo]:
    """List photos, newest first."""
    query = select(photos).where(photos.c.account_id == owner)
    if state is not None:
        query = query.where(photos.c.state == state)
    rows = tx.execute(newest_first(query, photos, "received_at", after=after, limit=limit))
    return paged([_photo(row) for row in rows], "received_at", limit=limit)


def claim(tx: Connection, id: str, *, held_seconds: float) -> Photo | None:  # noqa: A002
    """Take a photo that waits, and count the try. None if it is done, or held by a worker for less than `held_seconds`."""
    row = CLAIMS.take(tx, id, held_seconds=held_seconds)
    return _photo(row) if row else None


def finish(tx: Connection, *, photo: Photo, cards: Sequence[ReadCard], pictures: Sequence[str]) -> bool:
    """Keep the cards of a photo, each with the file of its picture. False, and nothing kept, if it was read before."""
    at = now()
    change = update(photos).where(photos.c.id == photo.id, CLAIMS.waiting)
    done = tx.execute(change.values(state=PhotoState.READ, read_at=at, reason=""))
    if done.rowcount:
        _add_cards(tx, photo, cards, pictures, at)
    return bool(done.rowcount)


def give_up(tx: Connection, *, id: str, reason: str) -> bool:  # noqa: A002
    """Say that no card comes out of the photo, and why; False if it was read, or given up, before."""
    change = update(photos).where(photos.c.id == id, CLAIMS.waiting)
    return bool(tx.execute(change.values(state=PhotoState.UNREADABLE, reason=reason, read_at=now())).rowcount)


def show(tx: Connection, *, id: str, copy: ScreenCopy) -> list[str]:  # noqa: A002
    """Note the copy for screens; give the files that no row needs: the copy itself, where the photo is gone."""
    tx.execute(update(photos).where(photos.c.id == id).values(shown=copy.sha256, shown_scale=copy.scale))
    return named_files.unneeded(tx, [copy.sha256]) if copy.sha256 else []


def to_show(tx: Connection, id: str) -> str | None:  # noqa: A002
    """Give the file of a photo that lacks a copy for screens; None where there is nothing to do."""
    return tx.execute(select(photos.c.sha256).where(photos.c.id == id, *_NOT_SHOWN)).scalar()


def not_shown(tx: Connection, *, limit: int) -> list[str]:
    """Give photos of any account that lack a copy for screens. For the sweep."""
    return list(tx.execute(select(photos.c.id).where(*_NOT_SHOWN).limit(limit)).scalars())


def try_again(tx: Connection, *, owner: str, id: str) -> Photo:  # noqa: A002
    """Let an unreadable photo wait again, as if it had just come. Others stay as they are."""
    mine = (photos.c.account_id == owner, photos.c.id == kept(id), photos.c.state == PhotoState.UNREADABLE)
    fresh = {"state": PhotoState.RECEIVED, "reason": "", "tries": 0, "claimed_at": None, "read_at": None}
    tx.execute(update(photos).where(*mine).values({**fresh, "again_at": now()}))
    return get(tx, owner=owner, id=id)


def count(tx: Connection, *, owner: str, state: PhotoState) -> int:
    mine = (photos.c.account_id == owner, photos.c.state == state)
    return tx.execute(select(func.count()).select_from(photos).where(*mine)).scalar_one()


def waiting(tx: Connection) -> tuple[int, datetime | None]:
    """How many photos of any account wait to be read, and since when the first does. For who keeps the service running."""
    began = func.coalesce(photos.c.again_at, photos.c.received_at)
    query = select(func.count(), func.min(began)).where(photos.c.state == PhotoState.RECEIVED)
    count, since = tx.execute(query).one()
    return int(count), since


def delete(tx: Connection, *, owner: str, id: str) -> list[str]:  # noqa: A002
    """Remove a photo and its cards (the contacts stay); give the files that no row needs any more.

    They are to be deleted after the commit.
    """
    photo = get(tx, owner=owner, id=id)
    of_cards = select(cards.c.picture).where(cards.c.photo_id == photo.id)
    before = select(rereadings.c.picture).join(cards, cards.c.id == rereadings.c.card_id)
    before = before.where(cards.c.photo_id == photo.id, rereadings.c.picture != "")
    pictures = tx.execute(union(of_cards, before)).scalars()
    files = {photo.sha256, *pictures, *(file for file in (photo.spoken, photo.shown) if file)}
    tx.execute(delete_from(photos).where(photos.c.id == photo.id))
    return named_files.unneeded(tx, files)


def speak(tx: Connection, *, owner: str, id: str, spoken: str, kind: str) -> list[str]:  # noqa: A002
    """Lay a spoken note beside a photo ("" takes it away); give the files that no row needs any more."""
    before = get(tx, owner=owner, id=id).spoken
    tx.execute(update(photos).where(photos.c.id == kept(id)).values(spoken=spoken, spoken_kind=kind))
    return named_files.unneeded(tx, {before}) if before else []


def _stamped(stamp: Stamp) -> dict[str, Any]:
    texts = {name: kept(getattr(stamp, name)) for name in ("gathering", "place", "note", "promise")}
    days = {"met_on": stamp.met_on, "promise_on": stamp.promise_on}
    return {**texts, **days, "side": stamp.side or "", "pair": stamp.pair}


def _known(tx: Connection, *, owner: str, id: str, sha256: str) -> Photo:  # noqa: A002
    same_id = tx.execute(select(photos).where(photos.c.id == id)).first()
    if same_id is None:
        same_bytes = select(photos).where(photos.c.account_id == owner, photos.c.sha256 == sha256)
        return _photo(tx.execute(same_bytes).one())
    if same_id.account_id != owner or same_id.sha256 != sha256:
        raise Conflict("photo_id", "This id is taken by another photo. Send the photo with a new id.")
    return _photo(same_id)


def _add_cards(tx: Connection, photo: Photo, found: Sequence[ReadCard], pictures: Sequence[str], at: datetime) -> None:
    rows = [
        {
            "id": str(uuid4()),
            "account_id": photo.owner,
            "photo_id": photo.id,
            "position": position,
            "state": CardState.TO_REVIEW,
            "corners": card.corners,
            "picture": picture,
            "width": card.width,
            "height": card.height,
            "reading": to_json(card.reading),
            "changes": {},
            # Newest first is the order of every listing: within a photo this keeps the order of the cards.
            "created_at": at - timedelta(microseconds=position),
        }
        for position, (card, picture) in enumerate(zip(found, pictures, strict=True))
    ]
    if rows:
        tx.execute(insert(cards), rows)


def _photo(row: Row[Any]) -> Photo:
    return Photo(
        id=row.id,
        owner=row.account_id,
        sha256=row.sha256,
        size=row.size,
        kind=row.kind,
        state=PhotoState(row.state),
        reason=row.reason,
        tries=row.tries,
        gathering=row.gathering,
        place=row.place,
        met_on=row.met_on,
        note=row.note,
        promise=row.promise,
        promise_on=row.promise_on,
        side=Side(row.side) if row.side else None,
        pair=row.pair,
        spoken=row.spoken,
        spoken_kind=row.spoken_kind,
        name=row.name,
        received_at=row.received_at,
        read_at=row.read_at,
        shown=row.shown,
        shown_scale=row.shown_scale,
        gone_at=row.gone_at,
    )
