"""The lists of `fields/lists`: plain rows of text, a hash before a note."""

from pathlib import Path

LISTS = Path(__file__).parent.parent / "lists"


def rows(name: str) -> list[str]:
    """What a list holds, row by row, without its notes."""
    text = (LISTS / f"{name}.txt").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]
