"""What a whole run writes: the sections of docs/benchmarks.md and the plot."""

from collections.abc import Sequence

from bench import report
from bench.reading import failures, plot
from bench.reading.figures import HARD, LARGE, SINGLES, TABLES, Figures, Set
from bench.reading.on_photos import Result
from bench.reading.readers import CUT, OURS, RAPIDOCR
from bench.reading.score import FIELDS, Tally
from bench.report import Row

PICTURE = report.PAGE.parent / "pictures" / "benchmark.svg"
SLOWEST_SECONDS, SLOWEST_TABLE_SECONDS = 0.45, 0.38
MOST_OF_RAW, MOST_OF_CUT = 0.25, 0.85
LEAST_TOGETHER, MOST_MB = 1.85, 700
LEAST = {"all": 0.97, "contact": 0.92, "whole": 0.85, "count": 0.99}
MOST_DOUBTED, LEAST_SURE_RIGHT = 0.10, 0.995
MOST_DOUBTED_IF_HARD, LEAST_SURE_RIGHT_IF_HARD = 0.40, 0.95

Goal = tuple[str, str, float, bool]
"""What is wanted, how much of it, what was found, and whether that is enough."""


def write(figures: Figures) -> None:
    report.put(
        "figures", f"## What is wanted, and what was found\n\n{report.circumstances()}\n\n{goals(figures)}\n\n{SEEN}"
    )
    report.put("photos", photos(figures))
    report.put("cpu", cpu(figures))
    report.put("doubts", doubts(figures))
    report.put("failures", failures.section([figures.ours.total, figures.hard.total]))
    report.put("lines", lines(figures))
    title = "Accuracy over CPU time: the same photos of 12 megapixels to every reader, one thread"
    across, down = "CPU seconds a card", "F1 over all fields"
    plot.write(PICTURE, dots(figures), title=title, across_title=across, down_title=down)


SEEN = "![Accuracy over CPU time](pictures/benchmark.svg)"


def goals(figures: Figures) -> str:
    rows = [
        [name, wanted, f"{found:.3f}" if found < 100 else f"{found:.0f}", "yes" if met else "**no**"]
        for name, wanted, found, met in [*accuracy(figures), *speed(figures), *honesty(figures)]
    ]
    return report.table(("", "wanted", "found", "met"), rows)


def at_least(name: str, least: float, found: float) -> Goal:
    return name, f"≥ {least:g}", found, found >= least


def at_most(name: str, most: float, found: float) -> Goal:
    return name, f"≤ {most:g}", found, found <= most


def accuracy(figures: Figures) -> list[Goal]:
    places = (("photos", figures.ours.total.figures()), ("lines", figures.lines.total.figures()))
    return [
        at_least(f"{where}: {name}", least, found[name]) for where, found in places for name, least in LEAST.items()
    ]


def speed(figures: Figures) -> list[Goal]:
    large, tables, together = figures.sets[LARGE], figures.sets[TABLES], figures.together
    return [
        at_most("CPU seconds a 12-megapixel photo of one card", SLOWEST_SECONDS, large.shared[OURS].seconds_a_photo),
        at_most("CPU of RapidOCR as it comes on the same raw photos", MOST_OF_RAW, large.ratio(RAPIDOCR)),
        at_most("CPU of RapidOCR alone on the same cards cut out", MOST_OF_CUT, large.ratio(CUT)),
        at_most("CPU seconds a card of a table", SLOWEST_TABLE_SECONDS, tables.shared[OURS].seconds_a_card),
        at_least("two workers on two cores, times one (CPU time)", LEAST_TOGETHER, together.by_cpu),
        at_least("two workers on two cores, times one (by the clock)", LEAST_TOGETHER, together.by_clock),
        at_most("megabytes of a worker", MOST_MB, together.peak_mb),
    ]


def honesty(figures: Figures) -> list[Goal]:
    found = []
    for where, tally in (("photos", figures.ours.total), ("lines", figures.lines.total)):
        doubted, sure_right = tally.sureness()
        found.append(at_most(f"{where}: values in doubt", MOST_DOUBTED, doubted))
        found.append(at_least(f"{where}: of the rest right", LEAST_SURE_RIGHT, sure_right))
    doubted, sure_right = figures.hard.total.sureness()
    found.append(at_most("hard photos: values in doubt", MOST_DOUBTED_IF_HARD, doubted))
    found.append(at_least("hard photos: of the rest right", LEAST_SURE_RIGHT_IF_HARD, sure_right))
    return found


