"""A promise: what the user said he would do, and by when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Promise:
    """Kept by a `did` whose cause is the promise's, released by a `released` that stands on it.

    `introduces` is the tie whose contact was promised, `act` the `promised` act: undoing it takes the promise away.
    """

    id: str
    text: str
    made_on: date
    due_on: date
    introduces: str = ""
    act: str = ""

    @property
    def cause(self) -> str:
        return f"promise:{self.id}"
