"""How people come in: the record, invitations, passkeys, second factors, sign-ins elsewhere, knocks."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("record", "invitations", "passkeys", "second_factors", "recovery_codes", "identities", "knocks")


def _account(*, primary_key: bool = False) -> sa.Column[str]:
    whose = sa.ForeignKey("accounts.id", ondelete="CASCADE")
    return sa.Column("account_id", sa.Text(), whose, primary_key=primary_key, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("email_proved", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("sign_in_links", sa.Column("way", sa.Text(), server_default="machine", nullable=False))
    op.add_column("sign_in_links", sa.Column("proved_at", MOMENT, nullable=True))
    op.add_column("sessions", sa.Column("proved_at", MOMENT, nullable=True))
    op.create_table(
        "record",
        sa.Column("id", sa.Text(), primary_key=True),
        _account(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        _text("detail"),
        _text("device"),
        _text("place"),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
    )
    op.create_index("ix_record_account_id_at_id", "record", ["account_id", "at", "id"])
    op.create_index("ix_record_at", "record", ["at"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), primary_key=True),
        _account(),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        _text("name"),
        _text("email"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.UniqueConstraint("secret_hash", name="uq_invitations_secret_hash"),
    )
    op.create_index("ix_invitations_account_id_created_at_id", "invitations", ["account_id", "created_at", "id"])
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Text(), primary_key=True),
        _account(),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("synced", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
    )
    op.create_index("ix_passkeys_account_id_created_at_id", "passkeys", ["account_id", "created_at", "id"])
    op.create_table(
        "second_factors",
        _account(primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("last_step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("secret_hash", sa.Text(), primary_key=True),
        _account(),
        sa.Column("used_at", MOMENT, nullable=True),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])
    op.create_table(
        "identities",
        sa.Column("id", sa.Text(), primary_key=True),
        _account(),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        _text("email"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.UniqueConstraint("issuer", "subject", name="uq_identities_issuer_subject"),
    )
    op.create_index("ix_identities_account_id", "identities", ["account_id"])
    op.create_table(
        "knocks",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _text("reason"),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
    )
    op.create_index("ix_knocks_asked_at", "knocks", ["asked_at"])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    op.drop_column("sessions", "proved_at")
    for name in ("proved_at", "way"):
        op.drop_column("sign_in_links", name)
    op.drop_column("accounts", "email_proved")
