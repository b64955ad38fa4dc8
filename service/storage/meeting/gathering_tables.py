"""The tables of gatherings beside their own: who is invited and brings whom, and which two were merged."""

from typing import Final

from sqlalchemy import (
    JSON,
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
    true,
)

from service.storage.moment import Moment
from service.storage.tables import metadata


def _account() -> Column[str]:
    return Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _gathering(name: str) -> Column[str]:
    return Column(name, Text, ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


guests: Final = Table(
    "guests",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    _gathering("gathering_id"),
    Column("tie_id", Text, ForeignKey("ties.id", ondelete="CASCADE"), nullable=False),
    Column("secret", Text, nullable=False),  # of the link sent to them; another one makes the old link void
    Column("with_guest", Boolean, nullable=False, server_default=true()),
    Column("added_on", Date, nullable=False),
    _text("answer"),
    Column("answered_at", Moment),
    Column("times_answered", Integer, nullable=False, server_default="0"),
    _text("brings"),  # the name of the guest they bring
    _flag("asked"),  # whether they asked about the host's work
    _flag("guest_came"),
    _flag("guest_asked"),
    Column("guest_tie_id", Text),  # the guest as a contact of the host's, once kept
    Column("reminded_on", Date),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "gathering_id", "tie_id"),
    Index(None, "gathering_id"),
    Index(None, "tie_id"),
    Index(None, "guest_tie_id"),
)

gathering_merges: Final = Table(
    "gathering_merges",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    _gathering("kept_id"),
    _gathering("gone_id"),
    Column("moved", JSON, nullable=False),  # the ids of what came from the one that is gone
    Column("made_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index(None, "account_id", "made_at"),
    Index(None, "gone_id"),
    Index(None, "kept_id"),
)
