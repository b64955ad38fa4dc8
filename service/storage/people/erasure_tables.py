"""The table of who was erased: keyed hashes, so that somebody is known when he comes back, and nothing else is."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from service.storage.moment import Moment
from service.storage.tables import metadata

erased: Final = Table(
    "erased",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("mark", Text, nullable=False),  # the hash of a mail, a number or a name, by the installation's key
    Column("person", Text, nullable=False),  # what marks belong together; no id of anything
    Column("erased_at", Moment, nullable=False),
    PrimaryKeyConstraint("account_id", "mark", "person"),
    Index(None, "account_id", "person"),
)
