"""Whether the database itself is sound: what it would rather say when asked than on the day it is needed."""

from sqlalchemy import Connection, text


def troubles(tx: Connection, *, at_most: int = 20) -> list[str]:
    """Give what SQLite finds wrong in its file, and rows that point at nothing. PostgreSQL keeps watch by itself."""
    if tx.dialect.name != "sqlite":
        return []
    said = [str(line) for line in tx.execute(text(f"PRAGMA integrity_check({at_most})")).scalars() if line != "ok"]
    pointing = tx.execute(text("PRAGMA foreign_key_check")).fetchmany(at_most)
    return said + [f"a row of {row[0]} points at one of {row[2]} that is not there" for row in pointing]
