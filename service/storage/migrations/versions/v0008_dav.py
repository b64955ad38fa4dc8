"""Address books on other devices: their passwords, and the log of changes that a sync goes by."""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_passwords",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_app_passwords_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_passwords")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_app_passwords_secret_hash")),
    )
    op.create_index(
        "ix_app_passwords_account_id_created_at_id", "app_passwords", ["account_id", "created_at", "id"]
    )
    op.create_table(
        "dav_logs",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("floor", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_dav_logs_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_dav_logs")),
    )
    op.create_table(
        "dav_changes",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), server_default="", nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_dav_changes_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", "href", name=op.f("pk_dav_changes")),
    )
    op.create_index("ix_dav_changes_account_id_kind_seq", "dav_changes", ["account_id", "kind", "seq"])
    op.create_index("ix_dav_changes_account_id_kind_item_id", "dav_changes", ["account_id", "kind", "item_id"])
    gone = sa.text("gone")
    op.create_index(
        "ix_dav_changes_gone", "dav_changes", ["changed_at"], sqlite_where=gone, postgresql_where=gone
    )
    # Whoever is in a drawer already is there from the first sync on.
    op.execute("INSERT INTO dav_logs (account_id, kind, seq) SELECT id, 'contact', 1 FROM accounts")
    op.execute(
        "INSERT INTO dav_changes (account_id, kind, href, item_id, seq, changed_at) "
        "SELECT account_id, 'contact', id || '.vcf', id, 1, updated_at FROM contacts WHERE deleted_at IS NULL"
    )
    op.add_column("accounts", sa.Column("circle_books", sa.Boolean(), server_default=sa.false(), nullable=False))
