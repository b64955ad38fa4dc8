"""What the drawer shows beside the contacts themselves: the picture of each one's card, and how many are where."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from service.storage.following.tie_tables import tie_states, ties
from service.storage.people.which import Which, conditions
from service.storage.tables import cards, contacts


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The squared picture of a card; `file` is the hash of its bytes."""

    card_id: str
    file: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many contacts there are, by how the ties to them stand; of very many nobody counts, and it says nothing."""

    undecided: int
    circles: dict[str, int]
    stages: dict[str, int]
    counted: bool = True


def pictures(tx: Connection, *, owner: str, contact_ids: Collection[str]) -> dict[str, CardPicture]:
    """By contact, its last card; those without a card are left out."""
    mine = (cards.c.account_id == owner, cards.c.contact_id.in_(contact_ids), cards.c.side_of.is_(None))
    rows = tx.execute(select(cards.c.contact_id, cards.c.id, cards.c.picture).where(*mine).order_by(cards.c.created_at))
    return {row.contact_id: CardPicture(row.id, row.picture) for row in rows}


COUNTED_TO: Final = 2_000
"""Counting looks at every tie: a tenth of a second then, and seven at a hundred thousand, for numbers beside filters."""


def tally(tx: Connection, *, owner: str) -> Tally:
    mine = select(contacts.c.id).where(contacts.c.account_id == owner, contacts.c.deleted_at.is_(None))
    if tx.execute(mine.offset(COUNTED_TO).limit(1)).first():
        return Tally(0, {}, {}, counted=False)
    circles: dict[str, int] = {}
    stages: dict[str, int] = {}
    both = ties.join(tie_states, tie_states.c.tie_id == ties.c.id).join(contacts, contacts.c.id == ties.c.contact_id)
    alive = (tie_states.c.account_id == owner, contacts.c.deleted_at.is_(None))
    group = (tie_states.c.circle, tie_states.c.stage)
    for circle, stage, number in tx.execute(
        select(*group, func.count()).select_from(both).where(*alive).group_by(*group)
    ):
        circles[circle] = circles.get(circle, 0) + number
        stages[stage] = stages.get(stage, 0) + number
    undecided = (
        select(func.count()).select_from(contacts).where(*conditions(tx, owner=owner, which=Which(undecided=True)))
    )
    return Tally(tx.execute(undecided).scalar_one(), circles, stages)