def photos(figures: Figures) -> str:
    ours = [row for name, each in figures.sets.items() if name not in HARD for row in kinds_of(name, each)]
    total: Row = ("all photos", figures.ours.total, figures.ours.seconds_a_photo)
    hard: list[Row] = [(name, figures.sets[name].ours.total, figures.sets[name].ours.seconds_a_photo) for name in HARD]
    hard.append(("all hard photos", figures.hard.total, figures.hard.seconds_a_photo))
    parts = [
        f"## Photos\n\nUndrawer on {figures.ours.total.photos} photos. {SECONDS}",
        report.markdown([*ours, total]),
        f"Undrawer on {figures.hard.total.photos} photos that were made to be hard; they are not among those above.",
        report.markdown(hard),
    ]
    for name, each in figures.sets.items():
        if each.shared[OURS].total.photos:
            first = f"{name.capitalize()}: every reader on the same {each.shared[OURS].total.photos} photos."
            parts += [first, report.markdown(by_reader(each))]
    langs: list[Row] = [(lang, tally, None) for lang, tally in sorted(figures.ours.langs.items()) if tally.cards]
    parts += ["Undrawer by language, all photos.", report.markdown(langs)]
    return "\n\n".join(parts)


SECONDS = """CPU seconds are for a photo, mostly with another read on the other core; *CPU time*
below has those that were read alone."""


def kinds_of(name: str, each: Set) -> list[Row]:
    """A set as a row, and its kinds below it where there are several."""
    kinds: list[Row] = [(f"– {kind}", tally, None) for kind, tally in sorted(each.ours.kinds.items())]
    return [(name, each.ours.total, each.ours.seconds_a_photo), *(kinds if len(kinds) > 1 else [])]


def by_reader(each: Set) -> list[Row]:
    return [(name, result.total, result.seconds_a_photo) for name, result in each.shared.items()]


def cpu(figures: Figures) -> str:
    head = ("", "photos", "cards", "s a photo", "s a card", "Undrawer takes, times this")
    tables = []
    for name in (LARGE, TABLES, SINGLES):
        each = figures.sets[name]
        rows = [spent(reader, result, each.ratio(reader)) for reader, result in each.shared.items()]
        tables.append(f"{name.capitalize()}:\n\n{report.table(head, rows)}")
    together = figures.together
    last = (
        f"Two workers read {together.by_clock:.2f} times as much as one by the clock, which other work on the machine "
        f"disturbs, and {together.by_cpu:.2f} times by the CPU seconds that a photo costs alone and beside another. "
        f"A worker held at most {together.peak_mb:.0f} MB."
    )
    return "\n\n".join([f"## CPU time\n\n{CLOCK}", *tables, last])


CLOCK = """CPU seconds of one thread with those of child processes, from bytes to fields. The readers take turns on each photo,
so that what else the machine does meets all alike. `RapidOCR on cut cards` is told where each card lies and which way is
up (`Det.limit_type=max`, 736, no classifier); decoding and cutting are not counted for it."""


def spent(reader: str, result: Result, ratio: float) -> Sequence[str]:
    total = result.total
    seconds = (f"{result.seconds_a_photo:.3f}", f"{result.seconds_a_card:.3f}")
    return [reader, str(total.photos), str(total.cards), *seconds, "" if reader == OURS else f"{ratio:.2f}"]


def doubts(figures: Figures) -> str:
    places = [
        ("lines", figures.lines.total),
        *((name, figures.sets[name].ours.total) for name in (SINGLES, LARGE, TABLES)),
        ("hard photos", figures.hard.total),
    ]
    head = ("", *FIELDS, "all")
    shares = [[name, *(f"{tally.sureness(kind)[0]:.3f}" for kind in (*FIELDS, ""))] for name, tally in places]
    rights = [[name, *(sure_right(tally, kind) for kind in (*FIELDS, ""))] for name, tally in places]
    return "\n\n".join(
        [
            "## Knowing what it knows",
            "Share of values marked for a second look:",
            report.table(head, shares),
            "Of the values that are not marked, the share that is right, and their number:",
            report.table(head, rights),
            LEARNT,
        ]
    )


LEARNT = """What a value's doubt is made of, and how its weights were learnt: docs/extraction.md, *Doubts*, and bench/calibrate.py."""


def sure_right(tally: Tally, kind: str) -> str:
    sure = sum(tally.doubts[each]["sure"] for each in ([kind] if kind else FIELDS))
    return f"{tally.sureness(kind)[1]:.3f} ({sure})" if sure else "–"


def lines(figures: Figures) -> str:
    measured = figures.lines
    rows: list[Row] = [(key, measured.rows[key], None) for key in sorted(measured.rows)]
    rows.append(("all cards", measured.total, measured.cpu_seconds / max(1, measured.total.photos)))
    alone = f"Alone: `python -m bench --lines {measured.total.photos} --seed {figures.seed}`."
    return f"## Cards as simulated lines\n\nThe fields alone, without a picture; CPU seconds are for a card. {alone}\n\n{report.markdown(rows)}"


def dots(figures: Figures) -> list[plot.Dot]:
    shown = ((LARGE, "alone"), (TABLES, "on a table"))
    return [
        plot.Dot(reader, label, result.seconds_a_card, result.total.figures()["all"])
        for name, label in shown
        for reader, result in figures.sets[name].shared.items()
    ]
