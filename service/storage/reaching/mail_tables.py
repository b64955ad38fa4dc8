"""The tables of mail: what goes out, how an account wants to be written to, and the signed links that were used."""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
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


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


outgoing: Final = Table(
    "outgoing",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    Column("key", Text, nullable=False),  # what makes it the same mail, so that it is never written twice
    Column("kind", Text, nullable=False),
    Column("route", Text, nullable=False),
    _text("to_address"),
    _text("to_name"),
    _text("subject"),
    _text("text"),
    _text("html"),
    _text("ics"),
    _text("unsubscribe"),
    _text("touch_id"),  # that it does when it is sent
    _text("message_id"),  # the same at every try
    Column("state", Text, nullable=False),
    _text("reason"),
    _text("reply"),  # what the server said
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("account_id", "key"),
    Index(None, "account_id", "created_at", "id"),
    Index("ix_outgoing_touch", "account_id", "touch_id", **_only("touch_id <> ''")),
    Index("ix_outgoing_waiting", "due_at", **_only("state in ('waiting', 'sending', 'handed')")),
)

mail_settings: Final = Table(
    "mail_settings",
    metadata,
    _account(primary_key=True),
    Column("weekly", Boolean, nullable=False, server_default=true()),
    Column("daily", Boolean, nullable=False, server_default=false()),
    Column("weekday", Integer, nullable=False, server_default="0"),
    Column("hour", Integer, nullable=False, server_default="8"),
    _text("to_address"),  # "" for the account's own
    _text("locale"),  # of the pages as they were last seen
    Column("next_at", Moment),  # none until the clock has looked
    _text("host"),
    Column("port", Integer, nullable=False, server_default="0"),
    _text("security"),
    _text("username"),
    _text("password"),  # sealed
    _text("from_address"),
    Index(None, "next_at"),
)

signed_links: Final = Table(
    "signed_links",
    metadata,
    _account(),
    Column("id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    Index(None, "expires_at"),
)
