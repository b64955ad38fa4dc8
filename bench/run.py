"""`python -m bench`: how well, how fast and how honestly cards are read.

--photos N            N photos made from the seed, read by every reader (default: 60)
--truth T --photos-in DIR   photos of a folder and their truth (JSON lines) instead
--readers ours|all    with or without the two plain engines beside Undrawer
--keep DIR            keeps the photos made, with truth.jsonl
--lines N             no photos: N simulated cards as lines; the fields alone
--seed S --lang es --noise 0.05 --others 0.06
--by lang|country     rows of the simulated lines
--misses              what was missed and what stood instead, a line each
--write SECTION       puts the tables into docs/benchmarks.md
"""

import argparse
import os
from pathlib import Path

# Before the engines are imported: OpenMP reads it once.
os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"

import cv2

from bench import on_lines, on_photos, report
from bench.score import Tally


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
        else on_photos.generated(args.photos, seed=args.seed, lang=args.lang, keep=args.keep)
    )
    readers = list(on_photos.READERS) if args.readers == "all" else ["Undrawer"]
    results = on_photos.measure(samples, readers)
    ours = results["Undrawer"]
    show_misses(ours.total, wanted=args.misses)
    rows: list[report.Row] = [
        (name, result.total, result.cpu_seconds / max(1, result.total.photos)) for name, result in results.items()
    ]
    kinds: list[report.Row] = [(kind, ours.kinds[kind], None) for kind in sorted(ours.kinds)]
    langs: list[report.Row] = [(lang, ours.langs[lang], None) for lang in sorted(ours.langs)]
    print(report.terminal(rows + kinds + langs))
    if args.write:
        tables = {"": rows, "Undrawer by kind of photo:": kinds, "Undrawer by language:": langs}
        report.write(args.write, f"{ours.total.photos} photos, {ours.total.cards} cards", tables)


def show_misses(tally: Tally, *, wanted: bool) -> None:
    for name, kind, missed, instead in tally.misses if wanted else ():
        print(f"{name}  {kind:8} missed {list(missed)}  instead {list(instead)}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--photos-in", type=Path)
    parser.add_argument("--readers", choices=("ours", "all"), default="all")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", default="")
    parser.add_argument("--noise", type=float, default=0.05)
    parser.add_argument("--others", type=float, default=0.06)
    parser.add_argument("--by", choices=("lang", "country"), default="lang")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", default="", metavar="SECTION")
    return parser.parse_args()


def main() -> None:
    cv2.setNumThreads(1)
    args = arguments()
    if args.lines:
        lines(args)
    else:
        photos(args)


if __name__ == "__main__":
    main()
