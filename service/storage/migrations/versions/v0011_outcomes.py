"""What came of ties: referrals, calls with the times offered, and the hours that are free for them."""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referrals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("referred_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_referrals_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_referrals_tie_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["referred_id"], ["ties.id"], name=op.f("fk_referrals_referred_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("act_id", name=op.f("uq_referrals_act_id")),
    )
    op.create_index("ix_referrals_account_id_created_at_id", "referrals", ["account_id", "created_at", "id"])
    op.create_index("ix_referrals_tie_id", "referrals", ["tie_id"])
    op.create_index("ix_referrals_referred_id", "referrals", ["referred_id"])
    op.create_table(
        "calls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Text(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_calls_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_calls_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("account_id", "tie_id", "cause", name=op.f("uq_calls_account_id_tie_id_cause")),
    )
    op.create_index("ix_calls_tie_id", "calls", ["tie_id"])
    op.create_index("ix_calls_account_id_chosen", "calls", ["account_id", "chosen"])
    op.create_table(
        "free_hours",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_free_hours_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_free_hours")),
    )


def downgrade() -> None:
    op.drop_table("free_hours")
    op.drop_table("calls")
    op.drop_table("referrals")
