"""How long an account keeps its photos, the copies of them for screens, and whether a first mail says its source."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("photo_days", sa.Integer(), nullable=True))
    op.add_column("accounts", sa.Column("says_source", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("photos", sa.Column("shown", sa.Text(), server_default="", nullable=False))
    op.add_column("photos", sa.Column("shown_scale", sa.Float(), server_default="1", nullable=False))
    op.add_column("photos", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    there = sa.text("gone_at IS NULL")
    op.create_index(
        "ix_photos_there", "photos", ["account_id", "read_at"], sqlite_where=there, postgresql_where=there
    )
    unseen = sa.text("shown = '' AND shown_scale > 0 AND state <> 'received'")
    op.create_index("ix_photos_not_shown", "photos", ["id"], sqlite_where=unseen, postgresql_where=unseen)
    op.create_index(op.f("ix_photos_shown"), "photos", ["shown"])


def downgrade() -> None:
    for name in ("ix_photos_shown", "ix_photos_not_shown", "ix_photos_there"):
        op.drop_index(name, table_name="photos")
    for name in ("gone_at", "shown_scale", "shown"):
        op.drop_column("photos", name)
    for name in ("says_source", "photo_days"):
        op.drop_column("accounts", name)
