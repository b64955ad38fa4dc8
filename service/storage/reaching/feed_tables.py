"""The tables of the calendar to subscribe to: its secret address, and what each event last said there."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, false

from service.storage.moment import Moment
from service.storage.tables import metadata


def _account(*, primary_key: bool = False) -> Column[str]:
    whose = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account_id", Text, whose, nullable=False, primary_key=primary_key)


feeds: Final = Table(
    "feeds",
    metadata,
    _account(primary_key=True),
    Column("secret_hash", Text, nullable=False, unique=True),
    Column("names", Boolean, nullable=False, server_default=false()),
    Column("locale", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("asked_at", Moment),  # to the hour
)

feed_events: Final = Table(
    "feed_events",
    metadata,
    _account(),
    Column("uid", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),  # of all that it says
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("changed_at", Moment, nullable=False),
    Column("gone_at", Moment),  # it may come back, and then goes on counting
    PrimaryKeyConstraint("account_id", "uid"),
    Index(None, "gone_at"),
)
