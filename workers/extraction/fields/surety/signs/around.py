"""Whether a value goes on in the print about it, and how narrowly it was chosen."""

import re
from typing import Any

from service.domain.reading.card import Box, Found, Line
from workers.extraction.fields.surety.signs.card import Card, Signs, holds, ramp
from workers.extraction.fields.words import lexicon


def of_margin(found: Found[Any]) -> Signs:
    """How narrowly the choice won."""
    margin = found.evidence.margin
    return {
        "hardly won": ramp(margin, none=1.0, full=0.0),
        "won narrowly": ramp(margin, none=3.0, full=1.0),
        "won": ramp(margin, none=7.0, full=3.0),
    }


def beside(found: Found[Any], card: Card) -> float:
    """Whether print that no field took stands close above or below in letters of like size: it may go on there."""
    box = found.evidence.box
    if box is None:
        return 0.0
    own = card.own(box)
    tall = max((line.box.height for line in own), default=box.height)
    return float(any(close(box, tall, line) for line in card.reading.unclaimed))


def continues(found: Found[Any], card: Card) -> float:
    """Whether the line below goes on in small letters or with a legal form: "Facharzt / für Orthopädie"."""
    box = found.evidence.box
    if box is None:
        return 0.0
    tall = max((line.box.height for line in card.own(box)), default=box.height)
    below = (line for line in card.lines if line.box.top > box.top and not holds(box, line) and close(box, tall, line))
    return float(any(goes_on_with(line.text) for line in below))


def goes_on_with(text: str) -> bool:
    plain = not re.search(r"[@\d/]|www|\w\.\w{2,}$", text)
    return plain and (text[:1].islower() or lexicon.legal_form(text).casefold() == text.strip().casefold())


def close(box: Box, tall: int, line: Line) -> bool:
    gap = max(line.box.top - box.bottom, box.top - line.box.bottom)
    across = min(line.box.right, box.right) - max(line.box.left, box.left)
    like = 0.6 < line.box.height / max(1, tall) < 1.7
    return like and -0.5 * tall < gap < 0.7 * tall and across > 0


def next_to(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return True
    gap = max(other.top - one.bottom, one.top - other.bottom)
    return gap < 1.2 * max(one.height, other.height)
