"""Cards with a front and a back."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no foreign key to a table that is there: in a batch Alembic copies it, PostgreSQL alters it.
    with op.batch_alter_table("cards") as cards:
        cards.add_column(sa.Column("side_of", sa.Text(), nullable=True))
        cards.add_column(sa.Column("front_changes", sa.JSON(), nullable=True))
        cards.add_column(sa.Column("apart_from", sa.JSON(), server_default="[]", nullable=False))
        cards.create_foreign_key(op.f("fk_cards_side_of"), "cards", ["side_of"], ["id"], ondelete="SET NULL")
    op.create_index("uq_cards_side_of", "cards", ["side_of"], unique=True)
