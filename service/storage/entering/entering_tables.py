"""The tables of coming in. Knocks alone belong to no account: it is not known yet whether who knocks has one."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false

from service.storage.moment import Moment
from service.storage.tables import metadata


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _account() -> Column[str]:
    return Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


record: Final = Table(
    "record",
    metadata,
    _id(),
    _account(),
    Column("at", Moment, nullable=False),  # the last time, where it happened several times within the hour
    Column("what", Text, nullable=False),
    _text("detail"),  # by which way, or which key; nothing of any contact
    _text("device"),
    _text("place"),  # the network it came from, never the whole address
    Column("times", Integer, nullable=False, server_default="1"),
    Index(None, "account_id", "at", "id"),
    Index(None, "at"),
)

invitations: Final = Table(
    "invitations",
    metadata,
    _id(),
    _account(),  # who invites
    Column("secret_hash", Text, nullable=False, unique=True),
    _text("name"),
    _text("email"),  # whoever takes it up gets this address, if there is one
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "account_id", "created_at", "id"),
)

passkeys: Final = Table(
    "passkeys",
    metadata,
    _id(),
    _account(),
    Column("credential_id", Text, nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("sign_count", BigInteger, nullable=False),  # up to 2³²−1
    Column("name", Text, nullable=False),
    Column("synced", Boolean, nullable=False, server_default=false()),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "account_id", "created_at", "id"),
)

second_factors: Final = Table(
    "second_factors",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("last_step", Integer, nullable=False, server_default="0"),  # no code of it or before it is good any more
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),  # none until the first right code
)

recovery_codes: Final = Table(
    "recovery_codes",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    _account(),
    Column("used_at", Moment),
    Index(None, "account_id"),
)

identities: Final = Table(
    "identities",
    metadata,
    _id(),
    _account(),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    _text("email"),  # as the provider said it then; nobody is known by it
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    UniqueConstraint("issuer", "subject"),
    Index(None, "account_id"),
)

knocks: Final = Table(
    "knocks",
    metadata,
    _id(),
    Column("purpose", Text, nullable=False),
    Column("sealed", Text, nullable=False),  # address and language of who knocks
    Column("state", Text, nullable=False),
    _text("reason"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("asked_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Index(None, "asked_at"),
)
