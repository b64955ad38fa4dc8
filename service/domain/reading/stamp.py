"""What is known of a photo from the moment it was taken: where one was, what was said, which side of a card it shows."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from service.domain.reading.card import Side
from service.domain.reading.correction import MAX_NOTE, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the person said when the photo was taken.

    `pair` is the photo of the front, where this one was taken as its back; `promise` is due on `promise_on`.
    """

    gathering: str = ""
    place: str = ""
    met_on: date | None = None
    note: str = ""
    promise: str = ""
    promise_on: date | None = None
    side: Side | None = None
    pair: str | None = None


UNSAID: Final = Stamp()
"""Nothing is known but the photo itself."""


def checked(stamp: Stamp, *, today: date) -> Stamp:
    """Give the stamp with clean words; a promise without a day is due on the day after. Raises BadValue."""
    promise = text("promise", stamp.promise)
    due = stamp.promise_on or (stamp.met_on or today) + timedelta(days=1)
    return replace(
        stamp,
        gathering=text("gathering", stamp.gathering),
        place=text("place", stamp.place),
        note=text("note", stamp.note, limit=MAX_NOTE),
        promise=promise,
        promise_on=due if promise else None,
        pair=stamp.pair if stamp.side is Side.BACK else None,
    )
