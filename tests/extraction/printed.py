"""Cards made of nothing but lines: one below the other, as a reader would have seen them."""

from collections.abc import Sequence

from service.domain.reading.card import Box, Line


def card(*texts: str, left: int = 40, height: int = 24) -> list[Line]:
    """One line under the other, letters half as wide as high."""
    return [line(text, left=left, top=40 + 34 * row, height=height) for row, text in enumerate(texts)]


def line(text: str, *, left: int = 40, top: int = 40, height: int = 24) -> Line:
    return Line(text, Box(left, top, max(4, len(text) * height // 2), height), confidence=0.98, weakest=0.9)


def row(*texts: str, top: int = 40, gap: int = 30) -> Sequence[Line]:
    """Lines beside each other."""
    lines: list[Line] = []
    for text in texts:
        lines.append(line(text, left=lines[-1].box.right + gap if lines else 40, top=top))
    return lines
