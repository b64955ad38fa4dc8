"""What goes out by mail: written once by its key, sent by a worker that claims it, and kept to be looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Conflict, NotFound
from service.domain.reaching.mail import MailState, Outcome, Route
from service.storage.claims import Claims, long_ago
from service.storage.following.tie_tables import touches
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.reaching.mail_tables import outgoing as rows
from service.storage.words import kept

WAITS_MINUTES: Final = (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
"""Before the next try; a day and three quarters in all, within which most servers are back."""

_IS_FIRST: Final = rows.c.tries == 0  # a first try is due at once, whatever a wrong clock wrote
_AT_WORK: Final = (MailState.SENDING, MailState.HANDED)
_REPLY_LETTERS: Final = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail with its row. `due_at` is when the next try begins; `ended_at` when it was sent, or given up.

    `claimed_at` tells one try from another: what a try says counts only while the mail is still in its hands.
    """

    id: str
    owner: str
    kind: str
    route: Route
    to: str
    to_name: str
    subject: str
    text: str
    html: str
    ics: str
    unsubscribe: str
    touch_id: str
    message_id: str
    state: MailState
    reason: str
    reply: str
    tries: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MailClaims(Claims):
    """Waiting mails, as the sweep and the worker ask for them; one that died half sent is never sent again by itself."""

    def take(self, tx: Connection, id: str, *, held_seconds: float) -> Row[Any] | None:  # noqa: A002, ARG002
        """Take a mail whose time has come, and count the try."""
        due = _IS_FIRST | (rows.c.due_at <= now())
        mine = update(rows).where(rows.c.id == id, rows.c.state == MailState.WAITING, due)
        taken = {"state": MailState.SENDING, "claimed_at": now(), "tries": rows.c.tries + 1}
        return tx.execute(mine.values(taken).returning(rows)).first()

    def let_go(self, tx: Connection, *, id: str, tries: int, reason: str, counts: bool = True) -> None:  # noqa: A002, ARG002
        """Say that a try ended with nobody to tell how: before it was handed over it waits again, after that it is unsure."""
        row = tx.execute(select(rows).where(rows.c.id == id, rows.c.state.in_(_AT_WORK))).first()
        if row is not None:
            handed = row.state == MailState.HANDED
            settle(tx, id=id, outcome=Outcome(MailState.PERHAPS if handed else MailState.WAITING, "broken_off"))

    def give_up_hopeless(self, tx: Connection, *, tries: int, held_seconds: float) -> list[str]:
        """Nothing is given up here; what nobody holds any more is let go."""
        for id_ in self.begun(tx, longer_ago_than_seconds=held_seconds):
            self.let_go(tx, id=id_, tries=tries, reason="")
        return []

    def forgotten(
        self,
        tx: Connection,
        *,
        older_than_seconds: float,
        held_seconds: float,  # noqa: ARG002
        limit: int = 1000,
    ) -> list[str]:
        """Give the ids of those whose time has come; a first try was rung for when it was written."""
        unheard = _IS_FIRST & long_ago(rows.c.due_at, now(), seconds=older_than_seconds)
        waits = (rows.c.state == MailState.WAITING, unheard | (~_IS_FIRST & (rows.c.due_at <= now())))
        return list(tx.execute(select(rows.c.id).where(*waits).order_by(rows.c.due_at).limit(limit)).scalars())

    def begun(self, tx: Connection, *, longer_ago_than_seconds: float) -> list[str]:
        taken = long_ago(rows.c.claimed_at, now(), seconds=longer_ago_than_seconds)
        return list(tx.execute(select(rows.c.id).where(rows.c.state.in_(_AT_WORK), taken)).scalars())


CLAIMS: Final = MailClaims(
    table=rows, waiting=rows.c.state == MailState.WAITING, since=rows.c.due_at, given_up={}, ended="ended_at"
)


def put(
    tx: Connection,
    *,
    owner: str,
    kind: str,
    key: str,
    to: str,
    subject: str,
    text: str,
    to_name: str = "",
    **more: Any,
) -> str:
    """Write a mail down and give its id; ring `send_mail` after the commit. What has the same key is the same mail.

    `more`: html, ics (a file to go with it), unsubscribe (an address), touch_id, route.
    """
    said = {"kind": kind, "key": key, "to_address": to, "subject": " ".join(subject.split()), "text": text, **more}
    at = now()
    row = {"id": str(uuid4()), "account_id": owner, "state": MailState.WAITING, "created_at": at, "due_at": at}
    values = {name: kept(value) for name, value in {"route": Route.SERVICE, "to_name": to_name, **said}.items()}
    try:
        with tx.begin_nested():
            tx.execute(insert(rows).values({**row, **values}))
    except IntegrityError:
        mine = (rows.c.account_id == owner, rows.c.key == values["key"])
        return str(tx.execute(select(rows.c.id).where(*mine)).scalar_one())
    return str(row["id"])


def get(tx: Connection, *, owner: str, id: str) -> Outgoing:  # noqa: A002
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == kept(id))).first()
    if row is None:
        raise NotFound("mail", "There is no such message.")
    return _mail(row)


def page(tx: Connection, *, owner: str, after: str | None = None, limit: int = 30) -> Page[Outgoing]:
    """List what went out or is to go, newest first."""
    query = select(rows).where(rows.c.account_id == owner)
    found = tx.execute(newest_first(query, rows, "created_at", after=after, limit=limit))
    return paged([_mail(row) for row in found], "created_at", limit=limit)


def newest(tx: Connection, *, owner: str, kind: str) -> Outgoing | None:
    """The last mail of a kind."""
    mine = select(rows).where(rows.c.account_id == owner, rows.c.kind == kind)
    row = tx.execute(mine.order_by(rows.c.created_at.desc()).limit(1)).first()
    return _mail(row) if row else None


