"""The tables of notices: which devices want them, when they ring, and what went to each."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from service.storage.moment import Moment
from service.storage.tables import metadata


def _account(*, primary_key: bool = False) -> Column[str]:
    whose = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account_id", Text, whose, nullable=False, primary_key=primary_key)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


notice_settings: Final = Table(
    "notice_settings",
    metadata,
    _account(primary_key=True),
    Column("hour", Integer, nullable=False, server_default="9"),
    Column("minute", Integer, nullable=False, server_default="0"),
    Column("promises", Boolean, nullable=False, server_default=true()),
    Column("first_touch", Boolean, nullable=False, server_default=true()),
    Column("next_at", Moment),  # when it rings next; none where no device wants it
    Index(None, "next_at"),
)

devices: Final = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    Column("endpoint", Text, nullable=False, unique=True),  # of a browser's own push service
    Column("p256dh", Text, nullable=False),  # with which all that goes there is encrypted
    Column("auth", Text, nullable=False),
    _text("name"),
    _text("locale"),
    Column("names", Boolean, nullable=False, server_default=false()),  # whether they may stand on a locked screen
    _text("session_hash"),  # in which it was asked for: signing out there ends it
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    _text("trouble"),  # why the last one did not arrive
    Index(None, "account_id", "created_at"),
    Index(None, "session_hash"),
)

notices: Final = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    Column("device_id", Text, ForeignKey("devices.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),  # what it is about: the same thing goes to a device once
    Column("day", Date, nullable=False),
    Column("until", Moment, nullable=False),  # later it is of no use
    Column("state", Text, nullable=False),
    _text("reason"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("refusals", Integer, nullable=False, server_default="0"),  # passing ones
    Column("due_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("device_id", "key"),
    Index(None, "account_id"),
    Index(
        "ix_notices_waiting",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(None, "ended_at"),
)
