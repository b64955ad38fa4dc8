"""The three: who they are, whether they were seen this week, what each brought and was given, and who could be one."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from service.domain.errors import Conflict
from service.domain.ties.act import Act, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.days import monday
from service.domain.ties.ledger import Ledger, ledger
from service.domain.ties.story import is_two_way, read
from service.domain.ties.warmth import AWAKE
from service.storage.following import deeds, policies, ties
from service.storage.following.history import History, load
from service.storage.following.tie_tables import tie_states
from service.storage.following.tie_tables import ties as rows
from service.storage.tables import contacts

OFFERED: Final = 6
_SHOWN: Final = 15


@dataclass(frozen=True, slots=True)
class Near:
    """One of the three. `seen` is the contact of this week, None while there was none."""

    history: History
    ledger: Ledger
    seen: Act | None


def three(tx: Connection, *, owner: str) -> list[Near]:
    account, today = policies.of(tx, owner=owner).account, policies.today(tx, owner=owner)
    query = _alive(owner).where(tie_states.c.circle == Circle.INNER).order_by(rows.c.created_at, rows.c.id)
    found = load(tx, tx.execute(query.limit(_SHOWN)).all())
    stories = [(one, read(one.tie, one.acts, account, today)) for one in found]
    return [Near(one, ledger(story), _seen(story.acts, today)) for one, story in stories]


def offered(tx: Connection, *, owner: str) -> list[str]:
    """The contacts who could be one of the three: of whom most came back lately, and who are near already."""
    mine = (tie_states.c.circle != Circle.INNER, tie_states.c.stage != "card", tie_states.c.warmth.in_(sorted(AWAKE)))
    order = (tie_states.c.received_365d.desc(), tie_states.c.gives_24m.desc(), tie_states.c.last_two_way.desc())
    query = _alive(owner).with_only_columns(rows.c.contact_id).where(*mine).order_by(*order, rows.c.id)
    return list(tx.execute(query.limit(OFFERED)).scalars())


def count(tx: Connection, *, owner: str) -> tuple[int, int]:
    """How many of the three were seen this week, and how many there are."""
    found = three(tx, owner=owner)
    return sum(one.seen is not None for one in found), len(found)


def see(tx: Connection, *, owner: str, tie_id: str) -> Act:
    """Seen this week: one tap, once a day."""
    return deeds.talked(tx, owner=owner, tie_id=tie_id, talk=Talk.SEEN)


def choose(tx: Connection, *, owner: str, tie_id: str, instead_of: str = "") -> None:
    """Make somebody one of the three; where they are three already, another one becomes one of the close."""
    known = ties.get(tx, owner=owner, id=tie_id)
    if instead_of:
        leaves = ties.get(tx, owner=owner, id=instead_of)
        if leaves.tie.id == known.tie.id:
            raise Conflict("inner_full", "The inner circle holds three people. Move one of them out first.")
        deeds.move(tx, owner=owner, tie_id=leaves.tie.id, circle=Circle.CLOSE)
    deeds.move(tx, owner=owner, tie_id=known.tie.id, circle=Circle.INNER)


def leave(tx: Connection, *, owner: str, tie_id: str) -> None:
    deeds.move(tx, owner=owner, tie_id=tie_id, circle=Circle.CLOSE)


def _seen(acts: tuple[Act, ...], today: date) -> Act | None:
    """The last two-way contact of this week."""
    first = monday(today)
    return next((act for act in reversed(acts) if act.day >= first and is_two_way(act)), None)


def _alive(owner: str) -> Select[Any]:
    join = rows.join(tie_states, tie_states.c.tie_id == rows.c.id).join(contacts, contacts.c.id == rows.c.contact_id)
    return select(rows).select_from(join).where(tie_states.c.account_id == owner, contacts.c.deleted_at.is_(None))
