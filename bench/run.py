"""`python -m bench.run`: measures the reader on the bench.

--lines N     N simulated cards, no pictures read: accuracy of the fields alone, and their speed
--seed S      other cards (default 1)
--lang es     one language only
--noise 0.05  share of lines with a misread letter
--misses      what was missed and what stood instead, a line each
--by lang     one row of figures for each language (or `country`)
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bench.lines import Simulated, read_again, simulate
from bench.score import Tally
from service.domain.card import Reading
from service.domain.reading_json import summary
from workers.extraction.fields import doubtful_lines, understand
from workers.extraction.fields.whether_card import is_card

if TYPE_CHECKING:
    from bench.content import Truth

COLUMNS = ("all", "name", "org", "title", "emails", "phones", "urls", "address", "contact", "whole", "count", "type", "doubted", "sure right")  # fmt: skip


def read_lines(card: Simulated, *, seed: int, noise: float) -> Reading | None:
    """As extraction does with lines: understand, ask the second reader where in doubt, understand again."""
    lines = list(card.lines)
    reading = understand(lines, width=card.width, height=card.height)
    if not is_card(lines, width=card.width, height=card.height, reading=reading):
        return None
    again = set(doubtful_lines(reading, lines))
    if not again:
        return reading
    lines = [read_again(line, seed, noise=noise) if at in again else line for at, line in enumerate(lines)]
    return understand(lines, width=card.width, height=card.height)


def on_lines(args: argparse.Namespace) -> None:
    total, rows, seconds = Tally(), defaultdict[str, Tally](Tally), 0.0
    for number in range(args.lines):
        seed = args.seed * 1_000_000 + number
        card = simulate(seed, noise=args.noise, lang=args.lang, others=args.others)
        start = time.process_time()
        reading = read_lines(card, seed=seed, noise=args.noise)
        seconds += time.process_time() - start
        truth: list[Truth] = [card.truth] if card.truth is not None else []
        got: list[Truth] = [summary(reading)] if reading else []
        key = str(truth[0][args.by]) if truth and args.by else "no card" if args.by else "all"
        for tally in (total, rows[key]):
            tally.photo(truth, got, name=str(seed))
    if args.misses:
        show_misses(total)
    show([(key, rows[key]) for key in sorted(rows)] if args.by else [])
    show([("all cards", total)])
    print(
        f"{args.lines} cards, {1000 * seconds / max(1, args.lines):.1f} ms CPU a card; seed {args.seed}, noise {args.noise}"
    )


def show_misses(tally: Tally) -> None:
    for name, kind, missed, instead in tally.misses:
        print(f"{name}  {kind:8} missed {list(missed)}  instead {list(instead)}")


def show(rows: Sequence[tuple[str, Tally]]) -> None:
    if rows:
        print(f"{'':14}{'cards':>6} " + " ".join(f"{column[:8]:>8}" for column in COLUMNS))
    for name, tally in rows:
        figures = tally.figures()
        print(f"{name:14}{tally.cards:6} " + " ".join(f"{figures[column]:8.3f}" for column in COLUMNS))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", default="")
    parser.add_argument("--noise", type=float, default=0.05)
    parser.add_argument("--others", type=float, default=0.06)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--by", choices=("lang", "country"), default="")
    return parser.parse_args()


if __name__ == "__main__":
    on_lines(arguments())
