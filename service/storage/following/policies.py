"""What an account decides for its ties: zone, quiet days and stretches, and every number that differs from ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.ties.account import WEEKEND, Account, Stay, Stretch, check, day_of, zone_of
from service.domain.ties.policy import NUMBERS, policy
from service.storage.following import towns
from service.storage.following.tie_tables import policies, quiet_stretches
from service.storage.following.towns import Town
from service.storage.moment import now
from service.storage.people import sources
from service.storage.reaching import mail_settings
from service.storage.words import kept

STRETCHES_AT_MOST: Final = 50
FORMALITIES: Final = ("", "informal", "formal")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an account decided. `numbers` are only those that differ; `revision` grows with every change.

    `says_source`: whether a first mail says where the address is from.
    """

    account: Account
    numbers: Mapping[str, int]
    stretches: tuple[tuple[str, Stretch], ...]
    formality: str
    revision: int
    towns: tuple[Town, ...] = ()
    stays: tuple[tuple[str, Stay], ...] = ()
    says_source: bool = False


def of(tx: Connection, *, owner: str) -> Rules:
    row = tx.execute(select(policies).where(policies.c.account_id == owner)).first()
    stretches = tuple((one.id, Stretch(one.first_day, one.last_day)) for one in _stretches(tx, owner))
    numbers = dict(row.numbers) if row else {}
    homes, stays = towns.of(tx, owner=owner)
    quiet = WEEKEND if row is None or row.quiet_weekdays is None else frozenset(row.quiet_weekdays)
    account = Account(
        zone=(row.zone if row else "") or Account().zone,
        quiet_weekdays=quiet,
        stretches=tuple(sorted(stretch for _, stretch in stretches)),
        towns=frozenset(home.town for home in homes),
        stays=tuple(sorted(stay for _, stay in stays)),
        policy=policy(numbers),
    )
    formality, revision = (row.formality, row.revision) if row else ("", 0)
    return Rules(account, numbers, stretches, formality, revision, homes, stays, sources.says(tx, owner=owner))


def today(tx: Connection, *, owner: str) -> date:
    """The account's day, by its zone."""
    return day(tx, owner=owner, moment=now())


def day(tx: Connection, *, owner: str, moment: datetime) -> date:
    """The day that it was for the account at this moment."""
    zone = tx.execute(select(policies.c.zone).where(policies.c.account_id == owner)).scalar()
    return day_of(moment, zone or Account().zone)


def set_zone(tx: Connection, *, owner: str, zone: str) -> None:
    """Change the zone; days that were recorded stay as they are."""
    zone_of(kept(zone))
    mail_settings.look_again(tx, owner=owner)
    changed(tx, owner, zone=kept(zone))


def set_formality(tx: Connection, *, owner: str, formality: str) -> None:
    if formality not in FORMALITIES:
        raise BadValue("formality", "Choose informal, formal, or neither.")
    changed(tx, owner, formality=formality)


def set_quiet_weekdays(tx: Connection, *, owner: str, weekdays: frozenset[int]) -> None:
    check(Account(quiet_weekdays=weekdays))
    changed(tx, owner, quiet_weekdays=sorted(weekdays))


def set_numbers(tx: Connection, *, owner: str, numbers: Mapping[str, int | None]) -> None:
    """Lay numbers over those decided before; None gives our own back. All are taken or none."""
    before = of(tx, owner=owner).numbers
    wanted = {name: value for name, value in {**before, **numbers}.items() if value is not None}
    policy(wanted)
    changed(tx, owner, numbers={name: value for name, value in wanted.items() if value != NUMBERS[name].default})


def add_stretch(tx: Connection, *, owner: str, first: date, last: date) -> str:
    """Keep days free. Raises Conflict where there are too many stretches to go through on every plan."""
    rules = of(tx, owner=owner)
    check(Account(stretches=(Stretch(first, last),), policy=rules.account.policy))
    if len(rules.stretches) >= STRETCHES_AT_MOST:
        raise Conflict("too_many_stretches", "There are too many quiet stretches. Remove those that are over.")
    for id_, known in rules.stretches:
        if known == Stretch(first, last):
            return id_
    id_ = str(uuid4())
    tx.execute(insert(quiet_stretches).values(id=id_, account_id=owner, first_day=first, last_day=last))
    changed(tx, owner)
    return id_


def drop_stretch(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    mine = (quiet_stretches.c.account_id == owner, quiet_stretches.c.id == kept(id))
    if tx.execute(delete(quiet_stretches).where(*mine)).rowcount == 0:
        raise NotFound("stretch", "There are no such quiet days.")
    changed(tx, owner)


def _stretches(tx: Connection, owner: str) -> Any:
    mine = select(quiet_stretches).where(quiet_stretches.c.account_id == owner)
    return tx.execute(mine.order_by(quiet_stretches.c.first_day, quiet_stretches.c.id)).all()


def changed(tx: Connection, owner: str, **values: Any) -> None:
    """Every change makes the plans of the account old; the night plans them again."""
    mine = policies.c.account_id == owner
    if tx.execute(select(policies.c.account_id).where(mine).with_for_update()).first() is None:
        tx.execute(insert(policies).values(account_id=owner))
    tx.execute(update(policies).where(mine).values(revision=policies.c.revision + 1, **values))
