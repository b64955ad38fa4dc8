"""`python -m bench`: how well, how fast and how honestly cards are read.

Without --lines, --photos or --truth: every figure of docs/benchmarks.md in one run, which is then written.

--size 1.0            of that run: twice the photos and lines, or a tenth of them
--lines N             N simulated cards as lines; the fields alone
--photos N            N photos made from the seed, read by every reader
--truth T --photos-in DIR   photos of a folder and their truth (JSON lines) instead
--kind K              photos of one kind only: scan, easy, hard, table, other..., or single for any with one card
--readers ours|all    with or without the plain engines beside Undrawer
--keep DIR            keeps the photos made, with truth.jsonl
--first N             of the photos of a seed, the first to be made
--seed S              1 for lines and photos, 100 for what is published
--lang es --noise 0.02 --others 0.06
--by lang|country     rows of the simulated lines
--without STAGE       with a stage of the reader left out (bench/reading/without.py names them)
--stages              every stage left out in turn, on photos and on lines; writes the tables to docs/extraction.md
--misses              what was missed and what stood instead, a line each
--write SECTION       puts the tables into docs/benchmarks.md
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

# Before the engines are imported: OpenMP reads it once.
os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"

import cv2

from bench import report
from bench.printed.fonts import PACKAGES, missing
from bench.reading import figures, on_lines, on_photos, pages
from bench.reading import stages as worth
from bench.reading.readers import CUT, OURS, READERS
from bench.reading.score import Tally
from bench.reading.without import stages, without
from bench.seen.misreading import NOISE

TUNED, UNSEEN = 1, 100
"""Seeds from the second on are for published figures, a hundred of them: nothing is tuned on those."""


def everything(args: argparse.Namespace) -> None:
    found = figures.measure(figures.Sizes().times(args.size), seed=args.seed)
    for result in (found.ours, found.hard):
        show_misses(result.total, wanted=args.misses)
    pages.write(found)
    worth.publish(seed=args.seed, size=args.size)
    print(pages.goals(found))
    # In a process of its own: it serves, and says by its status whether all was reached.
    books = [sys.executable, "-m", "bench.dav", "--write", "--size", str(max(500, round(10_000 * args.size)))]
    subprocess.run(books, check=False)
    computer = [
        sys.executable,
        "-m",
        "bench.dav.computer",
        "--write",
        "--size",
        str(max(100, round(2_000 * args.size))),
    ]
    subprocess.run(computer, check=False)


def lines(args: argparse.Namespace) -> None:
    measured = on_lines.measure(
        args.lines, seed=args.seed, noise=args.noise, lang=args.lang, others=args.others, by=args.by
    )
    show_misses(measured.total, wanted=args.misses)
    rows: list[report.Row] = [(key, measured.rows[key], None) for key in sorted(measured.rows)]
    rows.append(("all cards", measured.total, measured.cpu_seconds / max(1, args.lines)))
    print(report.terminal(rows))
    if args.write:
        report.write(args.write, f"{args.lines} cards as simulated lines", {"": rows})


def photos(args: argparse.Namespace) -> None:
    samples = (
        on_photos.given(args.truth, args.photos_in)
        if args.truth
        else on_photos.generated(
            args.photos, seed=args.seed, lang=args.lang, kind=args.kind, keep=args.keep, first=args.first
        )
    )
    plain = [name for name in READERS if name != CUT or not args.truth]
    results = on_photos.measure(samples, plain if args.readers == "all" else [OURS])
    ours = results[OURS]
    show_misses(ours.total, wanted=args.misses)
    rows: list[report.Row] = [(name, result.total, result.seconds_a_photo) for name, result in results.items()]
    kinds: list[report.Row] = [(kind, ours.kinds[kind], None) for kind in sorted(ours.kinds)]
    langs: list[report.Row] = [(lang, ours.langs[lang], None) for lang in sorted(ours.langs)]
    print(report.terminal(rows + kinds + langs))
    if args.write:
        tables = {"": rows, "Undrawer by kind of photo:": kinds, "Undrawer by language:": langs}
        report.write(args.write, f"{ours.total.photos} photos, {ours.total.cards} cards", tables)


def show_misses(tally: Tally, *, wanted: bool) -> None:
    for name, kind, missed, instead in tally.misses if wanted else ():
        print(f"{name}  {kind:8} missed {list(missed)}  instead {list(instead)}")
    for name, truth, got in tally.unmatched if wanted else ():
        print(f"{name}  card     {'not found' if truth else 'too many'}: {truth or got}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kind", default="")
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--photos-in", type=Path)
    parser.add_argument("--readers", choices=("ours", "all"), default="all")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--lang", default="")
    parser.add_argument("--noise", type=float, default=NOISE)
    parser.add_argument("--others", type=float, default=0.06)
    parser.add_argument("--by", choices=("lang", "country"), default="lang")
    parser.add_argument("--without", default="", choices=["", *stages()], metavar="STAGE")
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", default="", metavar="SECTION")
    args = parser.parse_args()
    if args.seed is None:
        args.seed = TUNED if args.lines or args.photos else UNSEEN
    return args


def main() -> None:
    cv2.setNumThreads(1)
    args = arguments()
    if not args.lines and not args.truth and missing():
        raise SystemExit(f"Fonts are missing; type: apt-get install --no-install-recommends {PACKAGES}")
    with without(args.without):
        asked_for(args)


def asked_for(args: argparse.Namespace) -> None:
    if args.stages:
        print(worth.publish(seed=args.seed, size=args.size))
    elif args.lines:
        lines(args)
    elif args.photos or args.truth:
        photos(args)
    else:
        everything(args)


if __name__ == "__main__":
    main()
