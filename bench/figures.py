"""Every figure of docs/benchmarks.md, measured in one run of some minutes: lines, photos, CPU time, workers, doubts."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from bench import on_lines, on_photos, side_by_side
from bench.misreading import NOISE
from bench.on_lines import Measured
from bench.on_photos import Result
from bench.readers import OURS, READERS, Sample
from bench.side_by_side import Together

SINGLES, LARGE, TABLES, OTHERS = "single cards", "single cards, 12 megapixels", "tables, 12 megapixels", "no cards"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what; of each set, `plain` photos are read by the plain engines too, which take four times as long."""

    lines: int = 2000
    singles: int = 48
    large: int = 8
    tables: int = 6
    others: int = 12
    plain: int = 16

    def times(self, by: float) -> "Sizes":
        return Sizes(*(max(2, round(getattr(self, size.name) * by)) for size in fields(self)))


@dataclass(slots=True)
class Set:
    """The photos of one kind: what Undrawer made of all, and every reader of those that all have read."""

    ours: Result = field(default_factory=Result)
    shared: dict[str, Result] = field(default_factory=lambda: {name: Result() for name in READERS})

    def ratio(self, other: str) -> float:
        """Undrawer's CPU seconds over another reader's on the same photos."""
        return self.shared[OURS].cpu_seconds / max(1e-9, self.shared[other].cpu_seconds)


@dataclass(slots=True)
class Figures:
    """All that a run found; `ours` is Undrawer on all photos together."""

    lines: Measured
    sets: dict[str, Set]
    ours: Result
    together: Together
    seed: int


def measure(sizes: Sizes, *, seed: int) -> Figures:
    tell(f"{sizes.lines} cards as lines")
    lines = on_lines.measure(sizes.lines, seed=seed, noise=NOISE, lang="", others=0.06, by="lang")
    ours, large = Result(), list[bytes]()
    sets: dict[str, Set] = {}
    for number, (name, kind, count) in enumerate(kinds(sizes)):
        tell(f"{count} photos: {name}")
        photos = on_photos.generated(count, seed=seed + number, kind=kind)  # equal seeds would print equal cards
        sets[name] = read(kept_in(large, photos) if name == LARGE else photos, ours, plain=sizes.plain)
    tell("two workers and one")
    return Figures(lines, sets, ours, side_by_side.measure(large), seed)


def kinds(sizes: Sizes) -> tuple[tuple[str, str, int], ...]:
    """Each set with its kind of photo and how many."""
    return (
        (SINGLES, "single", sizes.singles),
        (LARGE, "large", sizes.large),
        (TABLES, "table", sizes.tables),
        (OTHERS, "other", sizes.others),
    )


def kept_in(folder: list[bytes], samples: Iterator[Sample]) -> Iterator[Sample]:
    for sample in samples:
        folder.append(sample.photo)
        yield sample


def read(samples: Iterator[Sample], total: Result, *, plain: int) -> Set:
    """Undrawer on all; the others on the first ones, each photo to all readers before the next."""
    made = Set()
    for number, sample in enumerate(samples):
        results = {name: [made.shared[name]] for name in READERS} if number < plain else {OURS: []}
        results[OURS] += [made.ours, total]
        on_photos.in_turn(sample, number, results)
    return made


def tell(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
