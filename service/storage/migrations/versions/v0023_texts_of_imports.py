"""Find the texts that undoing an import would give back, so that they are forgotten after a while."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_imported_contacts_before",
        "imported_contacts",
        ["import_id"],
        sqlite_where=sa.text("before is not null"),
        postgresql_where=sa.text("before is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_imported_contacts_before", "imported_contacts")
