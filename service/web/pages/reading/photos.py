"""The front page: photograph cards, see each photo's state, and go on to the cards to review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from service.domain.errors import UndrawerError
from service.domain.reading.card import CardState
from service.domain.reading.photo import OF_THE_FILE, PhotoState
from service.domain.reading.stamp import Stamp
from service.storage.meeting import gatherings as kept_gatherings
from service.storage.people import contacts as kept_contacts
from service.storage.reading import cards as kept_cards
from service.storage.reading import photos as kept_photos
from service.storage.reading.cards import Card
from service.storage.reading.photos import Photo
from service.web.identity import account, signed_in
from service.web.pages.reading.review import review_of
from service.web.pages.telling import tell
from service.web.pages.wording import trouble
from service.web.parts import parts
from service.web.upload import plain_name, read_again, take_in, throw_away

PHOTOS_SHOWN = 20
CARDS_SHOWN = 3
KNOWN_PLACES = 3
SAME_GATHERING = timedelta(hours=20)

photos = Blueprint("photos", __name__)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo of the list.

    `shown` where there is a copy for screens, `trouble` where it could not be read, `again` where another try may help,
    `doubtful` where a card of it waits for a person to look at it.
    """

    id: str
    state: str
    name: str
    gathering: str
    card_ids: tuple[str, ...]
    doubtful: bool
    trouble: str
    again: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card to review, in a line."""

    id: str
    heading: str
    subheading: str
    doubts: int


@photos.get("/")
@signed_in
def front() -> str:
    return render_template("reading/photos.html", **_drawer_now())


@photos.get("/photos/rows")
@signed_in
def rows() -> str:
    """The moving part of the front page alone, for the script that keeps it fresh."""
    return render_template("reading/photos_rows.html", **_drawer_now())


@photos.post("/photos")
@signed_in
def take() -> Response:
    keep_all()
    return redirect("/", 303)


def keep_all() -> None:
    """Keep every photo of the form; one that is refused does not stop the others."""
    sent = [photo for photo in request.files.getlist("photo") if photo.filename]
    kept = [photo for photo in sent if _keep(photo)]
    if kept:
        tell(ngettext("%(num)d photo is safe here.", "%(num)d photos are safe here.", len(kept)))
    elif not sent:
        tell(_("Choose a photo first."))


@photos.post("/photos/<uuid:id>/again")
@signed_in
def again(id: UUID) -> Response:  # noqa: A002 - the name in the address
    read_again(str(id))
    return redirect("/", 303)


@photos.post("/photos/<uuid:id>/discard")
@signed_in
def discard(id: UUID) -> Response:  # noqa: A002 - the name in the address
    throw_away(str(id))
    tell(_("The photo is gone."))
    return redirect("/", 303)


def _keep(photo: FileStorage) -> bool:
    name = plain_name(photo.filename or "")
    try:
        take_in(photo.read(), name=name, stamp=_stamp())
    except UndrawerError as error:
        tell(f"{name}: {trouble(error.code)}")
        return False
    return True


def _stamp() -> Stamp:
    said = request.form
    return Stamp(
        gathering=said.get("gathering", ""),
        place=said.get("place", ""),
        met_on=_day(said.get("met_on", "")),
        note=said.get("note", ""),
        promise=said.get("promise", ""),
        promise_on=_day(said.get("promise_on", "")),
    )


def _day(said: str) -> date | None:
    """A day as a browser's own field sends it; nothing for anything else."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _drawer_now() -> dict[str, object]:
    owner = account().id
    with parts().db.reading() as tx:
        page = kept_photos.page(tx, owner=owner, after=request.args.get("after"), limit=PHOTOS_SHOWN)
        first = kept_cards.page(tx, owner=owner, state=CardState.TO_REVIEW, limit=CARDS_SHOWN)
        found = {photo.id: kept_cards.of_photo(tx, owner=owner, photo_id=photo.id) for photo in page.rows}
        waiting = kept_cards.count(tx, owner=owner, state=CardState.TO_REVIEW)
        contacts = kept_contacts.count(tx, owner=owner, up_to=1)
        known = kept_gatherings.recent(tx, owner=owner, limit=KNOWN_PLACES)
    return {
        "photos": [_photo_row(photo, found[photo.id]) for photo in page.rows],
        "more": page.next,
        "reading": sum(photo.state == PhotoState.RECEIVED for photo in page.rows),
        "cards": [_card_row(card) for card in first.rows],
        "waiting": waiting,
        "empty": not page.rows and not contacts,
        "known": [met.gathering for met in known],
        **_said_last(page.rows),
    }


def _said_last(newest: Sequence[Photo]) -> dict[str, str]:
    """Where the last photo was taken, while that is not long ago: a phone that knows no place begins with it."""
    last = next((photo for photo in newest[:1] if now() - photo.received_at < SAME_GATHERING), None)
    if last is None:
        return {"gathering": "", "place": "", "met_on": ""}
    return {"gathering": last.gathering, "place": last.place, "met_on": last.met_on.isoformat() if last.met_on else ""}


def now() -> datetime:
    return datetime.now(tz=UTC)


def _photo_row(photo: Photo, found: Sequence[Card]) -> PhotoRow:
    return PhotoRow(
        id=photo.id,
        state=str(photo.state),
        name=photo.name,
        gathering=photo.gathering,
        card_ids=tuple(card.id for card in found),
        doubtful=any(
            card.state == CardState.TO_REVIEW and review_of(card.reading, card.changes).doubts for card in found
        ),
        trouble=trouble(photo.reason) if photo.state == PhotoState.UNREADABLE else "",
        again=photo.reason not in OF_THE_FILE,
        shown=bool(photo.shown),
    )


def _card_row(card: Card) -> CardRow:
    review = review_of(card.reading, card.changes)
    return CardRow(card.id, review.heading, review.subheading, len(review.doubts))
