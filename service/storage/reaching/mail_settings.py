"""How an account wants to be written to: when its digest rings, and by which server mail goes out in its own name."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import Connection, insert, or_, select, update

from service.domain.entering.ring import next_ring
from service.domain.errors import BadValue
from service.domain.reaching.mail import PORTS, Security, Server
from service.domain.ties.account import WEEKDAYS, Account, zone_of
from service.storage.following.tie_tables import policies
from service.storage.reaching.mail_tables import mail_settings as rows
from service.storage.tables import accounts
from service.storage.words import kept

SEALED_FOR: Final = "mail server"
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`weekday` counts Monday as 0; `to` is "" for the account's own address, `host` "" without a server of its own.

    `next_at` is when the digest rings next, None until the clock has looked. `password` is sealed.
    """

    weekly: bool = True
    daily: bool = False
    weekday: int = 0
    hour: int = 8
    to: str = ""
    locale: str = ""
    next_at: datetime | None = None
    host: str = ""
    port: int = 0
    security: str = ""
    username: str = ""
    password: str = ""
    from_address: str = ""

    def rings(self, at: datetime) -> bool:
        """Whether a digest is to be written by now, and was not yet."""
        return (self.weekly or self.daily) and self.next_at is not None and self.next_at <= at

    def server(self, password: str) -> Server:
        """The account's own server, with the password unsealed."""
        return Server(self.host, self.port, Security(self.security), self.username, password)


def of(tx: Connection, *, owner: str) -> MailSettings:
    row = tx.execute(select(rows).where(rows.c.account_id == owner)).first()
    if row is None:
        return MailSettings()
    values = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's own name for it, and public
    del values["account_id"]
    return MailSettings(to=values.pop("to_address"), **values)


def set_digest(tx: Connection, *, owner: str, weekly: bool, daily: bool, weekday: int, hour: int, to: str) -> None:
    """Say when to be written to; the next ring is found anew."""
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise BadValue("digest_hour", "Choose a day of the week and a full hour.")
    to = address(to) if to.strip() else ""
    _change(tx, owner, weekly=weekly, daily=daily, weekday=weekday, hour=hour, to_address=to, next_at=None)


def stop_digest(tx: Connection, *, owner: str) -> None:
    _change(tx, owner, weekly=False, daily=False)


def set_server(
    tx: Connection, *, owner: str, host: str, port: str, security: str, username: str, password: str, from_address: str
) -> None:
    """Keep the account's own server; `password` is sealed already, "" keeps the one before."""
    if security not in list(Security):
        raise BadValue("mail_security", "Choose how the connection is kept secret.")
    host = kept(host).strip()
    if not host or len(host) > LONGEST or not host.isprintable() or any(sign in host for sign in " /@:?#\\"):
        raise BadValue("mail_host", "Write the name of the mail server alone, such as smtp.example.org.")
    known: dict[str, Any] = {"host": host, "port": _port(port, security), "security": security}
    known |= {"username": kept(username).strip()[:LONGEST], "from_address": address(from_address)}
    before = of(tx, owner=owner)
    # A password is for the server that it was given for, and goes to no other.
    same = (before.host, before.username) == (known["host"], known["username"])
    _change(tx, owner, **known, password=password or (before.password if same else ""))


def drop_server(tx: Connection, *, owner: str) -> None:
    _change(tx, owner, host="", port=0, security="", username="", password="", from_address="")


def speak(tx: Connection, *, owner: str, locale: str) -> None:
    """Remember in which language the account looked at its pages last; a digest is written in it."""
    if of(tx, owner=owner).locale != locale:
        _change(tx, owner, locale=locale)


def find_rings(tx: Connection, *, at: datetime, limit: int = 500) -> None:
    """Find the next ring of accounts that have none yet, or whose hour or zone was changed. For the sweep."""
    joined = accounts.outerjoin(rows, rows.c.account_id == accounts.c.id)
    joined = joined.outerjoin(policies, policies.c.account_id == accounts.c.id)
    wanted = or_(rows.c.account_id.is_(None), rows.c.weekly, rows.c.daily)
    query = select(accounts.c.id, policies.c.zone).select_from(joined).where(wanted, rows.c.next_at.is_(None))
    for owner, zone in tx.execute(query.limit(limit)).all():
        ring = rings_after(of(tx, owner=owner), at, zone=zone or Account().zone)
        ring_next(tx, owner=owner, before=None, at=ring)


def due(tx: Connection, *, at: datetime, limit: int = 500) -> list[str]:
    """The accounts whose digest is to ring by now."""
    mine = (rows.c.next_at <= at, or_(rows.c.weekly, rows.c.daily))
    return list(tx.execute(select(rows.c.account_id).where(*mine).order_by(rows.c.next_at).limit(limit)).scalars())


def ring_next(tx: Connection, *, owner: str, before: datetime | None, at: datetime) -> bool:
    """Put the ring on its next moment; False where somebody else did so first."""
    _make(tx, owner)
    mine = (rows.c.account_id == owner, rows.c.next_at.is_(None) if before is None else rows.c.next_at == before)
    return bool(tx.execute(update(rows).where(*mine).values(next_at=at)).rowcount)


def ring_now(tx: Connection, *, owner: str, at: datetime) -> bool:
    """Have the digest ring at once; False where it is turned off."""
    _make(tx, owner)
    mine = update(rows).where(rows.c.account_id == owner, or_(rows.c.weekly, rows.c.daily))
    return bool(tx.execute(mine.values(next_at=at)).rowcount)


def rings_after(settings: MailSettings, moment: datetime, *, zone: str) -> datetime:
    """The first ring of the digest later than a moment."""
    days = frozenset(range(WEEKDAYS)) if settings.daily else frozenset({settings.weekday})
    return next_ring(moment, time(settings.hour), zone_of(zone), weekdays=days)


def look_again(tx: Connection, *, owner: str) -> None:
    """Find the next ring anew, because the account's zone was changed."""
    tx.execute(update(rows).where(rows.c.account_id == owner).values(next_at=None))


def address(text: str) -> str:
    """An address as one can be written to. Raises BadValue for anything that is not exactly one."""
    text = kept(text).strip()
    name, _, domain = text.partition("@")
    whole = name and "." in domain.strip(".") and len(text) <= LONGEST and text.isprintable()
    if not whole or any(sign in text for sign in ' ,;<>()[]"\\') or text.count("@") != 1:
        raise BadValue("mail_address", "This is no mail address. Write it like ana@example.org.")
    return text


def _port(text: str, security: str) -> int:
    text = text.strip() or str(PORTS[security])
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65_535):
        raise BadValue("mail_port", "The port of the mail server is a number up to 65535.")
    return int(text)


def _change(tx: Connection, owner: str, **values: Any) -> None:
    _make(tx, owner)
    tx.execute(update(rows).where(rows.c.account_id == owner).values(values))


def _make(tx: Connection, owner: str) -> None:
    # The account's row is locked first: two that make the row at once would both insert it.
    tx.execute(select(accounts.c.id).where(accounts.c.id == owner).with_for_update())
    if tx.execute(select(rows.c.account_id).where(rows.c.account_id == owner)).first() is None:
        tx.execute(insert(rows).values(account_id=owner))