def of_touches(tx: Connection, *, owner: str, ids: Iterable[str]) -> dict[str, Outgoing]:
    """The newest mail of each touch that has one."""
    mine = (rows.c.account_id == owner, rows.c.touch_id != "", rows.c.touch_id.in_(list(ids)))
    found = tx.execute(select(rows).where(*mine).order_by(rows.c.created_at, rows.c.tries, rows.c.id))
    return {row.touch_id: _mail(row) for row in found}


def claim(tx: Connection, id: str) -> Outgoing | None:  # noqa: A002
    """Take a mail that is to be sent now; None if there is nothing to do. For workers."""
    row = CLAIMS.take(tx, id, held_seconds=0)
    return _mail(row) if row else None


def name(tx: Connection, *, id: str, message_id: str) -> str:  # noqa: A002
    """Give the Message-ID of the first try, which this one keeps."""
    tx.execute(update(rows).where(rows.c.id == id, rows.c.message_id == "").values(message_id=message_id))
    return str(tx.execute(select(rows.c.message_id).where(rows.c.id == id)).scalar_one())


def hand_over(tx: Connection, *, id: str, claimed_at: datetime | None = None) -> bool:  # noqa: A002
    """Say that the server is being given it: from here on nobody may send it again unasked. False: do not."""
    mine = (rows.c.id == id, rows.c.state == MailState.SENDING, _in_hands_since(claimed_at))
    return bool(tx.execute(update(rows).where(*mine).values(state=MailState.HANDED)).rowcount)


def settle(tx: Connection, *, id: str, outcome: Outcome, claimed_at: datetime | None = None) -> bool:  # noqa: A002
    """Write down what became of a try; whether this one was still to be told. One that is to wait waits ever longer.

    A try that lost the mail to another, because its worker was thought dead, has nothing to say: that one may be
    handing it over just now.
    """
    mine = (rows.c.id == id, rows.c.state.in_(_AT_WORK), _in_hands_since(claimed_at))
    row = tx.execute(select(rows).where(*mine).with_for_update()).first()
    if row is None:
        return False
    values: dict[str, Any] = {"state": outcome.state, "reason": outcome.reason, "reply": outcome.reply}
    values["reply"] = kept(outcome.reply)[:_REPLY_LETTERS]
    if outcome.state is MailState.WAITING and row.tries > len(WAITS_MINUTES):
        values["state"] = MailState.FAILED
    if values["state"] == MailState.WAITING:
        values["due_at"] = now() + timedelta(minutes=WAITS_MINUTES[row.tries - 1])
    else:
        values["ended_at"] = now()
    tx.execute(update(rows).where(rows.c.id == id).values(claimed_at=None, **values))
    return True


def again(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Send it now, because a person says so: also what failed, or what perhaps was sent."""
    over = (MailState.WAITING, MailState.FAILED, MailState.PERHAPS, MailState.KEPT)
    _change(tx, owner, id, over, state=MailState.WAITING, due_at=now(), tries=0, reason="", reply="", ended_at=None)


def withdraw(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Do not send it, while that can still be said."""
    over = (MailState.WAITING, MailState.FAILED, MailState.PERHAPS)
    _change(tx, owner, id, over, state=MailState.WITHDRAWN, ended_at=now())


def was_sent(tx: Connection, *, owner: str, id: str) -> Outgoing:  # noqa: A002
    """Take a person's word for a mail of which nobody knew."""
    _change(tx, owner, id, (MailState.PERHAPS,), state=MailState.SENT, reason="", ended_at=now())
    return get(tx, owner=owner, id=id)


def troubled(tx: Connection, *, owner: str) -> int:
    """Count what failed, or perhaps was sent: what a person should look at."""
    mine = (rows.c.account_id == owner, rows.c.state.in_([MailState.FAILED, MailState.PERHAPS]))
    return tx.execute(select(func.count()).select_from(rows).where(*mine)).scalar_one()


def forget(
    tx: Connection, *, owner: str, tie_ids: Iterable[str], addresses: Iterable[str], names: Iterable[str]
) -> None:
    """Delete what was written to somebody, or of somebody in a digest, without a trace."""
    own = select(touches.c.id).where(touches.c.account_id == owner, touches.c.tie_id.in_(list(tie_ids)))
    about: list[ColumnElement[bool]] = [
        rows.c.touch_id.in_(own),
        func.lower(rows.c.to_address).in_([one.lower() for one in addresses]),
    ]
    about += [rows.c.text.contains(name, autoescape=True) for name in names if name]
    about += [rows.c.html.contains(escape(name), autoescape=True) for name in names if name]
    tx.execute(delete(rows).where(rows.c.account_id == owner, or_(*about)))


def _in_hands_since(claimed_at: datetime | None) -> ColumnElement[bool]:
    return rows.c.claimed_at == claimed_at if claimed_at else true()


def _change(tx: Connection, owner: str, id_: str, before: Iterable[MailState], **values: Any) -> None:
    known = get(tx, owner=owner, id=id_)
    mine = (rows.c.account_id == owner, rows.c.id == known.id, rows.c.state.in_(list(before)))
    if not tx.execute(update(rows).where(*mine).values(values)).rowcount:
        raise Conflict("mail_settled", "Meanwhile this message went on by itself. Look at it again.")


def _mail(row: Row[Any]) -> Outgoing:
    known = row._mapping  # noqa: SLF001  # SQLAlchemy's own name for it, and public
    same = {
        name: known[name] for name in Outgoing.__dataclass_fields__ if name not in ("owner", "to", "route", "state")
    }
    state, route = MailState(row.state), Route(row.route)
    return Outgoing(owner=row.account_id, to=row.to_address, state=state, route=route, **same)
