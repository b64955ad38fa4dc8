"""Towns of an account: those where it is at home, and those where it will be on some days."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from service.domain.ties.account import Stay
from service.storage.following.tie_tables import towns as rows


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the account's own: `name` as it was typed, `town` in normal form."""

    id: str
    name: str
    town: str


def of(tx: Connection, *, owner: str) -> tuple[tuple[Town, ...], tuple[tuple[str, Stay], ...]]:
    """The account's own towns, and where it will be with the ids of the rows, soonest first."""
    found = tx.execute(
        select(rows).where(rows.c.account_id == owner).order_by(rows.c.first_day, rows.c.name, rows.c.id)
    )
    homes, stays = [], []
    for row in found:
        if row.first_day is None:
            homes.append(Town(row.id, row.name, row.town))
        else:
            stays.append((row.id, Stay(row.first_day, row.last_day, row.town, row.name)))
    return tuple(homes), tuple(stays)
