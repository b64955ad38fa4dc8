"""`python -m bench.fuzz`: mutated photos read to the end, each in a child with bounds; the seed decides all of them.

Only two outcomes are right: a reading, or PhotoUnreadable with a code that the service has a sentence for.
"""

import argparse
import io
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

# Before the engines are imported: OpenMP reads it once.
os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"

import pillow_heif
from PIL import Image

from bench.report import put
from service.domain.errors import PhotoUnreadable
from service.domain.reading.photo import REASONS
from workers import extraction
from workers.limits import limit_cpu, limit_memory

PHOTOS = Path(__file__).parent.parent / "fixtures" / "cards"
SOURCES = ("capitals.jpg", "dark-card.jpg", "qr-code.jpg", "table-of-four.jpg", "receipt.jpg")
SMALL_PX = 480
MEMORY_MB, SECONDS = 400, 20
HUNG_SECONDS = 120
"""By the clock, which says little on a busy machine; SECONDS are of CPU time."""

HEAD = 700
"""Bytes at the beginning where formats keep sizes, tables and offsets."""

Mutation = Callable[[bytearray, random.Random], bytes]


@cache
def whole() -> tuple[tuple[str, bytes], ...]:
    """Small photos in every format and way of writing that is taken, by name."""
    pillow_heif.register_heif_opener()
    return tuple(pair for name in SOURCES for pair in written(name))


def written(name: str) -> Iterator[tuple[str, bytes]]:
    with Image.open(PHOTOS / name) as image:
        image.thumbnail((SMALL_PX, SMALL_PX))
        small = image.convert("RGB")
    turned = Image.Exif()
    turned[0x0112] = 6
    ways: tuple[tuple[str, Image.Image, dict[str, object]], ...] = (
        ("JPEG", small, {"quality": 80}),
        ("JPEG", small, {"quality": 70, "progressive": True, "exif": turned}),
        ("JPEG", small.convert("L"), {}),
        ("JPEG", small.convert("CMYK"), {}),
        ("PNG", small, {}),
        ("PNG", small.quantize(32), {}),
        ("PNG", small.convert("RGBA"), {}),
        ("PNG", small.convert("I;16"), {}),
        ("WEBP", small, {"quality": 70}),
        ("WEBP", small.reduce(2), {"lossless": True}),
        ("TIFF", small, {}),
        ("TIFF", small, {"compression": "tiff_lzw"}),
        ("TIFF", small, {"compression": "jpeg"}),
        ("GIF", small, {}),
        ("BMP", small.reduce(2), {}),
        ("HEIF", small, {"quality": 50}),
    )
    for number, (form, picture, options) in enumerate(ways):
        out = io.BytesIO()
        picture.save(out, form, **options)
        yield f"{Path(name).stem} {form} {number}", out.getvalue()


def flips(photo: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 3, 10, 50, 400])):
        photo[chance.randrange(len(photo))] ^= 1 << chance.randrange(8)
    return bytes(photo)


