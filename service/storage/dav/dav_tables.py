"""The tables of address books on other devices: the passwords of these devices, and the log that a sync goes by."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, false, text

from service.storage.moment import Moment
from service.storage.tables import metadata

app_passwords: Final = Table(
    "app_passwords",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),  # to the hour
    Column("expires_at", Moment),  # none: until it is taken back
    UniqueConstraint("secret_hash"),
    Index(None, "account_id", "created_at", "id"),
)

logs: Final = Table(
    "dav_logs",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False, server_default="0"),  # of the last transaction that changed anything
    Column("floor", BigInteger, nullable=False, server_default="0"),  # what was gone before it is forgotten
)

changes: Final = Table(
    "dav_changes",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("href", Text, primary_key=True),
    Column("item_id", Text, nullable=False),  # no foreign key: what was erased is still to be told
    Column("etag", Text, nullable=False, server_default=""),  # of what has none of its own
    Column("seq", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Column("changed_at", Moment, nullable=False),
    Index(None, "account_id", "kind", "seq"),
    Index(None, "account_id", "kind", "item_id"),
    Index("ix_dav_changes_gone", "changed_at", sqlite_where=text("gone"), postgresql_where=text("gone")),
)
