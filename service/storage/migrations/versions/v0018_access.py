"""When a session was last seen; what a key may do, until when, and when it was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tokens", sa.Column("scope", sa.Text(), server_default="all", nullable=False))
    op.add_column("tokens", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tokens", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("used_at", "expires_at", "scope"):
        op.drop_column("tokens", name)
    op.drop_column("sessions", "seen_at")
