"""Text from outside, as a database can keep it."""


def kept(text: str) -> str:
    """Drop what PostgreSQL cannot store: NUL, and halves of surrogate pairs, which are no characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
