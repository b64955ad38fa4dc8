"""What an account says of where it is: its own towns, and "on Thursday in Bilbao"; who lives there is planned again."""

from datetime import date
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people.same import letters
from service.domain.ties.account import Account, Stay, check
from service.storage.following import policies, towns
from service.storage.following.tie_tables import tie_states, ties
from service.storage.following.tie_tables import towns as rows
from service.storage.words import kept

TOWNS_AT_MOST = 50
LONGEST_NAME = 100


def add_town(tx: Connection, *, owner: str, name: str) -> str:
    """One more town of the account's own; the same once. Whom one calls and whom one visits is planned again."""
    printed, town = _named(name)
    homes, stays = towns.of(tx, owner=owner)
    for home in homes:
        if home.town == town:
            return home.id
    _check_room(len(homes) + len(stays))
    id_ = str(uuid4())
    tx.execute(insert(rows).values(id=id_, account_id=owner, name=printed, town=town))
    policies.changed(tx, owner)
    return id_


def add_stay(tx: Connection, *, owner: str, name: str, first: date, last: date | None = None) -> str:
    """In a town on a day, or from one day to another; those that are over make room."""
    printed, town = _named(name)
    stay, today = Stay(first, last or first, town, printed), policies.today(tx, owner=owner)
    check(Account(stays=(stay,)))
    if stay.last < today:
        raise BadValue("day_over", "This day is over. Choose one to come.")
    tx.execute(delete(rows).where(rows.c.account_id == owner, rows.c.last_day < today))
    homes, stays = towns.of(tx, owner=owner)
    for id_, known in stays:
        if known == stay:
            return id_
    _check_room(len(homes) + len(stays))
    id_ = str(uuid4())
    values = {"first_day": stay.first, "last_day": stay.last}
    tx.execute(insert(rows).values(id=id_, account_id=owner, name=printed, town=town, **values))
    _look_again_at(tx, owner, town, today)
    return id_


def drop(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Take a town or a stay back."""
    mine = (rows.c.account_id == owner, rows.c.id == kept(id))
    row = tx.execute(select(rows).where(*mine)).first()
    if row is None:
        raise NotFound("town", "There is no such town.")
    tx.execute(delete(rows).where(*mine))
    if row.first_day is None:
        policies.changed(tx, owner)
    else:
        _look_again_at(tx, owner, row.town, policies.today(tx, owner=owner))


def _named(name: str) -> tuple[str, str]:
    printed = " ".join(kept(name).split())[:LONGEST_NAME]
    town = letters(printed)
    if not town:
        raise BadValue("town", "Say which town.")
    return printed, town


def _check_room(count: int) -> None:
    if count >= TOWNS_AT_MOST:
        raise Conflict("too_many_towns", "There are too many towns already. Remove one first.")


def _look_again_at(tx: Connection, owner: str, town: str, today: date) -> None:
    """Only who lives there is planned again: a day elsewhere is no change of the rules."""
    there = select(ties.c.id).where(ties.c.account_id == owner, ties.c.town == town)
    mine = (tie_states.c.account_id == owner, tie_states.c.tie_id.in_(there))
    tx.execute(update(tie_states).where(*mine).values(changes_on=today))
