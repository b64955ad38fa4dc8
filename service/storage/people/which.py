"""Which contacts of the drawer are meant: by what they hold, where they were met, and how the tie to them stands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from service.domain.people import search
from service.domain.ties.standing import Standing
from service.storage.following.tie_tables import tie_states, ties
from service.storage.people import words_index
from service.storage.tables import contacts
from service.storage.words import kept

MOST_IDS: Final = 500
"""So many can be named one by one."""


@dataclass(frozen=True, slots=True)
class Which:
    """Each one given narrows it down; "" and None ask for nothing.

    `undecided` are those with neither a next step nor a word that there shall be none.
    """

    query: str = ""
    gathering_id: str = ""
    circle: str = ""
    stage: str = ""
    undecided: bool = False
    added_since: date | None = None
    ids: tuple[str, ...] = ()


ALL = Which()


def conditions(tx: Connection, *, owner: str, which: Which) -> list[ColumnElement[bool]]:
    """Of the owner's contacts that are not deleted."""
    asked = [contacts.c.account_id == owner, contacts.c.deleted_at.is_(None)]
    asked += words_index.holding(tx, search.asked(kept(which.query)))
    if which.gathering_id:
        asked.append(contacts.c.gathering_id == kept(which.gathering_id))
    if which.circle:
        asked.append(_tied(owner, tie_states.c.circle == kept(which.circle)))
    if which.stage:
        asked.append(_tied(owner, tie_states.c.stage == kept(which.stage)))
    if which.undecided:
        asked.append(or_(~exists().where(ties.c.contact_id == contacts.c.id), _tied(owner, _to_sort())))
    if which.added_since:
        asked.append(contacts.c.created_at >= datetime.combine(which.added_since, datetime.min.time(), UTC))
    if which.ids:
        asked.append(contacts.c.id.in_([kept(id_) for id_ in which.ids[:MOST_IDS]]))
    return asked


def _tied(owner: str, state: ColumnElement[bool]) -> ColumnElement[bool]:
    """Contacts the tie to whom stands so."""
    both = ties.join(tie_states, tie_states.c.tie_id == ties.c.id)
    return contacts.c.id.in_(select(ties.c.contact_id).select_from(both).where(tie_states.c.account_id == owner, state))


def _to_sort() -> ColumnElement[bool]:
    return tie_states.c.standing == Standing.TO_SORT
