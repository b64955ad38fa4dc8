"""Percentiles as ratios to the idle service, in Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

PERCENTS = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must hold, what was found, and whether it is so."""

    sentence: str
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a part of the bench has to say: its figures, and what must hold of them."""

    figures: str
    wanted: Sequence[Wanted]

    def __str__(self) -> str:
        rows = [f"| {one.sentence} | {one.found} | {'yes' if one.met else '**no**'} |" for one in self.wanted]
        return "\n".join([self.figures, "", "| what must hold | found | so |", "|---|---:|---|", *rows])


def percentiles(times: Sequence[float]) -> list[float]:
    """The 50th, 95th and 99th, and the greatest."""
    if len(times) < 2:
        return [*times, *times, *times, *times][:4]
    cut = quantiles(times, n=100, method="inclusive")
    return [*(cut[percent - 1] for percent in PERCENTS), max(times)]


def row(name: str, times: Sequence[float], idle: float) -> str:
    """Each in milliseconds, and as a ratio to the median of the idle service."""
    if not times:
        return f"| {name} | none answered |" + " |" * 3
    return (
        f"| {name} | " + " | ".join(f"{1000 * one:,.0f} ms · {one / idle:.1f} ×" for one in percentiles(times)) + " |"
    )


def head(what: str) -> str:
    return f"| {what} | " + " | ".join([*(f"p{percent}" for percent in PERCENTS), "most"]) + " |\n|---|" + "---:|" * 4


def worst_size(found: Mapping[str, Mapping[str, float]]) -> tuple[str, float]:
    """The page that costs the most of all, as a ratio to the first place, and this ratio."""
    first = next(iter(next(iter(found.values()))))
    return max(((page, max(times.values()) / times[first]) for page, times in found.items()), key=lambda each: each[1])


def by_size(found: Mapping[str, Mapping[str, float]]) -> str:
    """What each page takes, beside its ratio to the first place."""
    first, *others = next(iter(found.values()))
    lines = [f"| a page, ms | {first} | " + " | ".join(f"{other} | ratio" for other in others) + " |"]
    lines.append("|---|" + "---:|" * (1 + 2 * len(others)))
    for page, times in found.items():
        cells = [f"{times[other]:.1f} | {times[other] / times[first]:.2f}" for other in others]
        lines.append(f"| {page} | {times[first]:.1f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
