"""Rows that wait for a worker: taken by one at a time, freed when a try fails, given up after too many, and rung for again.

Only workers and the sweep come here; ids come from the list of jobs, so no owner is asked. A row waits while `waiting`
holds; its table has `claimed_at` (none while nobody has it) and `tries`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, or_, select, update

from service.storage.moment import now

AHEAD: Final = timedelta(seconds=60)
"""What is written later than that from now, was written by a clock that went wrong, and says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """How the rows of one table wait: since when (`since`), and what a row says that was given up.

    `ended` is the column of the time at which it was, where there is one; `ahead`: how far ahead `since` may rightly lie.
    """

    table: Table
    waiting: ColumnElement[bool]
    since: Column[datetime]
    given_up: Mapping[str, Any]
    ended: str = ""
    ahead: timedelta = AHEAD

    def take(self, tx: Connection, id: str, *, held_seconds: float) -> Row[Any] | None:  # noqa: A002
        """Take a row and count the try; None if it does not wait, or is in somebody's hands for less than `held_seconds`."""
        rows = self.table
        change = update(rows).where(rows.c.id == id, self.waiting, self._in_nobodys_hands(held_seconds))
        return tx.execute(change.values(claimed_at=now(), tries=rows.c.tries + 1).returning(rows)).first()

    def let_go(self, tx: Connection, *, id: str, tries: int, reason: str, counts: bool = True) -> None:  # noqa: A002
        """Say that a try failed: free the row for the next one at once, or give it up after so many `tries`.

        One that failed for want of the disk or the database does not count: nothing is wrong with the row.
        """
        rows = self.table
        mine = update(rows).where(rows.c.id == id, self.waiting)
        if counts:
            tx.execute(mine.where(rows.c.tries >= tries).values(self._given_up(reason)))
            tx.execute(mine.values(claimed_at=None))
        else:
            tx.execute(mine.where(rows.c.claimed_at.is_not(None)).values(claimed_at=None, tries=rows.c.tries - 1))

    def give_up_hopeless(self, tx: Connection, *, tries: int, held_seconds: float) -> list[str]:
        """Give up what was tried so often that trying again would hold up the others, and is in nobody's hands now."""
        rows = self.table
        change = update(rows).where(self.waiting, rows.c.tries >= tries, self._in_nobodys_hands(held_seconds))
        return list(tx.execute(change.values(self._given_up("gave_up")).returning(rows.c.id)).scalars())

    def forgotten(
        self, tx: Connection, *, older_than_seconds: float, held_seconds: float, limit: int = 1000
    ) -> list[str]:
        """Give the ids that nobody has begun, or that someone began and never ended, oldest first."""
        rows, at = self.table, now()
        unbegun = rows.c.claimed_at.is_(None) & long_ago(self.since, at, seconds=older_than_seconds, ahead=self.ahead)
        abandoned = long_ago(rows.c.claimed_at, at, seconds=held_seconds)
        query = select(rows.c.id).where(self.waiting, or_(unbegun, abandoned))
        return list(tx.execute(query.order_by(self.since).limit(limit)).scalars())

    def begun(self, tx: Connection, *, longer_ago_than_seconds: float) -> list[str]:
        """Give the ids that somebody took that long ago and has not ended yet."""
        taken = long_ago(self.table.c.claimed_at, now(), seconds=longer_ago_than_seconds)
        return list(tx.execute(select(self.table.c.id).where(self.waiting, taken)).scalars())

    def _in_nobodys_hands(self, held_seconds: float) -> ColumnElement[bool]:
        claimed_at = self.table.c.claimed_at
        return or_(claimed_at.is_(None), long_ago(claimed_at, now(), seconds=held_seconds))

    def _given_up(self, reason: str) -> dict[str, Any]:
        return {**self.given_up, "reason": reason, **({self.ended: now()} if self.ended else {})}


def long_ago(
    column: Column[datetime], at: datetime, *, seconds: float, ahead: timedelta = AHEAD
) -> ColumnElement[bool]:
    """Whether that is over: also of what is too far ahead, since a clock that was wrong has been put right."""
    return or_(column < at - timedelta(seconds=seconds), column > at + ahead)
