"""The sorting screen: old cards to which nobody wrote and of which nothing is noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from service.domain.errors import BadValue
from service.domain.ties.standing import Standing
from service.storage.following import deeds, ties
from service.storage.following.tie_tables import tie_states
from service.storage.following.tie_tables import ties as rows
from service.storage.tables import contacts

AT_ONCE: Final = 50
_COUNTED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Unsorted:
    """An old card: whose it is, and where and when it came."""

    tie_id: str
    contact_id: str
    name: str
    org: str
    gathering: str
    begun_on: date


def waiting(tx: Connection, *, owner: str, limit: int = AT_ONCE) -> list[Unsorted]:
    """Those of the latest event first: they are remembered best."""
    columns = (rows.c.id, rows.c.contact_id, contacts.c.name, contacts.c.org, rows.c.gathering, rows.c.begun_on)
    query = _mine(owner, *columns).order_by(rows.c.begun_on.desc(), rows.c.id).limit(limit)
    return [Unsorted(*row) for row in tx.execute(query)]


def count(tx: Connection, *, owner: str) -> int:
    """How many wait; of very many, that they are many."""
    return tx.execute(select(func.count()).select_from(_mine(owner, rows.c.id).limit(_COUNTED).subquery())).scalar_one()


def sort(tx: Connection, *, owner: str, answers: Mapping[str, str]) -> int:
    """Star those one would know (`star`), let go of the others (`let go`); give how many were sorted."""
    if len(answers) > AT_ONCE:
        raise BadValue("too_many", "Sort fifty at a time.")
    for tie_id, answer in answers.items():
        if answer == "star":
            ties.describe(tx, owner=owner, id=tie_id, starred=True)
        elif answer == "let go":
            deeds.let_go(tx, owner=owner, tie_id=tie_id)
        else:
            raise BadValue("answer", "Say star or let go.")
    return len(answers)


def _mine(owner: str, *columns: Any) -> Select[Any]:
    join = rows.join(tie_states, tie_states.c.tie_id == rows.c.id).join(contacts, contacts.c.id == rows.c.contact_id)
    mine = (tie_states.c.account_id == owner, tie_states.c.standing == Standing.TO_SORT)
    return select(*columns).select_from(join).where(*mine, contacts.c.deleted_at.is_(None))