def header(photo: bytearray, chance: random.Random) -> bytes:
    """Other bytes where sizes stand."""
    for _ in range(chance.choice([1, 2, 4, 16])):
        photo[chance.randrange(min(HEAD, len(photo)))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
    return bytes(photo)


def huge(photo: bytearray, chance: random.Random) -> bytes:
    """A large number in place of another one."""
    at = chance.randrange(min(HEAD, len(photo) - 4))
    photo[at : at + 4] = chance.choice(
        [b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\xff\xff", b"\xff\xff\x00\x00"]
    )
    return bytes(photo)


def cut(photo: bytearray, chance: random.Random) -> bytes:
    return bytes(photo[: chance.randrange(len(photo))])


def hole(photo: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(photo))
    return bytes(photo[:at] + photo[at + chance.randrange(1, 4000) :])


def stuffed(photo: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(photo))
    return bytes(photo[:at] + chance.randbytes(chance.randrange(1, 3000)) + photo[at:])


def repeated(photo: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(photo))
    piece = photo[at : at + chance.randrange(1, 2000)]
    return bytes(photo[:at] + piece * chance.randrange(2, 40) + photo[at:])


def spliced(photo: bytearray, chance: random.Random) -> bytes:
    """The head of one photo and the tail of another, in whatever format."""
    _, other = chance.choice(whole())
    return bytes(photo[: chance.randrange(len(photo))]) + other[chance.randrange(len(other)) :]


MUTATIONS: tuple[Mutation, ...] = (flips, flips, header, header, huge, cut, hole, stuffed, repeated, spliced)


def mutated(number: int, *, seed: int) -> tuple[str, bytes]:
    """What was done to which photo, and the bytes; now and then two things at once."""
    chance = random.Random(f"fuzz {seed} {number}")
    name, photo = chance.choice(whole())
    ways = chance.choices(MUTATIONS, k=2 if chance.random() < 0.15 else 1)
    for way in ways:
        photo = way(bytearray(photo or b"\0" * 8), chance)
    return f"{number}: {name}, {' and '.join(way.__name__ for way in ways)}", photo


@dataclass(slots=True)
class Report:
    """How many ended how, the worst of them, and every one that ended wrongly."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")

    def add(self, name: str, outcome: str, *, seconds: float, megabytes: float) -> None:
        right = outcome in {"read", "no card"} or outcome in REASONS
        self.outcomes[outcome if right else "wrong"] += 1
        self.slowest = max(self.slowest, (seconds, name))
        self.largest = max(self.largest, (megabytes, name))
        if not right:
            self.wrong.append(f"{name}: {outcome}")


def run(count: int, *, seed: int, first: int = 0) -> Report:
    """Reads so many mutated photos; models are in memory before the first child is forked."""
    extraction.load()
    report = Report()
    for number in range(first, first + count):
        name, photo = mutated(number, seed=seed)
        start = time.monotonic()
        outcome, megabytes = bounded(photo)
        report.add(name, outcome, seconds=time.monotonic() - start, megabytes=megabytes)
        if report.outcomes.total() % 1000 == 0:
            print(*shown(report), sep="\n", file=sys.stderr, flush=True)
    return report


def bounded(photo: bytes) -> tuple[str, float]:
    """Read in a child with limits: its outcome, and the megabytes it held beyond what it began with."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        answer(photo, writes)
    os.close(writes)
    ready, _, _ = select.select([reads], [], [], HUNG_SECONDS)
    said = os.read(reads, 4000).decode() if ready else ""
    os.close(reads)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not ready:
        return f"longer than {HUNG_SECONDS} s", 0.0
    outcome, _, megabytes = said.partition("\t")
    return outcome or f"ended with status {status}", float(megabytes or 0)


def answer(photo: bytes, pipe: int) -> None:
    """The child's whole life: bounds, one reading, one line to the parent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libtiff and libjpeg tell everybody what is wrong with a file
    limit_memory(MEMORY_MB)
    limit_cpu(SECONDS)
    before = peak_mb()
    said = outcome_of(photo)
    os.write(pipe, f"{said}\t{peak_mb() - before:.1f}".encode())
    os._exit(0)


def outcome_of(photo: bytes) -> str:
    try:
        return "read" if extraction.read(photo) else "no card"
    except PhotoUnreadable as refusal:
        return refusal.code
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


def peak_mb() -> float:
    """The most memory this process has held; 0 where there is no /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    held = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM"))
    return int(held.split()[1]) / 1024


def shown(report: Report) -> Sequence[str]:
    counts = ", ".join(f"{name} {count}" for name, count in report.outcomes.most_common())
    (seconds, slow), (megabytes, large) = report.slowest, report.largest
    return [
        f"{report.outcomes.total()} mutated photos: {counts}.",
        f"Slowest: {seconds:.1f} s by the clock ({slow}). Largest: {megabytes:.0f} MB beyond the models ({large}).",
        *report.wrong,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="begin at this one, to see a single one again")
    parser.add_argument("--write", action="store_true", help="put the counts into docs/benchmarks.md")
    args = parser.parse_args()
    report = run(args.count, seed=args.seed, first=args.first)
    print("\n".join(shown(report)))
    if args.write:
        put("fuzz", section(report, f"python -m bench.fuzz --count {args.count} --seed {args.seed}"))
    raise SystemExit(bool(report.wrong))


def section(report: Report, command: str) -> str:
    wrong = f"{len(report.wrong)} ended otherwise" if report.wrong else "Nothing else came out, and nothing crashed"
    bounds = (
        f"Each was read to the end in a child held to {MEMORY_MB} MB beyond the models and {SECONDS} s of CPU time."
    )
    return "\n\n".join(["## Hostile pictures", f"`{command}`: {' '.join(shown(report)[:2])} {bounds} {wrong}.", MADE])


MADE = """Small photos in seven formats and sixteen ways of writing them, with bits turned, sizes in the header changed, cut,
holed, stuffed, repeated or spliced with another; the seed and the number give the same bytes again."""


if __name__ == "__main__":
    main()
