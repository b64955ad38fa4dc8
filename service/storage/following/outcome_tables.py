"""The tables of what came of ties: who was sent by whom, calls with times offered, and the hours free for them."""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from service.storage.moment import Moment
from service.storage.tables import metadata


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _account(*, primary_key: bool = False) -> Column[str]:
    whose = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account_id", Text, whose, nullable=False, primary_key=primary_key)


def _tie(name: str) -> Column[str]:
    return Column(name, Text, ForeignKey("ties.id", ondelete="CASCADE"), nullable=False)


referrals: Final = Table(
    "referrals",
    metadata,
    _id(),
    _account(),
    _tie("tie_id"),  # who sent them
    _tie("referred_id"),  # who was sent
    Column("act_id", Text, nullable=False),  # the `received` act; undone, the referral is gone
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("act_id"),
    Index(None, "account_id", "created_at", "id"),
    Index(None, "tie_id"),
    Index(None, "referred_id"),
)

calls: Final = Table(
    "calls",
    metadata,
    _id(),
    _account(),
    _tie("tie_id"),
    Column("cause", Text, nullable=False),  # of the touch that the call is
    Column("offered", JSON, nullable=False),  # the beginnings, in UTC
    Column("chosen", Moment),
    Column("minutes", Integer, nullable=False),
    Column("act_id", Text, nullable=False, server_default=""),  # that put the call chosen on its day
    Column("sequence", Integer, nullable=False, server_default="0"),  # grows when another time is chosen
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("account_id", "tie_id", "cause"),
    Index(None, "tie_id"),
    Index(None, "account_id", "chosen"),
)

free_hours: Final = Table(
    "free_hours",
    metadata,
    _account(primary_key=True),
    Column("weekdays", JSON, nullable=False),  # Monday is 0
    Column("hours", JSON, nullable=False),  # from and until, in the account's own time
)

sought: Final = Table(
    "sought",
    metadata,
    _account(),
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    PrimaryKeyConstraint("account_id", "text"),
)
