"""What was sent to the guests of a gathering: the invitation, the reminder, the thank-you; each guest's own, once."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, update

from service.domain.errors import Conflict
from service.domain.ties.act import Act, ActSource, ActType
from service.domain.ties.invited import invite_cause, thank_cause
from service.domain.ties.touch import Channel, Kind
from service.storage.following import acts, policies, ties, touches
from service.storage.following.planning import PLANNED, plan_again
from service.storage.meeting import guests
from service.storage.meeting.gathering_tables import guests as rows
from service.storage.meeting.guests import Guest


def invited(
    tx: Connection, *, owner: str, guest_id: str, channel: Channel | None = None, text: str = ""
) -> tuple[Act, bool]:
    """Write down that the invitation went out; whether it was the first time."""
    guest = guests.get(tx, owner=owner, id=guest_id)
    cause = invite_cause(guest.gathering_id)
    return _did(tx, owner, guest, cause, Kind.INVITE, channel=channel, text=text)


def thanked(
    tx: Connection, *, owner: str, guest_id: str, channel: Channel | None = None, text: str = ""
) -> tuple[Act, bool]:
    """Write down that they were thanked for coming."""
    guest = guests.get(tx, owner=owner, id=guest_id)
    if not guest.came:
        raise Conflict("guest_absent", "Tick first that they came.")
    cause = thank_cause(guest.gathering_id)
    return _did(tx, owner, guest, cause, Kind.THANK, channel=channel, text=text)


def reminded(tx: Connection, *, owner: str, guest_id: str, day: date) -> bool:
    """Remember that they were reminded; True for the first of two who do so at once."""
    mine = (rows.c.account_id == owner, rows.c.id == guest_id, rows.c.reminded_on.is_(None))
    return tx.execute(update(rows).where(*mine).values(reminded_on=day)).rowcount == 1


def _did(tx: Connection, owner: str, guest: Guest, cause: str, kind: Kind, **values: Any) -> tuple[Act, bool]:
    """Through the touch where one is planned, which gives the task its seat; else as an act of its own."""
    ties.locked(tx, owner=owner, id=guest.tie_id)
    before = acts.did(tx, owner=owner, tie_id=guest.tie_id, cause=cause)
    if before is not None:
        return before, False
    planned = touches.by_keys(tx, owner=owner, keys=[(guest.tie_id, cause)]).get((guest.tie_id, cause))
    if planned and planned.state == PLANNED:
        done = touches.done(tx, owner=owner, id=planned.id, **values)
        return done.act, done.first
    today = policies.today(tx, owner=owner)
    known: dict[str, Any] = {"kind": kind, "cause": cause, "source": ActSource.APP, **values}
    act = acts.add(tx, owner=owner, tie_id=guest.tie_id, type=ActType.DID, day=today, **known)
    plan_again(tx, owner=owner, tie_id=guest.tie_id, today=today)
    return act, True
