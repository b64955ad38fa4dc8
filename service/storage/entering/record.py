"""The record of sign-ins and of what was taken away: for its owner, without the names of contacts or whole addresses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from service.storage.entering.entering_tables import record as rows
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.words import kept

TOGETHER: Final = timedelta(hours=1)
"""What happens again within it, in the same way and from the same place, is one line with a count: nobody can fill it."""

_LONGEST: Final = 80


class What(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed in"
    REFUSED = "refused"
    UNKNOWN_REFUSED = "unknown refused"
    PROVED = "proved"
    ADDRESS_PROVED = "address proved"
    PASSWORD = "password"  # noqa: S105 - a word, no secret
    KEY_MADE = "key made"
    KEY_WITHDRAWN = "key withdrawn"
    APP_PASSWORD_MADE = "app password made"  # noqa: S105 - the same
    APP_PASSWORD_WITHDRAWN = "app password withdrawn"  # noqa: S105 - the same
    PASSKEY_ADDED = "passkey added"
    PASSKEY_REMOVED = "passkey removed"
    SECOND_ON = "second on"
    SECOND_OFF = "second off"
    CODES_MADE = "codes made"
    CODE_USED = "code used"
    PROVIDER_LINKED = "provider linked"
    PROVIDER_UNLINKED = "provider unlinked"
    ENDED = "ended"
    PAIRED = "paired"
    INVITED = "invited"
    EXPORTED = "exported"
    ALL_EXPORTED = "all exported"
    BACKED_UP = "backed up"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when it happened last, what, how, in which browser, from which network, and how often in that hour."""

    id: str
    at: datetime
    what: What
    detail: str
    device: str
    place: str
    times: int


def write(tx: Connection, what: What, *, owner: str, detail: str = "", device: str = "", place: str = "") -> None:
    """Write a line, or count it on the one that says the same within the hour."""
    same = {"account_id": owner, "what": what, "detail": _short(detail), "device": _short(device), "place": place}
    lately = update(rows).where(*(rows.c[name] == value for name, value in same.items()), rows.c.at > now() - TOGETHER)
    if not tx.execute(lately.values(times=rows.c.times + 1, at=now())).rowcount:
        tx.execute(insert(rows).values(id=str(uuid4()), at=now(), **same))


def page(tx: Connection, *, owner: str, after: str | None = None, limit: int = 50) -> Page[Line]:
    """The lines of an account, the newest first."""
    query = newest_first(select(rows).where(rows.c.account_id == owner), rows, "at", after=after, limit=limit)
    found = [
        Line(row.id, row.at, What(row.what), row.detail, row.device, row.place, row.times) for row in tx.execute(query)
    ]
    return paged(found, "at", limit=limit)


def forget_old(tx: Connection, *, days: int) -> None:
    """Remove what is older than so many days. For the sweep."""
    tx.execute(delete(rows).where(rows.c.at <= now() - timedelta(days=days)))


def _short(text: str) -> str:
    return kept(text)[:_LONGEST]
