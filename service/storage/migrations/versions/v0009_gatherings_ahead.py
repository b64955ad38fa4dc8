"""Gatherings ahead: their hour, who is invited and brings whom, and which two were merged."""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("begins", sa.Text(), server_default="", nullable=False),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("with_me", sa.Text(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reminds", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
    ):
        op.add_column("gatherings", column)
    op.create_table(
        "guests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("gathering_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("with_guest", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_answered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("brings", sa.Text(), server_default="", nullable=False),
        sa.Column("asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("guest_came", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("guest_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("guest_tie_id", sa.Text(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_guests_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gatherings.id"], name=op.f("fk_guests_gathering_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_guests_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guests")),
        sa.UniqueConstraint(
            "account_id", "gathering_id", "tie_id", name=op.f("uq_guests_account_id_gathering_id_tie_id")
        ),
    )
    for name in ("gathering_id", "tie_id", "guest_tie_id"):
        op.create_index(op.f(f"ix_guests_{name}"), "guests", [name])
    op.create_table(
        "gathering_merges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Text(), nullable=False),
        sa.Column("gone_id", sa.Text(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_gathering_merges_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["gatherings.id"], name=op.f("fk_gathering_merges_kept_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["gatherings.id"], name=op.f("fk_gathering_merges_gone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_merges")),
    )
    op.create_index(
        op.f("ix_gathering_merges_account_id_made_at"), "gathering_merges", ["account_id", "made_at"]
    )
    op.create_index(op.f("ix_gathering_merges_gone_id"), "gathering_merges", ["gone_id"])
    op.create_index(op.f("ix_gathering_merges_kept_id"), "gathering_merges", ["kept_id"])
