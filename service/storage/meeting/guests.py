"""The guests of a gathering: whom one invites, what they answered, whom they bring, and who came."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.gatherings.gathering import SEATS_OF_A_DOUBLE_DATE, Gathering, Reply
from service.domain.ties.act import ActType, Talk
from service.domain.ties.invited import came_cause, invite_cause, thank_cause
from service.domain.ties.rest import is_let_go, is_resting
from service.domain.ties.story import read
from service.domain.ties.tie import Source
from service.storage.following import acts, deeds, policies, ties, touches
from service.storage.following.planning import plan_again
from service.storage.following.tie_tables import acts as act_rows
from service.storage.following.tie_tables import ties as tie_rows
from service.storage.meeting import gatherings
from service.storage.meeting.gathering_tables import guests
from service.storage.moment import now
from service.storage.tables import contacts
from service.storage.words import kept

MOST: Final = 200
LONGEST_NAME: Final = 120

_SECRET_BYTES: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody on the list. The acts say whether they were written to, came and were thanked; "" and None where not.

    `guest_contact_id` is the contact that their own guest became.
    """

    id: str
    gathering_id: str
    tie_id: str
    contact_id: str
    name: str
    org: str
    vcard: str
    language: str
    with_guest: bool
    answer: str
    answered_at: datetime | None
    times_answered: int
    brings: str
    asked: bool
    guest_came: bool
    guest_asked: bool
    guest_tie_id: str | None
    reminded_on: date | None
    secret: str
    invited: str = ""
    came: str = ""
    thanked: str = ""

    @property
    def comes(self) -> bool:
        return self.answer == Reply.YES

    @property
    def seats(self) -> int:
        """How many chairs they need, once they come."""
        return 1 + bool(self.with_guest and self.brings)


def of_gathering(tx: Connection, *, owner: str, gathering_id: str) -> list[Guest]:
    """All on the list, by name."""
    mine = (guests.c.account_id == owner, guests.c.gathering_id == kept(gathering_id))
    return _loaded(tx, tx.execute(_rows().where(*mine).order_by(contacts.c.name, guests.c.id).limit(MOST)).all())


def get(tx: Connection, *, owner: str, id: str) -> Guest:  # noqa: A002
    found = _loaded(tx, tx.execute(_rows().where(guests.c.account_id == owner, guests.c.id == kept(id))).all())
    if not found:
        raise NotFound("guest", "There is no such guest.")
    return found[0]


def of_tie(tx: Connection, *, owner: str, tie_id: str) -> list[Guest]:
    """Where somebody is or was invited, for their page."""
    mine = (guests.c.account_id == owner, guests.c.tie_id == kept(tie_id))
    return _loaded(tx, tx.execute(_rows().where(*mine).order_by(guests.c.created_at.desc()).limit(MOST)).all())


def add(tx: Connection, *, owner: str, gathering_id: str, contact_ids: Sequence[str]) -> int:
    """Put contacts on the list, each once; who rests or was let go is taken up again by it. Gives how many are new."""
    gathering = _open(tx, owner, gathering_id)
    there = {guest.contact_id for guest in of_gathering(tx, owner=owner, gathering_id=gathering.id)}
    new = [one for one in dict.fromkeys(map(kept, contact_ids)) if one not in there]
    _check_room(gathering, len(there) + len(new))
    for contact_id in new:
        _add(tx, owner, gathering, ties.begin(tx, owner=owner, contact_id=contact_id, source=Source.HAND))
    return len(new)


def drop(tx: Connection, *, owner: str, id: str) -> Guest:  # noqa: A002
    """Take somebody off the list; their link opens nothing any more."""
    guest = get(tx, owner=owner, id=id)
    if guest.came:
        raise Conflict("guest_came", "They came. Take the tick away first.")
    tx.execute(delete(guests).where(guests.c.account_id == owner, guests.c.id == guest.id))
    ties.changed(tx, owner=owner, id=guest.tie_id)
    return guest


def put(tx: Connection, *, owner: str, id: str, **values: Any) -> Guest:  # noqa: A002
    """Change what the host says of a guest: answer, brings, with_guest, asked, guest_came, guest_asked."""
    guest = get(tx, owner=owner, id=id)
    said = {name: _checked(name, value) for name, value in values.items()}
    differ = {name: value for name, value in said.items() if value != getattr(guest, name)}
    if differ:
        mine = (guests.c.account_id == owner, guests.c.id == guest.id)
        tx.execute(update(guests).where(*mine).values(differ))
        ties.changed(tx, owner=owner, id=guest.tie_id)
    return get(tx, owner=owner, id=guest.id)


def tick(tx: Connection, *, owner: str, id: str, came: bool) -> Guest:  # noqa: A002
    """Somebody came, which is a talk; or the tick is taken away, which undoes it. Twice is once."""
    guest = get(tx, owner=owner, id=id)
    gathering = gatherings.get(tx, owner=owner, id=guest.gathering_id)
    today = policies.today(tx, owner=owner)
    if came and not guest.came:
        if today < gathering.day:
            raise Conflict("door_closed", "The door opens on the day itself.")
        ties.locked(tx, owner=owner, id=guest.tie_id)
        if not get(tx, owner=owner, id=guest.id).came:
            _talked(tx, owner, guest, gathering, min(today, gathering.ends), today)
    elif guest.came and not came:
        touches.undo(tx, owner=owner, act_id=guest.came)
    return get(tx, owner=owner, id=guest.id)


