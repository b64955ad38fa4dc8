"""What goes out by mail, how an account wants to be written to, and signed links that were used."""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        _text("to_address"),
        _text("to_name"),
        _text("subject"),
        _text("text"),
        _text("html"),
        _text("ics"),
        _text("unsubscribe"),
        _text("touch_id"),
        _text("message_id"),
        sa.Column("state", sa.Text(), nullable=False),
        _text("reason"),
        _text("reply"),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_outgoing_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_outgoing_account_id_key")),
    )
    op.create_index("ix_outgoing_account_id_created_at_id", "outgoing", ["account_id", "created_at", "id"])
    of_touch = sa.text("touch_id <> ''")
    op.create_index(
        "ix_outgoing_touch",
        "outgoing",
        ["account_id", "touch_id"],
        sqlite_where=of_touch,
        postgresql_where=of_touch,
    )
    under_way = sa.text("state in ('waiting', 'sending', 'handed')")
    op.create_index(
        "ix_outgoing_waiting", "outgoing", ["due_at"], sqlite_where=under_way, postgresql_where=under_way
    )
    op.create_table(
        "mail_settings",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("weekly", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("daily", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("weekday", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hour", sa.Integer(), server_default="8", nullable=False),
        _text("to_address"),
        _text("locale"),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        _text("host"),
        sa.Column("port", sa.Integer(), server_default="0", nullable=False),
        _text("security"),
        _text("username"),
        _text("password"),
        _text("from_address"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_mail_settings_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mail_settings")),
    )
    op.create_index("ix_mail_settings_next_at", "mail_settings", ["next_at"])
    op.create_table(
        "signed_links",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_signed_links_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_signed_links")),
    )
    op.create_index("ix_signed_links_expires_at", "signed_links", ["expires_at"])
