"""Photos with all that was said when they were taken: day and place, a promise, the side, a spoken note."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("place", "promise", "side", "spoken", "spoken_kind"):
        op.add_column("photos", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("met_on", "promise_on"):
        op.add_column("photos", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("photos", sa.Column("pair", sa.Text(), nullable=True))
    op.create_index(op.f("ix_photos_pair"), "photos", ["pair"], unique=False)
    op.create_index(op.f("ix_photos_spoken"), "photos", ["spoken"], unique=False)
