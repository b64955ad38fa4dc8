"""Logistic regression in NumPy whose weights keep the direction that they are known to have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One value of known truth: its signs by name, whether it was wrong, and how much it counts."""

    signs: Mapping[str, float]
    wrong: bool
    weight: float = 1.0


def table(cases: Sequence[Case], names: Sequence[str]) -> Vector:
    place = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(cases), len(names)))
    for row, case in zip(rows, cases, strict=True):
        for name, sign in case.signs.items():
            if name in place:
                row[place[name]] = sign
    return rows


def fitted(
    cases: Sequence[Case],
    names: Sequence[str],
    directions: Vector,
    holds: Vector,
    *,
    start: Vector,
    known: Vector,
    steps: int,
) -> Vector:
    """The weights by accelerated gradient descent.

    `directions` are 1 where a weight must not be negative, -1 where it must not be positive, and 0 where it is free;
    `holds` is how hard each is held towards what is `known` of it, 0 where nothing is, so that a sign seen seldom says
    no more than that.
    """
    rows, truth = table(cases, names), np.array([case.wrong for case in cases], float)
    counts = np.array([case.weight for case in cases])
    scaled = rows * np.sqrt(counts)[:, None]
    step = 1 / (np.linalg.norm(scaled.T @ scaled, 2) / 4 + holds.max())
    now, ahead, pace = start.copy(), start.copy(), 1.0
    for _ in range(steps):
        guess = 1 / (1 + np.exp(-rows @ ahead))
        moved = ahead - step * (rows.T @ (counts * (guess - truth)) + holds * (ahead - known))
        moved = np.where(directions * moved < 0, 0.0, moved)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - now)
        now, pace = moved, faster
    return np.asarray(now)
