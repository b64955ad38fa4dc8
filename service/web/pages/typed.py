"""What was typed into a form, or sent as if it were, taken for what it may be."""

from typing import Final

MOST_DIGITS: Final = 9
"""Python itself refuses thousands of them with an error of its own, and takes ² for a digit that is none."""


def whole_number(text: str) -> int | None:
    """A number of plain digits; None for anything else."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS else None
