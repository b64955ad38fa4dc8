"""Introductions, and the words by which needs find offers."""

import sqlalchemy as sa
from alembic import op

from service.domain.introductions.words import terms

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SOME = 1_000


def upgrade() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), server_default="", nullable=False),
        sa.Column("need", sa.Text(), server_default="", nullable=False),
        sa.Column("offer", sa.Text(), server_default="", nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("promise_id", sa.Text(), server_default="", nullable=False),
        sa.Column("agreed", sa.Text(), server_default="", nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("asks_on", sa.Date(), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("asked_a", sa.Date(), nullable=True),
        sa.Column("asked_b", sa.Date(), nullable=True),
        sa.Column("said_a", sa.Text(), server_default="", nullable=False),
        sa.Column("said_b", sa.Text(), server_default="", nullable=False),
        sa.Column("said_a_on", sa.Date(), nullable=True),
        sa.Column("said_b_on", sa.Date(), nullable=True),
        sa.Column("skipped_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("meets_at", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_introductions_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["a"], ["ties.id"], name=op.f("fk_introductions_a"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["ties.id"], name=op.f("fk_introductions_b"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introductions")),
        sa.UniqueConstraint("account_id", "a", "b", name=op.f("uq_introductions_account_id_a_b")),
    )
    op.create_index("ix_introductions_account_id_begun_on", "introductions", ["account_id", "begun_on"])
    op.create_index("ix_introductions_a", "introductions", ["a"])
    op.create_index("ix_introductions_b", "introductions", ["b"])
    there = sa.text("meets_on IS NOT NULL")
    op.create_index(
        "ix_introductions_meetings",
        "introductions",
        ["account_id", "meets_on"],
        sqlite_where=there,
        postgresql_where=there,
    )
    op.create_table(
        "note_terms",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_terms_note_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_note_terms_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("note_id", "term", name=op.f("pk_note_terms")),
    )
    op.create_index("ix_note_terms_account_id_kind_term", "note_terms", ["account_id", "kind", "term"])
    op.create_index("ix_notes_account_id_kind_noted_on", "notes", ["account_id", "kind", "noted_on"])
    _index_what_was_noted()


def _index_what_was_noted() -> None:
    connection = op.get_bind()
    after = ""
    while True:
        some = sa.text(
            "SELECT id, account_id, kind, text FROM notes"
            " WHERE kind IN ('need', 'offer') AND id > :after ORDER BY id LIMIT :some"
        )
        rows = connection.execute(some, {"after": after, "some": SOME}).all()
        if not rows:
            return
        after = rows[-1].id
        found = [
            {"note_id": row.id, "account_id": row.account_id, "kind": row.kind, "term": term}
            for row in rows
            for term in terms(row.text)
        ]
        if found:
            connection.execute(
                sa.text("INSERT INTO note_terms VALUES (:note_id, :account_id, :kind, :term)"), found
            )
