"""Whom one asked others about, kept to be asked again."""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sought",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sought_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "text", name=op.f("pk_sought")),
    )


def downgrade() -> None:
    op.drop_table("sought")
