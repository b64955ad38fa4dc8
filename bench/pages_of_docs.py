"""Puts a table where it belongs in a page of docs/: below a heading, in place of the one that stood there."""

from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def put(page: str, heading: str, table: str) -> None:
    """Replace the first table below the heading, whatever its depth."""
    path = DOCS / page
    lines = path.read_text(encoding="utf-8").splitlines()
    below = next(n for n, line in enumerate(lines) if line.lstrip("#").strip() == heading and line.startswith("#"))
    first = next(n for n in range(below + 1, len(lines)) if lines[n].startswith("|"))
    after = next((n for n in range(first, len(lines)) if not lines[n].startswith("|")), len(lines))
    path.write_text("\n".join([*lines[:first], *table.strip().splitlines(), *lines[after:]]) + "\n", encoding="utf-8")
