"""Duplicates: what contacts are known again by, pairs that may be one, merges; and what an import wrote over."""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.create_table(
        "contact_keys",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("whole", sa.Text(), server_default="", nullable=False),
        _to("contact_keys", "account_id", "accounts"),
        _to("contact_keys", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("account_id", "key", "contact_id", "whole", name=op.f("pk_contact_keys")),
    )
    op.create_index("ix_contact_keys_contact_id", "contact_keys", ["contact_id"])
    op.create_table(
        "likenesses",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("one_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _to("likenesses", "account_id", "accounts"),
        _to("likenesses", "one_id", "contacts"),
        _to("likenesses", "other_id", "contacts"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_likenesses")),
    )
    op.create_index(
        "ix_likenesses_account_id_state_sure_found_at", "likenesses", ["account_id", "state", "sure", "found_at"]
    )
    op.create_index("ix_likenesses_other_id", "likenesses", ["other_id"])
    op.create_table(
        "merges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Text(), nullable=False),
        sa.Column("gone_id", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("kept_before", sa.Text(), nullable=False),
        sa.Column("gone_before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        _to("merges", "account_id", "accounts"),
        _to("merges", "kept_id", "contacts"),
        _to("merges", "gone_id", "contacts"),
        _to("merges", "card_id", "cards", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index("ix_merges_account_id_made_at_id", "merges", ["account_id", "made_at", "id"])
    for column in ("kept_id", "gone_id", "card_id"):
        op.create_index(f"ix_merges_{column}", "merges", [column])
    op.add_column("imports", sa.Column("format", sa.Text(), server_default="", nullable=False))
    op.add_column("imports", sa.Column("changed", sa.Integer(), server_default="0", nullable=False))
    op.add_column("imported_contacts", sa.Column("before", sa.Text(), nullable=True))
