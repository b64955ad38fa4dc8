"""Text as it may come in, and the ground that all shapes stand on."""

import re
from datetime import date
from typing import Annotated, Any, Final, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, WithJsonSchema, field_validator

NO_CONTROL: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Tabs and line ends are text; NUL and the rest of the control characters are not, and PostgreSQL refuses NUL."""

Line = Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROL)]
OneLine = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_CONTROL)]
Note = Annotated[str, StringConstraints(max_length=5_000, pattern=NO_CONTROL)]
Key = Annotated[str, StringConstraints(max_length=500, pattern=r"^[A-Za-z0-9_\-=.~:+/]*$")]
Day = Annotated[date, Field(description="A day of the account, as 2026-03-04.")]
Hash = Annotated[str, StringConstraints(pattern=r"^([0-9a-fA-F]{64})?$")]

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", max_length=36, to_lower=True),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
"""An id in the form in which we print it."""


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _kinds(annotation: Any) -> set[Any]:
    """The kinds that a value may be of, without what else is said of them."""
    return {annotation}.union(*map(_kinds, get_args(annotation)))


class Given(BaseModel):
    """A part of a request: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _as_written(cls, value: Any, about: ValidationInfo) -> Any:
        """Pydantic would take a number for a day (seconds since 1970) or for yes and no, and yes for a number."""
        kinds = _kinds(cls.model_fields[about.field_name or ""].annotation)
        if date in kinds and value is not None and not (isinstance(value, str) and _DAY.fullmatch(value)):
            raise ValueError("Write a day as 2026-03-02.")
        if (bool in kinds and type(value) in {int, float}) or ({int, float} & kinds and isinstance(value, bool)):
            raise ValueError("Write yes and no as true and false, and a number in digits.")
        return value


class Told(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageQuery(Given):
    """Which part of a listing: `after` is the `next` of the page before."""

    after: Key = ""
    limit: int = Field(50, ge=1, le=200)


class Problem(BaseModel):
    """What went wrong (RFC 9457). `code` never changes; `detail` says what to do; `errors` name the values."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]] = Field(default_factory=list)
