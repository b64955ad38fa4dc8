"""The shapes of imports: a file of rows, what its columns are, and what became of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.imports.columns import Column
from service.domain.imports.rows import Habits, Trouble
from service.storage.people.imports import Import, ImportState
from service.web.api.shapes.photo import Name
from service.web.api.shapes.text import Given, Told


class SheetQuery(Given):
    """What the file is called, to be known again by."""

    name: Name = ""


class ImportColumns(Given):
    """What each column is, in their order, and what the file leaves unsaid."""

    columns: list[Column] = Field(max_length=200)
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    day_first: bool = True

    def habits(self, lang: str) -> Habits:
        return Habits(country=self.country, lang=lang, day_first=self.day_first)


class LeftOut(Told):
    """A value, or a whole row (`column` is ""), that did not go in; `line` counts as an editor does."""

    line: int
    column: Column
    why: Trouble


TOLD = 1000
"""So many of what did not go in are in an answer; the page has a file of all."""


class ImportAnswer(Told):
    """An import: `received` until its columns are confirmed; `place` is the last line that is done.

    `format` is `vcard` for a file of cards, which has no columns; else whose export it is, where that is known.
    """

    id: UUID
    name: str
    format: str
    state: ImportState
    reason: str
    columns: list[Column]
    country: str
    day_first: bool
    rows: int
    place: int
    came_in: int
    known: int
    changed: int
    refused: int
    left_out: list[LeftOut]
    created_at: datetime

    @classmethod
    def of(cls, kept: Import) -> "ImportAnswer":
        counts = {name: getattr(kept, name) for name in ("rows", "place", "came_in", "known", "changed", "refused")}
        return cls(
            id=UUID(kept.id),
            name=kept.name,
            format=kept.format,
            state=kept.state,
            reason=kept.reason,
            columns=list(kept.columns),
            country=kept.habits.country,
            day_first=kept.habits.day_first,
            left_out=[LeftOut(line=line, column=column, why=why) for line, column, why in kept.report[:TOLD]],
            created_at=kept.created_at,
            **counts,
        )


class ImportsAnswer(Told):
    """A page of imports; `next` is null on the last one."""

    imports: list[ImportAnswer]
    next: str | None
