"""The tables that the revisions made, held against those that the code describes."""

import pkgutil
from importlib import import_module
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from service import storage
from service.storage.tables import metadata


def differences(tx: Connection) -> list[Any]:
    _know_all_tables()
    context = MigrationContext.configure(tx, opts={"include_name": _is_ours, "include_object": _is_told})
    found: list[Any] = compare_metadata(context, metadata)
    return found


def _know_all_tables() -> None:
    """Import each module that describes some: whichever others a test has imported, these are all there are."""
    for module in pkgutil.walk_packages(storage.__path__, "service.storage."):
        if module.name.endswith("tables"):
            import_module(module.name)


def _is_ours(name: str | None, *_: object) -> bool:
    """The index of words is derived, each database's own, and made beside the revisions."""
    return not (name or "").startswith(("contacts_found", "ix_contacts_found_by"))


def _is_told(thing: object, _name: object, kind: str, *_: object) -> bool:
    """SQLAlchemy reads no rules of a foreign key that SQLite got with its column; a test tries that one."""
    return not (kind == "foreign_key_constraint" and getattr(thing, "column_keys", None) == ["gathering_id"])
