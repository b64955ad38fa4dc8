"""Devices that want notices, calendars to subscribe to, and who was erased."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "notice_settings",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), server_default="9", nullable=False),
        sa.Column("minute", sa.Integer(), server_default="0", nullable=False),
        sa.Column("promises", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("first_touch", sa.Boolean(), server_default=sa.true(), nullable=False),
        _moment("next_at"),
        _of_account("notice_settings"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_settings")),
    )
    op.create_index("ix_notice_settings_next_at", "notice_settings", ["next_at"])
    op.create_table(
        "devices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        _text("name"),
        _text("locale"),
        sa.Column("names", sa.Boolean(), server_default=sa.false(), nullable=False),
        _text("session_hash"),
        _moment("created_at", nullable=False),
        _moment("used_at"),
        _text("trouble"),
        _of_account("devices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_devices_endpoint")),
    )
    op.create_index("ix_devices_account_id_created_at", "devices", ["account_id", "created_at"])
    op.create_index("ix_devices_session_hash", "devices", ["session_hash"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _moment("until", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _text("reason"),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refusals", sa.Integer(), server_default="0", nullable=False),
        _moment("due_at", nullable=False),
        _moment("claimed_at"),
        _moment("ended_at"),
        _of_account("notices"),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_notices_device_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("device_id", "key", name=op.f("uq_notices_device_id_key")),
    )
    op.create_index("ix_notices_account_id", "notices", ["account_id"])
    op.create_index("ix_notices_ended_at", "notices", ["ended_at"])
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_notices_waiting", "notices", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "feeds",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("names", sa.Boolean(), server_default=sa.false(), nullable=False),
        _text("locale"),
        _moment("created_at", nullable=False),
        _moment("asked_at"),
        _of_account("feeds"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_feeds_secret_hash")),
    )
    op.create_table(
        "feed_events",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        _moment("changed_at", nullable=False),
        _moment("gone_at"),
        _of_account("feed_events"),
        sa.PrimaryKeyConstraint("account_id", "uid", name=op.f("pk_feed_events")),
    )
    op.create_index("ix_feed_events_gone_at", "feed_events", ["gone_at"])
    op.create_table(
        "erased",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        _moment("erased_at", nullable=False),
        _of_account("erased"),
        sa.PrimaryKeyConstraint("account_id", "mark", "person", name=op.f("pk_erased")),
    )
    op.create_index("ix_erased_account_id_person", "erased", ["account_id", "person"])
