"""Every figure of docs/benchmarks.md, measured in one run: lines, photos, CPU time, workers, doubts."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from bench import all_cores
from bench.invented.content import Truth
from bench.reading import on_lines, on_photos, side_by_side
from bench.reading.on_lines import Measured
from bench.reading.on_photos import Result
from bench.reading.readers import OURS, READERS, Sample, load
from bench.reading.side_by_side import Together
from bench.seen.misreading import NOISE
from bench.seen.photos import photo

SINGLES, LARGE, TABLES, OTHERS = "single cards", "single cards, 12 megapixels", "tables, 12 megapixels", "no cards"
HARD = {
    "held in a hand": "held",
    "on a desk of the card's colour": "alike",
    "dark on dark": "dark",
    "under a shadow": "shaded",
    "cut by the frame": "edge",
    "on other cards": "stack",
    "turned": "turned",
    "nine to twelve on a table": "crowd",
    "things without print": "thing",
}
"""Photos that are made to be hard, by the kind of photo."""
OTHER_SEEDS = 20
"""So far apart lie the seeds of photos that are timed and of those that are not: equal seeds would print equal cards."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what. `timed` single cards, `large` and `tables` are read by every reader, one photo after the other.

    The others are read by Undrawer alone, on all cores.
    """

    lines: int = 2000
    singles: int = 100
    more_tables: int = 14
    others: int = 32
    hard: int = 14
    crowds: int = 4
    timed: int = 16
    large: int = 12
    tables: int = 6

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
    """All that a run found; `ours` is Undrawer on all photos but the hard ones, which are in `hard`."""

    lines: Measured
    sets: dict[str, Set]
    ours: Result
    hard: Result
    together: Together
    seed: int


Asked = tuple[str, int, str]
"""The set that a photo belongs to, its seed and its kind."""


def measure(sizes: Sizes, *, seed: int) -> Figures:
    tell(f"{sizes.lines} cards as lines")
    lines = on_lines.measure(sizes.lines, seed=seed, noise=NOISE, lang="", others=0.06, by="lang")
    figures = Figures(lines, {}, Result(), Result(), Together(0.0, 0.0, 0.0), seed)
    on_all_cores(figures, sizes)
    large = timed(figures, sizes)
    tell("two workers and one")
    figures.together = side_by_side.measure(large)
    return figures


def on_all_cores(figures: Figures, sizes: Sizes) -> None:
    """Photos that only have to be read right."""
    jobs = list(untimed(sizes, seed=figures.seed))
    tell(f"{len(jobs)} photos, Undrawer alone, on all cores")
    for number, (name, sample, got, seconds) in enumerate(all_cores.each(made_and_read, jobs), start=1):
        made = figures.sets.setdefault(name, Set())
        for result in (made.ours, figures.hard if name in HARD else figures.ours):
            result.add(sample, got, seconds=seconds)
        if number % 50 == 0:
            tell(f"{number} read")


def untimed(sizes: Sizes, *, seed: int) -> Iterator[Asked]:
    """Every photo of every set."""
    counts = {"single": sizes.singles, "table": sizes.more_tables, "other": sizes.others}
    counts |= {"crowd": sizes.crowds, "thing": sizes.crowds}
    sets = {SINGLES: "single", TABLES: "table", OTHERS: "other", **HARD}
    for number, (name, kind) in enumerate(sets.items()):
        for n in range(counts.get(kind, sizes.hard)):
            yield name, (seed + number) * 1_000_000 + n, kind


def made_and_read(asked: Asked) -> tuple[str, Sample, list[Truth], float]:
    """A photo read by Undrawer; its bytes stay in the process that made it."""
    load([OURS])
    name, seed, kind = asked
    sample = on_photos.sample_of(photo(seed, kind=kind))
    got, seconds = READERS[OURS](sample)
    return name, replace(sample, photo=b"", corners=()), got, seconds


def timed(figures: Figures, sizes: Sizes) -> list[bytes]:
    """Photos that every reader reads, one reader after the other; those of one large card are given back."""
    large: list[bytes] = []
    sets = ((SINGLES, "single", sizes.timed), (LARGE, "large", sizes.large), (TABLES, "table", sizes.tables))
    for number, (name, kind, count) in enumerate(sets):
        tell(f"{count} photos, every reader: {name}")
        photos = on_photos.generated(count, seed=figures.seed + OTHER_SEEDS + number, kind=kind)
        read(kept_in(large, photos) if name == LARGE else photos, figures, name)
    return large


def kept_in(folder: list[bytes], samples: Iterator[Sample]) -> Iterator[Sample]:
    for sample in samples:
        folder.append(sample.photo)
        yield sample


def read(samples: Iterator[Sample], figures: Figures, name: str) -> None:
    """Each photo to all readers before the next."""
    made = figures.sets.setdefault(name, Set())
    results = {reader: [made.shared[reader]] for reader in READERS}
    results[OURS] += [made.ours, figures.ours]
    for number, sample in enumerate(samples):
        on_photos.in_turn(sample, number, results)


def tell(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
