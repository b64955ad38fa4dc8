"""Referrals: who sent whom, whether they were thanked, and what came of it; undone with the act they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Select, case, func, insert, literal, select, update

from service.domain.errors import BadValue, NotFound
from service.domain.outcomes.chain import chain
from service.domain.people.contact import CardFields, contact_of
from service.domain.people.vcard import render
from service.domain.reading.correction import apply
from service.domain.ties.act import Act, ActType, Gift
from service.domain.ties.tie import Source
from service.storage.following import deeds, ties
from service.storage.following.outcome_tables import referrals as rows
from service.storage.following.tie_tables import acts
from service.storage.following.tie_tables import ties as tie_rows
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.people import contacts
from service.storage.tables import contacts as contact_rows
from service.storage.tables import gatherings
from service.storage.words import kept

LINKS_AT_MOST: Final = 20_000
MOST_CENTS: Final = 2_000_000_000
"""Twenty million: what a column of whole numbers holds on every database."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Who sent whom and when; `thanked_on` and `client_on` are None while that did not happen."""

    id: str
    tie_id: str
    contact_id: str
    name: str
    referred_id: str
    referred_contact_id: str
    referred_name: str
    day: date
    act_id: str
    created_at: datetime
    thanked_on: date | None
    client_on: date | None
    value_cents: int


@dataclass(frozen=True, slots=True)
class Link:
    """One of a chain: a contact, and the gathering where it began, if it did at one."""

    tie_id: str
    contact_id: str
    name: str
    gathering_id: str
    gathering: str


@dataclass(frozen=True, slots=True)
class Totals:
    referrals: int
    clients: int
    value_cents: int


def log(tx: Connection, *, owner: str, tie_id: str, contact_id: str, day: date | None = None) -> Referral:
    """Write down that a tie sent a contact, which is thanked for tomorrow. The same twice on a day is one."""
    giver = ties.locked(tx, owner=owner, id=tie_id)
    if giver.contact_id == contact_id:
        raise BadValue("referral_self", "Nobody sends themselves. Choose somebody else.")
    contact = contacts.get(tx, owner=owner, id=contact_id)
    referred = ties.begin(tx, owner=owner, contact_id=contact.id, source=Source.HAND)
    act = deeds.received(
        tx, owner=owner, tie_id=giver.tie.id, gift=Gift.REFERRAL, day=day, text=contact.name or contact.org
    )
    known = tx.execute(select(rows.c.id).where(rows.c.account_id == owner, rows.c.act_id == act.id)).scalar()
    if known is None:
        known = str(uuid4())
        row = {"id": known, "account_id": owner, "tie_id": giver.tie.id, "referred_id": referred, "act_id": act.id}
        tx.execute(insert(rows).values({**row, "created_at": now()}))
        alone = (tie_rows.c.id == referred, tie_rows.c.introduced_by == "")
        tx.execute(update(tie_rows).where(*alone).values(introduced_by=giver.tie.id))
        ties.changed(tx, owner=owner, id=referred)
    return get(tx, owner=owner, id=known)


def new_person(tx: Connection, *, owner: str, name: str, org: str = "", phone: str = "", mail: str = "") -> str:
    """Make a contact of somebody who was sent; give its id."""
    if not name.strip():
        raise BadValue("person_name", "Write their name.")
    told = {"org": org, "phones": [phone] if phone.strip() else [], "emails": [mail] if mail.strip() else []}
    fields = apply(CardFields(), {"name": name, **told})
    made = contact_of(fields, uid=str(uuid4()), gathering="", note="", met_on=None, now=now())
    return contacts.write(tx, owner=owner, vcard=render(made)).id


def became_client(
    tx: Connection, *, owner: str, tie_id: str, value_cents: int | None = None, day: date | None = None
) -> Act:
    """Write down that somebody became a client, and what it is worth where that is told."""
    if value_cents is not None and not 0 <= value_cents <= MOST_CENTS:
        raise BadValue("value", "Write an amount of money, such as 1200 or 1200.50.")
    more: dict[str, Any] = {"value_cents": value_cents} if value_cents is not None else {}
    return deeds.received(tx, owner=owner, tie_id=tie_id, gift=Gift.CLIENT, day=day, **more)


def get(tx: Connection, *, owner: str, id: str) -> Referral:  # noqa: A002
    row = tx.execute(_alive(owner).where(rows.c.id == kept(id))).first()
    if row is None:
        raise NotFound("referral", "There is no such referral.")
    return Referral(*row)


def page(tx: Connection, *, owner: str, after: str | None = None, limit: int = 50) -> Page[Referral]:
    found = tx.execute(newest_first(_alive(owner), rows, "created_at", after=after, limit=limit))
    return paged([Referral(*row) for row in found], "created_at", limit=limit)


def given_by(tx: Connection, *, owner: str, tie_id: str) -> list[Referral]:
    """Those whom a tie sent."""
    query = _alive(owner).where(rows.c.tie_id == kept(tie_id)).order_by(rows.c.created_at)
    return [Referral(*row) for row in tx.execute(query)]


def sent_by(tx: Connection, *, owner: str) -> dict[str, str]:
    """By tie, who sent them first: as many as there are referrals, however large the address book."""
    query = _in_force(owner, rows.c.referred_id, rows.c.tie_id).order_by(rows.c.created_at.desc(), rows.c.id.desc())
    return {row.referred_id: row.tie_id for row in tx.execute(query.limit(LINKS_AT_MOST))}


def chain_of(tx: Connection, *, owner: str, tie_id: str) -> tuple[Link, ...]:
    """From a tie back to the one with whom it began."""
    return links(tx, owner=owner, tie_ids=chain(tie_id, sent_by(tx, owner=owner)))


