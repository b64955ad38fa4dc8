"""The tables of duplicates: what contacts are known again by, pairs that may be one, and what was joined."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from service.storage.moment import Moment
from service.storage.tables import metadata


def _account() -> Column[str]:
    return Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _contact(name: str) -> Column[str]:
    return Column(name, Text, ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False)


contact_keys: Final = Table(
    "contact_keys",
    metadata,
    _account(),
    _contact("contact_id"),
    Column("key", Text, nullable=False),
    Column("whole", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("account_id", "key", "contact_id", "whole"),
    Index(None, "contact_id"),
)

likenesses: Final = Table(
    "likenesses",
    metadata,
    _account(),
    _contact("one_id"),  # the lesser of the two ids, so that a pair stands here once
    _contact("other_id"),
    Column("sure", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("settled_at", Moment),
    PrimaryKeyConstraint("one_id", "other_id"),
    Index(None, "account_id", "state", "sure", "found_at"),
    Index(None, "other_id"),
)

merges: Final = Table(
    "merges",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    _contact("kept_id"),
    _contact("gone_id"),
    Column("card_id", Text, ForeignKey("cards.id", ondelete="SET NULL")),  # whose confirming joined them by itself
    Column("kept_before", Text, nullable=False),
    Column("gone_before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("moved", JSON, nullable=False),  # [table, column, id]: what went from the one to the other
    Column("was", JSON, nullable=False),  # what the kept contact and its tie said of themselves before
    Column("made_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index(None, "account_id", "made_at", "id"),
    Index(None, "kept_id"),
    Index(None, "gone_id"),
    Index(None, "card_id"),
)
