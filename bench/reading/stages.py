"""What each stage is worth: the same photos and lines, read with each stage left out in turn."""

import itertools
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from bench import all_cores, report
from bench.invented.cards import invented
from bench.reading import figures, on_lines, on_photos
from bench.reading.readers import OURS, Sample
from bench.reading.score import Tally
from bench.reading.without import field_stages, photo_stages, without
from bench.seen.misreading import NOISE
from bench.seen.photos import Photo, photo

PAGE = report.PAGE.parent / "extraction.md"
SHOWN = ("all", "contact", "whole", "count", "doubted", "sure right")
LINES = 600
PHOTOS = (
    ("single", 12),
    ("turned", 6),
    ("shaded", 5),
    ("with a code", 6),
    ("ja", 3),
    ("zh", 3),
    ("table", 3),
    ("other", 5),
)
"""A kind of photo, or a language, and how many: each stage has something to do in some of them."""

Found = tuple[str, Tally, float]
"""The stage left out, the count, and CPU seconds a photo or a card."""

Asked = tuple[str, int, float]
"""The stage to be left out, the seed and the size of the run."""


def publish(*, seed: int, size: float) -> str:
    """The tables, put into docs/extraction.md."""
    text = "\n\n".join(
        [
            "## What each stage is worth",
            report.circumstances()
            + " Score and CPU seconds with the stage left out, and in brackets what that changes.",
            f"On {shown(size)} (seconds a photo):",
            table(on_pictures(seed=seed, size=size)),
            f"On {count(LINES, size)} cards as lines (seconds a card):",
            table(on_words(seed=seed, size=size)),
        ]
    )
    report.put("stages", text, page=PAGE)
    return text


def shown(size: float) -> str:
    return "photos: " + ", ".join(f"{count(many, size)} {kind}" for kind, many in PHOTOS)


def count(number: int, size: float) -> int:
    return max(1, round(number * size))


def on_pictures(*, seed: int, size: float) -> list[Found]:
    figures.tell("photos, with each stage left out")
    return list(all_cores.each(on_samples, [(stage, seed, size) for stage in ("", *photo_stages())]))


@cache
def samples(seed: int, size: float) -> list[Sample]:
    """The photos, made once in every process."""
    return [
        on_photos.sample_of(each)
        for number, (kind, many) in enumerate(PHOTOS)
        for each in islice(photos_of(kind, seed + number), count(many, size))
    ]


def photos_of(kind: str, seed: int) -> Iterator[Photo]:
    """Photos without end, of a kind, in a language, or of cards with a code."""
    seeds = itertools.count(seed * 1_000_000)
    if kind == "with a code":
        return (photo(each, kind="single") for each in seeds if invented(f"{each}/0").qr)
    lang = kind if kind in ("ja", "zh") else ""
    return (photo(each, kind="single" if lang else kind, lang=lang) for each in seeds)


def on_samples(asked: Asked) -> Found:
    stage, seed, size = asked
    with without(stage):
        result = on_photos.measure(samples(seed, size), [OURS])[OURS]
    return stage, result.total, result.seconds_a_photo


def on_words(*, seed: int, size: float) -> list[Found]:
    figures.tell("lines, with each stage left out")
    return list(all_cores.each(on_simulated, [(stage, seed, size) for stage in ("", *field_stages())]))


def on_simulated(asked: Asked) -> Found:
    stage, seed, size = asked
    with without(stage):
        measured = on_lines.measure(count(LINES, size), seed=seed, noise=NOISE, lang="", others=0.06, by="lang")
    return stage, measured.total, measured.cpu_seconds / max(1, measured.total.photos)


def table(found: Sequence[Found]) -> str:
    _, whole, all_seconds = found[0]
    base = whole.figures()
    rows = []
    for stage, tally, seconds in found:
        now = tally.figures()
        scores = [f"{now[name]:.3f}" + (f" ({now[name] - base[name]:+.3f})" if stage else "") for name in SHOWN]
        spent = f"{seconds:.3f}" + (f" ({seconds - all_seconds:+.3f})" if stage else "")
        rows.append([f"without {stage}" if stage else "with all stages", *scores, spent])
    return report.table(("", *SHOWN, "CPU s"), rows)
