"""An index of what was received: a handful of acts among all of them."""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    received = sa.text("type = 'received'")
    op.create_index(
        "ix_acts_received", "acts", ["account_id", "tie_id"], sqlite_where=received, postgresql_where=received
    )


def downgrade() -> None:
    op.drop_index("ix_acts_received", table_name="acts")
