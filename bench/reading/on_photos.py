"""Readers measured on photos in one run: the same bytes to each in turn, one thread, CPU seconds with children's."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import numpy as np

from bench.invented.content import Truth
from bench.reading.readers import READERS, Sample, load
from bench.reading.score import Tally, paired
from bench.seen.photos import Photo, photo


@dataclass(slots=True)
class Result:
    """One reader's figures: all photos, by kind, by language, and CPU seconds."""

    total: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    langs: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    cpu_seconds: float = 0.0

    def add(self, sample: Sample, got: list[Truth], *, seconds: float) -> None:
        truth = list(sample.cards)
        self.cpu_seconds += seconds
        self.total.photo(truth, got, name=sample.name)
        self.kinds[sample.kind].photo(truth, got)
        for wanted, read in paired(truth, got):
            self.langs[str(wanted.get("lang", "no card"))].photo([wanted] if wanted else [], [read] if read else [])

    @property
    def seconds_a_photo(self) -> float:
        return self.cpu_seconds / max(1, self.total.photos)

    @property
    def seconds_a_card(self) -> float:
        return self.cpu_seconds / max(1, self.total.cards)


def sample_of(made: Photo) -> Sample:
    return Sample(made.name, made.kind, made.jpeg, made.cards, made.taken.quads if made.cards else ())


def generated(
    count: int, *, seed: int, lang: str = "", kind: str = "", keep: Path | None = None, first: int = 0
) -> Iterator[Sample]:
    """Photos made on the way; kept with their truth in a folder, if one is named."""
    for number in range(first, first + count):
        made = photo(seed * 1_000_000 + number, lang=lang, kind=kind)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / made.name).write_bytes(made.jpeg)
            with (keep / "truth.jsonl").open("a", encoding="utf-8") as rows:
                rows.write(json.dumps(made.truth, ensure_ascii=False) + "\n")
        yield sample_of(made)


def given(truth: Path, folder: Path) -> Iterator[Sample]:
    """Photos of a folder whose truth is a JSON object a line: file, cards, and perhaps kind."""
    for row in map(json.loads, filter(str.strip, truth.read_text(encoding="utf-8").splitlines())):
        name = PurePath(row["file"]).name
        corners = tuple(np.array(quad, np.float32) for quad in row.get("quads", ()))
        yield Sample(name, row.get("kind", "photo"), (folder / name).read_bytes(), tuple(row["cards"]), corners)


def measure(samples: Iterable[Sample], readers: Sequence[str]) -> dict[str, Result]:
    """Every reader on every photo."""
    results = {name: Result() for name in readers}
    for number, sample in enumerate(samples):
        in_turn(sample, number, {name: [result] for name, result in results.items()})
    return results


def in_turn(sample: Sample, number: int, results: Mapping[str, Sequence[Result]]) -> None:
    """One photo to each reader, one after the other and each first in its turn; models are in memory before."""
    load(results)
    names = list(results)
    first = number % max(1, len(names))
    for name in [*names[first:], *names[:first]]:
        got, seconds = READERS[name](sample)
        for result in results[name]:
            result.add(sample, got, seconds=seconds)
