"""What a guest answers by the link that was sent to them: found by the link alone, kept once, and told to the tie."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import Connection, select, update

from service.domain.entering.ring import moment_of
from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.gatherings.gathering import Gathering, Reply
from service.domain.ties.account import zone_of
from service.domain.ties.act import ActSource, ActType, Outcome
from service.storage.following import acts, policies, ties
from service.storage.following.planning import plan_again
from service.storage.following.touches import load_acts
from service.storage.meeting import gatherings, guests, inviting
from service.storage.meeting.gathering_tables import guests as rows
from service.storage.meeting.guests import Guest
from service.storage.moment import now
from service.storage.tables import accounts
from service.storage.words import kept

ANSWERS_AT_MOST: Final = 20
"""Who changes their mind more often writes to the host."""

OPEN_FOR_DAYS: Final = 30
"""A link is good until so long after the day, which may still be put off; the page itself closes with the day."""

_OUTCOMES: Final = {Reply.YES: Outcome.WARM, Reply.MAYBE: Outcome.WARM, Reply.NO: Outcome.COOL}


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens: one guest's own invitation, and nothing of anybody else but the host's name."""

    owner: str
    host: str
    host_mail: str
    guest: Guest
    gathering: Gathering
    over: bool


def expires(tx: Connection, *, owner: str, gathering: Gathering) -> datetime:
    """Until when a link to this gathering opens at all."""
    zone = zone_of(policies.of(tx, owner=owner).account.zone)
    return moment_of(gathering.ends + timedelta(days=OPEN_FOR_DAYS), time(0), zone).astimezone(UTC)


def opened(tx: Connection, *, guest_id: str, secret: str) -> Invitation:
    """The invitation of a link that was read. Raises NotFound for one that was taken back."""
    row = tx.execute(select(rows).where(rows.c.id == kept(guest_id))).first()
    if row is None or not compare_digest(row.secret.encode(), secret.encode()):
        raise _taken_back()
    owner = row.account_id
    host = tx.execute(select(accounts.c.name, accounts.c.email).where(accounts.c.id == owner)).one()
    gathering = gatherings.get(tx, owner=owner, id=row.gathering_id)
    try:
        guest = guests.get(tx, owner=owner, id=row.id)
    except NotFound:
        raise _taken_back() from None
    over = gathering.is_over(policies.today(tx, owner=owner))
    return Invitation(owner, host.name, host.email or "", guest, gathering, over)


def answer(tx: Connection, *, guest_id: str, secret: str, reply: str, brings: str = "") -> Invitation:
    """Keep the answer; the same again changes nothing. An answer shows that the invitation was sent."""
    invitation = opened(tx, guest_id=guest_id, secret=secret)
    owner, guest = invitation.owner, invitation.guest
    if reply not in list(Reply):
        raise BadValue("answer", "Choose yes, no or maybe.")
    if invitation.over or invitation.gathering.cancelled:
        raise Conflict("gathering_closed", "This gathering takes no answers any more.")
    ties.locked(tx, owner=owner, id=guest.tie_id)
    said = guests.one_name(brings) if guest.with_guest and reply != Reply.NO else ""
    if (guest.answer, guest.brings) == (reply, said):
        return invitation
    if guest.times_answered >= ANSWERS_AT_MOST:
        raise Conflict("answered_too_often", "This was changed often already. Write to your host instead.")
    values = {"answer": reply, "brings": said, "answered_at": now(), "times_answered": rows.c.times_answered + 1}
    tx.execute(update(rows).where(rows.c.id == guest.id).values(values))
    _tell(tx, owner, guest, Reply(reply))
    return opened(tx, guest_id=guest_id, secret=secret)


def told(tx: Connection, *, owner: str, guest_id: str, reply: str, brings: str = "") -> Guest:
    """Keep what a guest told the host by word of mouth; "" takes an answer back, though not that they answered."""
    guest = guests.get(tx, owner=owner, id=guest_id)
    changed = guests.put(tx, owner=owner, id=guest.id, answer=reply, brings=brings)
    if reply and reply != guest.answer:
        _tell(tx, owner, changed, Reply(reply), ActSource.APP)
    return guests.get(tx, owner=owner, id=guest.id)


def _tell(tx: Connection, owner: str, guest: Guest, reply: Reply, source: ActSource = ActSource.MAIL_LINK) -> None:
    """Yes and maybe are a warm answer to the invitation, no is a cool one; the host may tell it otherwise."""
    sent, _ = inviting.invited(tx, owner=owner, guest_id=guest.id)
    told = [one for one in load_acts(tx, owner, guest.tie_id) if one.on == sent.id and one.type is ActType.ANSWERED]
    today = policies.today(tx, owner=owner)
    if not told or told[-1].outcome is not _OUTCOMES[reply]:
        more: dict[str, Any] = {"on": sent.id, "outcome": _OUTCOMES[reply], "source": source}
        acts.add(tx, owner=owner, tie_id=guest.tie_id, type=ActType.ANSWERED, day=today, **more)
    plan_again(tx, owner=owner, tie_id=guest.tie_id, today=today)


def _taken_back() -> NotFound:
    return NotFound("invitation", "This invitation was taken back. Ask who sent it to you.")