def renew(tx: Connection, *, owner: str, id: str) -> Guest:  # noqa: A002
    """Make the link of a guest another one: the old one opens nothing any more."""
    guest = get(tx, owner=owner, id=id)
    mine = (guests.c.account_id == owner, guests.c.id == guest.id)
    tx.execute(update(guests).where(*mine).values(secret=_secret()))
    return get(tx, owner=owner, id=guest.id)


def _talked(tx: Connection, owner: str, guest: Guest, gathering: Gathering, day: date, today: date) -> None:
    on = {"on": guest.invited} if guest.invited else {}
    talk: dict[str, Any] = {"talk": Talk.GATHERING, "cause": came_cause(gathering.id), **on}
    acts.add(tx, owner=owner, tie_id=guest.tie_id, type=ActType.TALKED, day=day, **talk)
    plan_again(tx, owner=owner, tie_id=guest.tie_id, today=today)


def _open(tx: Connection, owner: str, gathering_id: str) -> Gathering:
    gathering = gatherings.get(tx, owner=owner, id=gathering_id)
    if not gathering.own or gathering.merged_into:
        raise Conflict("gathering_not_own", "Only a gathering of your own has guests.")
    return gathering


def _check_room(gathering: Gathering, count: int) -> None:
    if gathering.four and count > SEATS_OF_A_DOUBLE_DATE:
        raise Conflict("double_date_full", "A double date has four seats: you, whom you bring, and two more.")
    if count > MOST:
        raise Conflict("too_many_guests", "That is too many guests for one list.")


def _add(tx: Connection, owner: str, gathering: Gathering, tie_id: str) -> None:
    today = policies.today(tx, owner=owner)
    history = ties.locked(tx, owner=owner, id=tie_id)
    story = read(history.tie, history.acts, policies.of(tx, owner=owner).account, today)
    if is_let_go(story) or is_resting(story):
        deeds.revive(tx, owner=owner, tie_id=tie_id)
    row = {"id": str(uuid4()), "account_id": owner, "gathering_id": gathering.id, "tie_id": tie_id}
    more = {"secret": _secret(), "with_guest": not gathering.four, "added_on": today, "created_at": now()}
    tx.execute(insert(guests).values({**row, **more}))
    ties.changed(tx, owner=owner, id=tie_id)


def _secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def _checked(name: str, value: Any) -> Any:
    if name == "answer":
        if value not in ("", *Reply):
            raise BadValue("answer", "Choose yes, no or maybe.")
        return str(value)
    if name == "brings":
        return one_name(value)
    if name not in ("with_guest", "asked", "guest_came", "guest_asked") or not isinstance(value, bool):
        raise BadValue("guest", "This cannot be said of a guest.")
    return value


def one_name(said: str) -> str:
    """A name as a stranger may have typed it, in one line of a decent length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in kept(said)).split())[:LONGEST_NAME]


def _rows() -> Select[Any]:
    join = guests.join(tie_rows, tie_rows.c.id == guests.c.tie_id)
    join = join.join(contacts, contacts.c.id == tie_rows.c.contact_id)
    columns = (guests, tie_rows.c.contact_id, tie_rows.c.language, contacts.c.name, contacts.c.org, contacts.c.vcard)
    return select(*columns).select_from(join).where(contacts.c.deleted_at.is_(None))


def _loaded(tx: Connection, rows: Sequence[Any]) -> list[Guest]:
    done = _acts(tx, rows)
    return [_guest(row, done) for row in rows]


def _acts(tx: Connection, rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    """By tie and cause, the acts in force that the list tells of."""
    wanted = {row.tie_id for row in rows}
    causes = {make(row.gathering_id) for row in rows for make in (invite_cause, thank_cause, came_cause)}
    alive = (act_rows.c.tie_id.in_(wanted), act_rows.c.cause.in_(causes), act_rows.c.undone_by.is_(None))
    types = act_rows.c.type.in_([ActType.DID, ActType.TALKED])
    found = tx.execute(select(act_rows.c.tie_id, act_rows.c.cause, act_rows.c.id).where(*alive, types))
    return {(row.tie_id, row.cause): row.id for row in found}


def _guest(row: Any, done: dict[tuple[str, str], str]) -> Guest:
    return Guest(
        id=row.id,
        gathering_id=row.gathering_id,
        tie_id=row.tie_id,
        contact_id=row.contact_id,
        name=row.name or row.org,
        org=row.org if row.name else "",
        vcard=row.vcard,
        language=row.language,
        with_guest=row.with_guest,
        answer=row.answer,
        answered_at=row.answered_at,
        times_answered=row.times_answered,
        brings=row.brings,
        asked=row.asked,
        guest_came=row.guest_came,
        guest_asked=row.guest_asked,
        guest_tie_id=row.guest_tie_id,
        reminded_on=row.reminded_on,
        secret=row.secret,
        invited=done.get((row.tie_id, invite_cause(row.gathering_id)), ""),
        came=done.get((row.tie_id, came_cause(row.gathering_id)), ""),
        thanked=done.get((row.tie_id, thank_cause(row.gathering_id)), ""),
    )
