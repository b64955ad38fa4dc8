"""What any reader makes of one line of print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line says, the mean confidence of its characters, and the lowest; "" where nothing was legible.

    `engine` is named where another reader saw the line than the one that reads the card.
    """

    text: str
    confidence: float
    weakest: float
    engine: str = ""
