"""How far the pile of cards is, and how long the rest will take at the pace of the person who asks."""

from dataclasses import dataclass

from flask import session
from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.pace import minutes_left
from service.domain.reading.card import CardState
from service.storage.database import Transaction
from service.storage.reading import cards as kept_cards
from service.storage.reading import reviewing
from service.storage.reading.cards import Card
from service.web.identity import account

REVIEWED = "reviewed"
"""In the session: how many cards were done in this sitting, so that "3 of 12" counts up and not down."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The "12 of 30": the card's number among all of this sitting, how many are done, and what `left` says of the time."""

    at: int
    all: int
    done: int
    before: str | None
    after: str | None
    left: str


def of(tx: Transaction, card: Card) -> Progress:
    place = reviewing.place(tx, owner=account().id, card=card)
    waiting = kept_cards.count(tx, owner=account().id, state=CardState.TO_REVIEW)
    minutes = minutes_left(reviewing.settled_lately(tx, owner=account().id), cards=waiting)
    done = int(session.get(REVIEWED, 0))
    return Progress(
        at=done + place.ahead + 1,
        all=done + waiting,
        done=done,
        before=place.before,
        after=place.after,
        left="" if minutes is None else time_left(minutes),
    )


def settled(cards: int) -> None:
    """So many more were done; fewer than none where an act is undone."""
    session[REVIEWED] = max(session.get(REVIEWED, 0) + cards, 0)


def begin_again() -> None:
    session.pop(REVIEWED, None)


def time_left(minutes: int) -> str:
    """The sentence beside "12 of 30"."""
    if minutes < 1:
        return str(_("less than a minute left"))
    if minutes < 90:
        return str(ngettext("about %(num)d minute left", "about %(num)d minutes left", minutes))
    hours = round(minutes / 60)
    return str(ngettext("about %(num)d hour left", "about %(num)d hours left", hours))
