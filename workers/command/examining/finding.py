"""One thing that was looked at, and how it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is `well`, `advice` (it works, and could be better) or `wrong`; `mend` says what to do."""

    about: str
    state: str
    said: str
    mend: str = ""
