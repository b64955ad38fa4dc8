"""To which address a sign-in link was mailed, as a hash: it proves that address, and no other."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in_links", sa.Column("sent_to", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in_links", "sent_to")
