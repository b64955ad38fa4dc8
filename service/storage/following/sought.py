"""Whom an account asked others about: the words are offered again with the next ask."""

from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from service.storage.following.outcome_tables import sought
from service.storage.moment import now
from service.storage.words import kept

KEPT: Final = 8
LONGEST: Final = 300


def remember(tx: Connection, *, owner: str, text: str) -> None:
    """Keep the words; of many, the latest."""
    line = " ".join(kept(text).split())[:LONGEST]
    if not line:
        return
    mine = (sought.c.account_id == owner, sought.c.text == line)
    if tx.execute(update(sought).where(*mine).values(asked_at=now())).rowcount == 0:
        tx.execute(insert(sought).values(account_id=owner, text=line, asked_at=now()))
    known = latest(tx, owner=owner)
    tx.execute(delete(sought).where(sought.c.account_id == owner, sought.c.text.not_in(known)))


def latest(tx: Connection, *, owner: str) -> list[str]:
    query = select(sought.c.text).where(sought.c.account_id == owner)
    return list(tx.execute(query.order_by(sought.c.asked_at.desc()).limit(KEPT)).scalars())
