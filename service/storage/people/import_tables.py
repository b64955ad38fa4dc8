"""The table of imports: a file of rows, what its columns are, how far it got, and what did not go in."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from service.storage.moment import Moment
from service.storage.tables import metadata

imports: Final = Table(
    "imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("format", Text, nullable=False, server_default=""),  # "" for a table of its own headings
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("columns", JSON, nullable=False),
    Column("country", Text, nullable=False, server_default=""),
    Column("lang", Text, nullable=False, server_default=""),
    Column("day_first", Boolean, nullable=False, server_default=text("true")),
    Column("rows", Integer, nullable=False, server_default="0"),
    Column("place", Integer, nullable=False, server_default="0"),  # the last line of the file that is done
    Column("came_in", Integer, nullable=False, server_default="0"),
    Column("known", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    Column("report", JSON, nullable=False),  # [line, column, trouble] of the first that did not go in
    Column("created_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("finished_at", Moment),
    Index(None, "account_id", "created_at", "id"),
    Index(
        "ix_imports_waiting",
        "created_at",
        sqlite_where=text("state in ('waiting', 'undoing')"),
        postgresql_where=text("state in ('waiting', 'undoing')"),
    ),
    Index(None, "sha256"),
)

imported: Final = Table(
    "imported_contacts",
    metadata,
    Column("import_id", Text, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", Text, ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("etag", Text, nullable=False),  # as it came: one that was changed since stays when the import is undone
    Column("before", Text),  # of one that was there: its vCard before the file changed it
    Index(None, "contact_id"),
    Index(
        "ix_imported_contacts_before",
        "import_id",
        sqlite_where=text("before is not null"),
        postgresql_where=text("before is not null"),
    ),
)
