"""Where lines stand to one another: beside, below, of one height, in one block."""

from collections.abc import Sequence

from service.domain.reading.card import Box, Line


def beside(left: Box, right: Box) -> bool:
    """`right` stands in the same row, after `left`, of about its height."""
    low, high = sorted((left.height, right.height))
    middle = abs((left.top + left.bottom) - (right.top + right.bottom)) / 2
    return middle < 0.5 * max(low, 1) and high < 2.2 * max(low, 1) and right.left >= left.right - low


def below(upper: Box, lower: Box, *, gap: float = 1.6) -> bool:
    """`lower` follows `upper` in its block: like height, small gap, a common left, right or middle."""
    low, high = sorted((upper.height, lower.height))
    space = lower.top - upper.bottom
    if high > 1.7 * max(low, 1) or not -0.6 * high <= space <= gap * high or lower.top <= upper.top:
        return False
    middles = abs((upper.left + upper.right) - (lower.left + lower.right)) / 2
    return abs(upper.left - lower.left) < 1.5 * high or abs(upper.right - lower.right) < 1.2 * high or middles < high


def next_below(lines: Sequence[Line], index: int, *, gap: float = 1.6) -> int | None:
    """The nearest line that follows in the same block."""
    box = lines[index].box
    found = [i for i, line in enumerate(lines) if i != index and below(box, line.box, gap=gap)]
    return min(found, key=lambda i: (lines[i].box.top, abs(lines[i].box.left - box.left)), default=None)


def next_beside(lines: Sequence[Line], index: int) -> int | None:
    """The nearest line to the right in the same row."""
    box = lines[index].box
    found = [i for i, line in enumerate(lines) if i != index and beside(box, line.box)]
    return min(found, key=lambda i: lines[i].box.left, default=None)


def before(lines: Sequence[Line], index: int) -> int | None:
    """The nearest line to the left in the same row."""
    box = lines[index].box
    found = [i for i, line in enumerate(lines) if i != index and beside(line.box, box)]
    return max(found, key=lambda i: lines[i].box.right, default=None)


def rest_of(text: str, start: int, end: int) -> str:
    """What a line says outside a claim, signs left out."""
    return "".join(sign for sign in text[:start] + text[end:] if sign.isalnum())
