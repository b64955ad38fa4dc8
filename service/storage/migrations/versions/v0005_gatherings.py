"""Gatherings as rows; of a contact its gathering, its town, and all words that it is found by."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from service.domain.people import search
from service.domain.people.vcard import index_of


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("own", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("cost_cents", sa.Integer(), nullable=True),
        sa.Column("activity", sa.Text(), server_default="", nullable=False),
        sa.Column("seats_kept", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_gatherings_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        sa.UniqueConstraint("account_id", "folded", "day", name=op.f("uq_gatherings_account_id_folded_day")),
    )
    op.create_index("ix_gatherings_account_id_day_id", "gatherings", ["account_id", "day", "id"])
    op.add_column("contacts", sa.Column("town", sa.Text(), server_default="", nullable=False))
    op.add_column("contacts", sa.Column("found_row", sa.Integer(), nullable=True))
    # Cards point at contacts: a copy of the table, which a batch makes of it on SQLite, would cut them loose.
    op.execute(
        "ALTER TABLE contacts ADD COLUMN gathering_id TEXT "
        "CONSTRAINT fk_contacts_gathering_id REFERENCES gatherings (id) ON DELETE SET NULL"
    )
    op.create_index("ix_contacts_gathering_id_created_at_id", "contacts", ["gathering_id", "created_at", "id"])
    op.create_index("uq_contacts_found_row", "contacts", ["found_row"], unique=True)
    alive = sa.text("deleted_at IS NULL")
    op.drop_index("ix_contacts_account_id_created_at_id", "contacts")
    op.create_index(
        "ix_contacts_alive", "contacts", ["account_id", "created_at", "id", "deleted_at"], sqlite_where=alive, postgresql_where=alive
    )
    _index_again(op.get_bind())
    _meet_again(op.get_bind())


def _index_again(tx: sa.Connection) -> None:
    """Write down anew what every contact is found by."""
    for contact_id, vcard in list(_rows(tx, "SELECT id, vcard FROM contacts")):
        index = index_of(vcard)
        values = {"town": index.town, "found_by": search.kept(index), "id": contact_id}
        tx.execute(sa.text("UPDATE contacts SET town = :town, found_by = :found_by WHERE id = :id"), values)


def _meet_again(tx: sa.Connection) -> None:
    """Make a gathering of every name and day under which a confirmed card was photographed."""
    met: dict[tuple[str, str, date], str] = {}
    for account_id, contact_id, name, met_on, received_at in list(
        _rows(
            tx,
            "SELECT c.account_id, c.contact_id, p.gathering, p.met_on, p.received_at FROM cards c "
            "JOIN photos p ON p.id = c.photo_id WHERE c.contact_id IS NOT NULL AND p.gathering <> '' ORDER BY c.id",
        )
    ):
        day = _day(met_on) or _day(received_at)
        key = (account_id, search.plain(" ".join(name.split())), day)
        if key not in met:
            met[key] = str(uuid4())
            row = {"id": met[key], "account": account_id, "name": name, "folded": key[1], "day": day, "at": received_at}
            tx.execute(
                sa.text(
                    "INSERT INTO gatherings (id, account_id, name, folded, day, created_at) "
                    "VALUES (:id, :account, :name, :folded, :day, :at)"
                ),
                row,
            )
        tx.execute(
            sa.text("UPDATE contacts SET gathering_id = :gathering WHERE id = :id"),
            {"gathering": met[key], "id": contact_id},
        )


def _rows(tx: sa.Connection, query: str) -> Iterator[Any]:
    yield from tx.execute(sa.text(query))


def _day(value: Any) -> Any:
    """SQLite gives times as text."""
    if isinstance(value, str):
        return value[:10]
    return value.date() if isinstance(value, datetime) else value
