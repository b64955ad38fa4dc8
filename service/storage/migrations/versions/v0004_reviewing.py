"""When and how a card was settled, cards read again, and how a person likes to review."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("letter_keys", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("accounts", sa.Column("confirms_sure", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("cards", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cards", sa.Column("settled_by", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_cards_account_id_settled_at", "cards", ["account_id", "settled_at"])
    op.create_table(
        "rereadings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("corners", sa.JSON(), nullable=False),
        sa.Column("picture", sa.Text(), server_default="", nullable=False),
        sa.Column("was", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_rereadings_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_rereadings_card_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereadings")),
    )
    op.create_index("ix_rereadings_account_id_card_id_asked_at", "rereadings", ["account_id", "card_id", "asked_at"])
    op.create_index("ix_rereadings_card_id", "rereadings", ["card_id"])
    op.create_index("ix_rereadings_picture", "rereadings", ["picture"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_rereadings_waiting", "rereadings", ["asked_at"], sqlite_where=waiting, postgresql_where=waiting
    )
