"""Readers measured on photos in one run: the same bytes to each, one thread, CPU seconds with those of children."""

import json
import resource
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from bench.baselines import by_rules, rapidocr_lines, tesseract_lines
from bench.content import Truth
from bench.photos import photo
from bench.score import Tally, paired
from service.domain.errors import PhotoUnreadable
from service.domain.reading_json import summary
from workers import extraction


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo to be read and the truth about it; `kind` is a row of the report."""

    name: str
    kind: str
    photo: bytes
    cards: tuple[Truth, ...]

    @property
    def region(self) -> str:
        return next((str(card["country"]) for card in self.cards if card.get("country")), "")


Reader = Callable[[Sample], list[Truth]]


def undrawer(sample: Sample) -> list[Truth]:
    try:
        return [summary(card.reading) for card in extraction.read(sample.photo)]
    except PhotoUnreadable:
        return []


READERS: dict[str, Reader] = {
    "Undrawer": undrawer,
    "Tesseract + regular expressions": lambda sample: by_rules(tesseract_lines(sample.photo), region=sample.region),
    "RapidOCR + regular expressions": lambda sample: by_rules(rapidocr_lines(sample.photo), region=sample.region),
}
"""The last two are told the card's country; they read the whole frame, as it came."""


@dataclass(slots=True)
class Result:
    """One reader's figures: all photos, by kind, by language, and CPU seconds."""

    total: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    langs: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    cpu_seconds: float = 0.0

    def add(self, sample: Sample, got: list[Truth]) -> None:
        truth = list(sample.cards)
        self.total.photo(truth, got, name=sample.name)
        self.kinds[sample.kind].photo(truth, got)
        for wanted, read in paired(truth, got):
            self.langs[str(wanted.get("lang", "no card"))].photo([wanted] if wanted else [], [read] if read else [])


def generated(count: int, *, seed: int, lang: str, keep: Path | None) -> Iterator[Sample]:
    """Photos made on the way; kept with their truth in a folder, if one is named."""
    for number in range(count):
        made = photo(seed * 1_000_000 + number, lang=lang)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / made.name).write_bytes(made.jpeg)
            with (keep / "truth.jsonl").open("a", encoding="utf-8") as rows:
                rows.write(json.dumps(made.truth, ensure_ascii=False) + "\n")
        yield Sample(made.name, made.kind, made.jpeg, made.cards)


def given(truth: Path, folder: Path) -> Iterator[Sample]:
    """Photos of a folder whose truth is a JSON object a line: file, cards, and perhaps kind."""
    for row in map(json.loads, filter(str.strip, truth.read_text(encoding="utf-8").splitlines())):
        name = PurePath(row["file"]).name
        yield Sample(name, row.get("kind", "photo"), (folder / name).read_bytes(), tuple(row["cards"]))


def cpu_seconds() -> float:
    """Of this process and of all that it started and waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def measure(samples: Iterable[Sample], readers: Iterable[str]) -> dict[str, Result]:
    """Every reader on every photo, one after the other; models are in memory before the clock starts."""
    results = {name: Result() for name in readers}
    extraction.load()
    for sample in samples:
        for name, result in results.items():
            start = cpu_seconds()
            got = READERS[name](sample)
            result.cpu_seconds += cpu_seconds() - start
            result.add(sample, got)
    return results
