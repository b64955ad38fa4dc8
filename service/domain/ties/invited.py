"""Being invited to a gathering of the user's: what the invitation and the thank-you are planned from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Invited:
    """`about` is what the guests come for, `answered` is set once they said yes, no or maybe by any way.

    Whether they were written to and whether they came is told by the acts with these causes.
    """

    gathering: str
    about: str
    day: date
    added_on: date
    answered: bool = False

    @property
    def invite(self) -> str:
        return invite_cause(self.gathering)

    @property
    def thank(self) -> str:
        return thank_cause(self.gathering)

    @property
    def came(self) -> str:
        return came_cause(self.gathering)


def invite_cause(gathering: str) -> str:
    return f"gathering:{gathering}:invite"


def thank_cause(gathering: str) -> str:
    return f"gathering:{gathering}:thank"


def came_cause(gathering: str) -> str:
    """Of the talk that somebody's coming was."""
    return f"gathering:{gathering}"
