"""What every event was worth: counted by the database, so that an address book of any size costs little more."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, case, func, select

from service.domain.outcomes.chain import root
from service.domain.outcomes.worth import Sums, Worth
from service.domain.ties.stage import Stage
from service.storage.following import policies, referrals
from service.storage.following.tie_tables import tie_states, ties
from service.storage.tables import contacts, gatherings

_TIES: Final = (Stage.TIE, Stage.ADVOCATE)
_MOST_EVENTS: Final = 2_000
_AT_A_TIME: Final = 500


def worth(tx: Connection, *, owner: str) -> list[Worth]:
    """The events that were, newest first, and at the end what came from elsewhere; all is in one row and one only."""
    counted = _counted(tx, owner)
    came = _came(tx, owner)
    today = policies.today(tx, owner=owner)
    # In a zone ahead of the account's, cards are met on a day that is still to come here.
    events = [one for one in _events(tx, owner) if one.day <= today or one.id in counted or one.id in came]
    rows = [_of(event, counted, came) for event in events]
    shown = {event.id for event in events}
    elsewhere = sum((one for id_, one in counted.items() if id_ not in shown), Sums())
    elsewhere = sum((one for id_, one in came.items() if id_ not in shown), elsewhere)
    return [*rows, Worth("", "", "", None, elsewhere)]


def events(tx: Connection, *, owner: str) -> int:
    """How many events there are to compare: those whose day has come."""
    mine = (gatherings.c.account_id == owner, gatherings.c.cancelled_at.is_(None))
    past = gatherings.c.day <= policies.today(tx, owner=owner)
    return tx.execute(select(func.count()).select_from(gatherings).where(*mine, past)).scalar_one()


def _of(event: Row[Any], counted: Mapping[str, Sums], came: Mapping[str, Sums]) -> Worth:
    spent = Sums(hours=event.hours or 0, cost_cents=event.cost_cents or 0)
    sums = counted.get(event.id, Sums()) + came.get(event.id, Sums()) + spent
    return Worth(event.id, event.name, event.kind, event.day, sums, event.hours, event.cost_cents)


def _events(tx: Connection, owner: str) -> list[Row[Any]]:
    wanted = [gatherings.c[name] for name in ("id", "name", "kind", "day", "hours", "cost_cents")]
    query = select(*wanted).where(gatherings.c.account_id == owner, gatherings.c.cancelled_at.is_(None))
    return list(tx.execute(query.order_by(gatherings.c.day.desc(), gatherings.c.id).limit(_MOST_EVENTS)))


def _counted(tx: Connection, owner: str) -> dict[str, Sums]:
    """By gathering: those who began there, and how far it went with them."""
    join = gatherings.join(contacts, contacts.c.gathering_id == gatherings.c.id)
    join = join.join(ties, ties.c.contact_id == contacts.c.id).join(tie_states, tie_states.c.tie_id == ties.c.id)
    persons = func.sum(case((tie_states.c.stage != Stage.CARD, 1), else_=0))
    known = func.sum(case((tie_states.c.stage.in_(_TIES), 1), else_=0))
    mine = (gatherings.c.account_id == owner, contacts.c.deleted_at.is_(None))
    query = select(gatherings.c.id, func.count(), persons, known).select_from(join).where(*mine)
    found = tx.execute(query.group_by(gatherings.c.id))
    return {row[0]: Sums(cards=row[1], persons=int(row[2]), ties=int(row[3])) for row in found}


def _came(tx: Connection, owner: str) -> dict[str, Sums]:
    """By gathering: what was received, put down to the one with whom each chain began."""
    sent_by = referrals.sent_by(tx, owner=owner)
    by_root: defaultdict[str, Sums] = defaultdict(Sums)
    for row in tx.execute(referrals.received_by_tie(owner)):
        sums = Sums(referrals=int(row.referrals), clients=int(row.clients > 0), value_cents=int(row.value_cents or 0))
        by_root[root(row.tie_id, sent_by)] += sums
    began = _began(tx, owner, list(by_root))
    found: defaultdict[str, Sums] = defaultdict(Sums)
    for tie, sums in by_root.items():
        found[began.get(tie, "")] += sums
    return dict(found)


def _began(tx: Connection, owner: str, tie_ids: list[str]) -> dict[str, str]:
    """By tie: the gathering where its contact was met."""
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id)
    query = select(ties.c.id, contacts.c.gathering_id).select_from(join).where(ties.c.account_id == owner)
    found: dict[str, str] = {}
    for start in range(0, len(tie_ids), _AT_A_TIME):
        some = query.where(ties.c.id.in_(tie_ids[start : start + _AT_A_TIME]))
        found |= {row.id: row.gathering_id or "" for row in tx.execute(some)}
    return found