def links(tx: Connection, *, owner: str, tie_ids: Sequence[str]) -> tuple[Link, ...]:
    """The ties by name, in the order given; those whose contacts were deleted are left out."""
    join = tie_rows.join(contact_rows, contact_rows.c.id == tie_rows.c.contact_id)
    join = join.outerjoin(gatherings, gatherings.c.id == contact_rows.c.gathering_id)
    name = func.coalesce(func.nullif(contact_rows.c.name, ""), contact_rows.c.org)
    place = (func.coalesce(gatherings.c.id, ""), func.coalesce(gatherings.c.name, ""))
    mine = (tie_rows.c.account_id == owner, tie_rows.c.id.in_(tie_ids), contact_rows.c.deleted_at.is_(None))
    query = select(tie_rows.c.id, tie_rows.c.contact_id, name, *place).select_from(join).where(*mine)
    found = {row[0]: Link(*row) for row in tx.execute(query)}
    return tuple(found[tie] for tie in tie_ids if tie in found)


def totals(tx: Connection, *, owner: str) -> Totals:
    """Referrals received, clients won, and all that they were worth, by the acts in force."""
    mine = received(owner, Gift.REFERRAL)
    count = tx.execute(select(func.count()).select_from(mine.subquery())).scalar_one()
    clients = received(owner, Gift.CLIENT).with_only_columns(acts.c.tie_id).distinct().subquery()
    value = received(owner).with_only_columns(func.coalesce(func.sum(acts.c.value_cents), 0))
    how_many = tx.execute(select(func.count()).select_from(clients)).scalar_one()
    return Totals(count, how_many, int(tx.execute(value).scalar_one()))


def received(owner: str, *gifts: Gift) -> Select[Any]:
    """The acts received that are in force, of contacts that are there."""
    join = acts.join(tie_rows, tie_rows.c.id == acts.c.tie_id).join(
        contact_rows, contact_rows.c.id == tie_rows.c.contact_id
    )
    mine = (acts.c.account_id == owner, acts.c.type == _RECEIVED, acts.c.undone_by.is_(None))
    query = select(acts.c.tie_id, acts.c.gift, acts.c.value_cents).select_from(join)
    query = query.where(*mine, contact_rows.c.deleted_at.is_(None))
    return query.where(acts.c.gift.in_(gifts)) if gifts else query


def received_by_tie(owner: str) -> Select[Any]:
    """By tie: how many it sent, how often it became a client, and what all that was worth."""
    sent = func.sum(case((acts.c.gift == Gift.REFERRAL, 1), else_=0)).label("referrals")
    client = func.sum(case((acts.c.gift == Gift.CLIENT, 1), else_=0)).label("clients")
    value = func.coalesce(func.sum(acts.c.value_cents), 0).label("value_cents")
    return received(owner).with_only_columns(acts.c.tie_id, sent, client, value).group_by(acts.c.tie_id)


_RECEIVED: Final = literal(ActType.RECEIVED.value, literal_execute=True)
"""Written out: SQLite uses an index of some rows only where it sees that these are the rows asked for."""


def _in_force(owner: str, *columns: Any) -> Select[Any]:
    join = rows.join(acts, acts.c.id == rows.c.act_id)
    mine = (rows.c.account_id == owner, acts.c.undone_by.is_(None))
    return select(*columns).select_from(join).where(*mine)


def _alive(owner: str) -> Select[Any]:
    giver, referred = tie_rows.alias("giver"), tie_rows.alias("referred")
    his, theirs = contact_rows.alias("his"), contact_rows.alias("theirs")
    thanked, client = acts.alias("thanked"), _clients(owner)
    join = (
        rows.join(acts, acts.c.id == rows.c.act_id)
        .join(giver, giver.c.id == rows.c.tie_id)
        .join(his, his.c.id == giver.c.contact_id)
        .join(referred, referred.c.id == rows.c.referred_id)
        .join(theirs, theirs.c.id == referred.c.contact_id)
        .outerjoin(thanked, _thanks(thanked))
        .outerjoin(client, client.c.tie_id == rows.c.referred_id)
    )
    columns = (
        rows.c.id,
        rows.c.tie_id,
        giver.c.contact_id,
        _name(his),
        rows.c.referred_id,
        referred.c.contact_id.label("referred_contact_id"),
        _name(theirs),
        acts.c.day,
        rows.c.act_id,
        rows.c.created_at,
        thanked.c.day.label("thanked_on"),
        client.c.day.label("client_on"),
        func.coalesce(client.c.value_cents, 0),
    )
    mine = (rows.c.account_id == owner, acts.c.undone_by.is_(None))
    return select(*columns).select_from(join).where(*mine, his.c.deleted_at.is_(None), theirs.c.deleted_at.is_(None))


def _thanks(thanked: Any) -> Any:
    """The thank-you of the act itself, done and not undone: at most one."""
    done = (thanked.c.type == "did") & thanked.c.undone_by.is_(None)
    return done & (thanked.c.tie_id == rows.c.tie_id) & (thanked.c.cause == "received:" + rows.c.act_id)


def _clients(owner: str) -> Any:
    """By tie: when they became a client first, and what all of it is worth."""
    mine = (acts.c.account_id == owner, acts.c.type == _RECEIVED, acts.c.undone_by.is_(None))
    columns = (acts.c.tie_id, func.min(acts.c.day).label("day"), func.sum(acts.c.value_cents).label("value_cents"))
    return select(*columns).where(*mine, acts.c.gift == Gift.CLIENT).group_by(acts.c.tie_id).subquery("clients")


def _name(table: Any) -> Any:
    return func.coalesce(func.nullif(table.c.name, ""), table.c.org)
