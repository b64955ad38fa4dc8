"""What a field proposes: a value, the letters it would use up, and what speaks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.domain.reading.card import Line

Value_co = TypeVar("Value_co", covariant=True)

Claim = tuple[int, int, int]
"""The index of a line, and the first and past-the-last character of it."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value_co]):
    """A value that a card may hold.

    `lines` are the indices of the lines it uses up whole; `claims` the characters it takes of any line, so that a line
    like "Tel 91 123 45 67 · ana@x.es" may serve two. `kind` tells candidates of one field apart (`mobile`, `free mail`);
    `passed` and `failed` name checks. `score` is in log-odds: above 0 it is more likely right than not.
    """

    value: Value_co
    lines: frozenset[int]
    score: float
    claims: tuple[Claim, ...] = ()
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    kind: str = ""

    def touches(self) -> frozenset[int]:
        """Every line it uses, whole or in part."""
        return self.lines | {line for line, _, _ in self.claims}


def left_of(lines: Sequence[Line], candidates: Iterable[Candidate[object]]) -> list[str]:
    """The text of each line with the claimed characters blanked out, so that positions stay true."""
    texts = [list(line.text) for line in lines]
    for candidate in candidates:
        for line, start, end in candidate.claims:
            texts[line][start:end] = " " * len(texts[line][start:end])
        for line in candidate.lines:
            texts[line] = [" "] * len(texts[line])
    return ["".join(text) for text in texts]
