"""Ties: what is kept, planned and derived of them."""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), server_default="", nullable=False),
        sa.Column("formality", sa.Text(), server_default="", nullable=False),
        sa.Column("quiet_weekdays", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("numbers", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_policies_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_policies")),
    )
    op.create_table(
        "quiet_stretches",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_quiet_stretches_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_stretches")),
    )
    op.create_index(
        op.f("ix_quiet_stretches_account_id_first_day"), "quiet_stretches", ["account_id", "first_day"], unique=False
    )
    op.create_table(
        "week_raises",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("extra", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_week_raises_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "week", name=op.f("pk_week_raises")),
    )
    op.create_table(
        "ties",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("channels", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("prefers", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), server_default="", nullable=False),
        sa.Column("town", sa.Text(), server_default="", nullable=False),
        sa.Column("starred", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("senior", sa.Integer(), server_default="1", nullable=False),
        sa.Column("shared_past", sa.Text(), server_default="", nullable=False),
        sa.Column("gathering", sa.Text(), server_default="", nullable=False),
        sa.Column("gathering_id", sa.Text(), nullable=True),
        sa.Column("introduced_by", sa.Text(), server_default="", nullable=False),
        sa.Column("known_since", sa.Date(), nullable=True),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("formality", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ties_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_ties_contact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ties")),
        sa.UniqueConstraint("account_id", "contact_id", name=op.f("uq_ties_account_id_contact_id")),
    )
    op.create_index(op.f("ix_ties_account_id_company"), "ties", ["account_id", "company"], unique=False)
    op.create_index(op.f("ix_ties_contact_id"), "ties", ["contact_id"], unique=False)
    op.create_table(
        "acts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("talk", sa.Text(), nullable=True),
        sa.Column("gift", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("circle", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), server_default="", nullable=False),
        sa.Column("on", sa.Text(), server_default="", nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="app", nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_acts_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_acts_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index(op.f("ix_acts_account_id_day"), "acts", ["account_id", "day"], unique=False)
    op.create_index(
        "ix_acts_reconnects",
        "acts",
        ["account_id", "day"],
        unique=False,
        sqlite_where=sa.text("type = 'did' AND kind = 'reconnect'"),
        postgresql_where=sa.text("type = 'did' AND kind = 'reconnect'"),
    )
    op.create_index(op.f("ix_acts_tie_id_at"), "acts", ["tie_id", "at"], unique=False)
    op.create_index(
        "uq_acts_did",
        "acts",
        ["account_id", "tie_id", "cause"],
        unique=True,
        sqlite_where=sa.text("type = 'did' AND cause <> '' AND undone_by IS NULL"),
        postgresql_where=sa.text("type = 'did' AND cause <> '' AND undone_by IS NULL"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("normal", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Text(), server_default="", nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notes_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_notes_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_account_id_kind_normal"), "notes", ["account_id", "kind", "normal"], unique=False)
    op.create_index(op.f("ix_notes_tie_id"), "notes", ["tie_id"], unique=False)
    op.create_table(
        "promises",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("introduces", sa.Text(), server_default="", nullable=False),
        sa.Column("act_id", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_promises_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_promises_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_tie_id"), "promises", ["tie_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_questions_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_questions_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint(
            "account_id",
            "tie_id",
            "kind",
            "on",
            "asked_on",
            name=op.f("uq_questions_account_id_tie_id_kind_on_asked_on"),
        ),
    )
    op.create_index(
        "ix_questions_open",
        "questions",
        ["account_id", "asked_on"],
        unique=False,
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    op.create_table(
        "tie_states",
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("warmth", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("last_two_way", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("dormant_score", sa.Integer(), nullable=True),
        sa.Column("dormant_place", sa.Integer(), nullable=True),
        sa.Column("gate", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("door_open", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("gives_24m", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_365d", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asks_on", sa.Date(), nullable=True),
        sa.Column("moves", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("computed_for", sa.Date(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=True),
        sa.Column("history_revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("policy_revision", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_tie_states_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_tie_states_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tie_id", name=op.f("pk_tie_states")),
    )
    op.create_index(op.f("ix_tie_states_account_id_asks_on"), "tie_states", ["account_id", "asks_on"], unique=False)
    op.create_index(
        op.f("ix_tie_states_account_id_changes_on"), "tie_states", ["account_id", "changes_on"], unique=False
    )
    op.create_index(op.f("ix_tie_states_account_id_circle"), "tie_states", ["account_id", "circle"], unique=False)
    op.create_index(op.f("ix_tie_states_account_id_next_due"), "tie_states", ["account_id", "next_due"], unique=False)
    op.create_index(
        op.f("ix_tie_states_account_id_policy_revision"), "tie_states", ["account_id", "policy_revision"], unique=False
    )
    op.create_index(op.f("ix_tie_states_account_id_standing"), "tie_states", ["account_id", "standing"], unique=False)
    op.create_index(
        op.f("ix_tie_states_account_id_warmth_circle"), "tie_states", ["account_id", "warmth", "circle"], unique=False
    )
    op.create_index(
        op.f("ix_tie_states_account_id_warmth_received_365d_tie_id"),
        "tie_states",
        ["account_id", "warmth", "received_365d", "tie_id"],
        unique=False,
    )
    op.create_index(op.f("ix_tie_states_changes_on"), "tie_states", ["changes_on"], unique=False)
    op.create_index(
        "ix_tie_states_moves",
        "tie_states",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("moves = 1"),
        postgresql_where=sa.text("moves"),
    )
    op.create_index(
        "ix_tie_states_open_doors",
        "tie_states",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("door_open = 1"),
        postgresql_where=sa.text("door_open"),
    )
    op.create_index(
        "ix_tie_states_ranked",
        "tie_states",
        ["account_id", "dormant_place", "last_two_way", "tie_id"],
        unique=False,
        sqlite_where=sa.text("dormant_place IS NOT NULL"),
        postgresql_where=sa.text("dormant_place IS NOT NULL"),
    )
    op.create_table(
        "touches",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("given", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_touches_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_touches_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
        sa.UniqueConstraint("account_id", "tie_id", "cause", name=op.f("uq_touches_account_id_tie_id_cause")),
    )
    op.create_index(
        "ix_touches_places",
        "touches",
        ["account_id", "lane", "place", "day"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_touches_planned",
        "touches",
        ["account_id", "proposed", "day"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index(op.f("ix_touches_tie_id"), "touches", ["tie_id"], unique=False)
    op.create_table(
        "week_seats",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("tie_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("touch", sa.JSON(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_week_seats_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_week_seats_tie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_seats")),
        sa.UniqueConstraint(
            "account_id", "week", "tie_id", "cause", name=op.f("uq_week_seats_account_id_week_tie_id_cause")
        ),
    )
    op.create_index(op.f("ix_week_seats_tie_id"), "week_seats", ["tie_id"], unique=False)
