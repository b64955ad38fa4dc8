"""What the drawer shows beside the contacts themselves: the picture of each one's card, and how many are where."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from service.domain.ties.standing import Standing
from service.storage.following.tie_tables import tie_states, ties
from service.storage.people.contacts import count
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
"""Counting looks at every contact and every tie, for numbers beside a list and its filters."""


def tally(tx: Connection, *, owner: str) -> Tally:
    """All of the account's ties, which lie together, less those of deleted contacts: no tie is looked up by itself."""
    alive = count(tx, owner=owner, up_to=COUNTED_TO)
    if alive > COUNTED_TO:
        return Tally(0, {}, {}, counted=False)
    standing = _standing(tx, owner)
    tied = tx.execute(select(func.count()).select_from(ties).where(ties.c.account_id == owner)).scalar_one()
    for how, number in _of_deleted(tx, owner):
        standing[how] -= number
        tied -= number
    circles, stages, to_sort = Counter[str](), Counter[str](), 0
    for (circle, stage, stands), number in standing.items():
        if number and stage is not None:
            circles[circle] += number
            stages[stage] += number
            to_sort += number if stands == Standing.TO_SORT else 0
    return Tally(alive - tied + to_sort, dict(circles), dict(stages))


_HOW: Final = (tie_states.c.circle, tie_states.c.stage, tie_states.c.standing)


def _standing(tx: Connection, owner: str) -> Counter[tuple[str, str, str]]:
    query = select(*_HOW, func.count()).where(tie_states.c.account_id == owner).group_by(*_HOW)
    return Counter({(circle, stage, stands): number for circle, stage, stands, number in tx.execute(query)})


def _of_deleted(tx: Connection, owner: str) -> list[tuple[tuple[str, str, str], int]]:
    both = contacts.join(ties, ties.c.contact_id == contacts.c.id)
    both = both.outerjoin(tie_states, tie_states.c.tie_id == ties.c.id)
    gone = (contacts.c.account_id == owner, contacts.c.deleted_at.is_not(None))
    rows = tx.execute(select(*_HOW, func.count()).select_from(both).where(*gone).group_by(*_HOW))
    return [((circle, stage, stands), number) for circle, stage, stands, number in rows]
