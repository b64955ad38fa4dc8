"""What just happened, told on the next page in one quiet line with the way back; it waits in the session till then."""

from typing import NamedTuple

from flask import session

TOLD = "told"
MOST = 20
"""A cookie holds about 4 KB; more lines than this nobody reads."""


class Told(NamedTuple):
    """One line: the text, where to see the thing, and where to post to undo the act ("" for neither)."""

    text: str
    open: str = ""
    undo: str = ""


def tell(text: str, *, open: str = "", undo: str = "") -> None:  # noqa: A002 - the word on the button
    session[TOLD] = [*session.get(TOLD, []), list(Told(text[:200], open, undo))][-MOST:]


def told() -> list[Told]:
    """The lines that were not shown yet."""
    return [Told(*line) for line in session.pop(TOLD, [])]
