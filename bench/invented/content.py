"""What a card says, before anyone decides where it stands: the same for a picture and for simulated lines."""

from dataclasses import dataclass, field
from typing import Any

Truth = dict[str, Any]
"""A card as `undrawer scan` would print it if it read everything right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact line. `kind` names its icon; a line break in `text` is a line break in print."""

    kind: str
    text: str
    label: str = ""
    icon: bool = False
    label_last: bool = False

    @property
    def printed(self) -> str:
        parts = [self.text, self.label] if self.label_last else [self.label, self.text]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one side of a card and the truth about them. A line break is a line break in print.

    A line of `org` after a tilde is set small; `mark` is letters drawn as a logo.
    """

    name: str = ""
    title: str = ""
    department: str = ""
    org: str = ""
    mark: str = ""
    slogan: str = ""
    credentials: str = ""
    services: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    strip: str = ""
    qr: str = ""
    truth: Truth = field(default_factory=dict)
