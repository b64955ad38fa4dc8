"""Figures as tables: on the terminal, and as sections of docs/benchmarks.md with machine, versions and command."""

import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytesseract

from bench.reading.score import Tally

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

COLUMNS = ("all", "name", "org", "title", "emails", "phones", "urls", "address", "contact", "whole", "count", "type", "doubted", "sure right")  # fmt: skip

HEAD = """# Benchmarks

`script/bench` makes every card, photo and line below from a seed, reads them, and writes this page; bench/README.md tells how.
The seeds of published figures are used for nothing else. No photo and no word of them comes from anybody's card.

Columns: F1 over all fields and of each; **contact**, the share of cards whose name, mails and numbers are all right;
**whole**, where organisation and title are right as well; **count**, the share of photos with the right number of cards;
**type**, of the numbers found, those told right as work, mobile or fax; **doubted**, the share of values marked for a second
look; **sure right**, how many of the rest are right. How a field is judged: bench/reading/score.py. The plain engines come with
regular expressions for mails, sites and numbers and short word lists for titles, legal forms and streets, and are told
the card's country (bench/reading/baselines.py).
"""

Row = tuple[str, Tally, float | None]
"""A name, its count, and CPU seconds a photo (or card) where they were measured."""


def terminal(rows: Iterable[Row]) -> str:
    lines = [f"{'':34}{'cards':>6} " + " ".join(f"{column[:8]:>8}" for column in COLUMNS) + "    CPU s"]
    for name, tally, seconds in rows:
        figures = tally.figures()
        shown = " ".join(f"{figure(tally, figures, column):>8}" for column in COLUMNS)
        lines.append(f"{name[:34]:34}{tally.cards:6} {shown}" + ("" if seconds is None else f"{seconds:9.3f}"))
    return "\n".join(lines)


def markdown(rows: Iterable[Row]) -> str:
    return table(("", "cards", *COLUMNS, "CPU s"), [cells(*row) for row in rows])


def cells(name: str, tally: Tally, seconds: float | None) -> list[str]:
    figures = tally.figures()
    shown = (figure(tally, figures, column) for column in COLUMNS)
    return [name, str(tally.cards), *shown, "" if seconds is None else f"{seconds:.3f}"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def figure(tally: Tally, figures: Mapping[str, float], column: str) -> str:
    """Where there is no card, only the count of cards says anything; and nothing where nothing of a kind is printed."""
    empty = column in tally.fields and not tally.fields[column].total()
    return "–" if empty or not (tally.cards or column == "count") else f"{figures[column]:.3f}"


def write(section: str, title: str, tables: Mapping[str, Iterable[Row]]) -> None:
    """A section of tables of the usual columns."""
    body = "\n\n".join(f"{name}\n\n{markdown(rows)}" if name else markdown(rows) for name, rows in tables.items())
    put(section, f"## {title}\n\n{circumstances()}\n\n{body}")


def put(section: str, text: str, *, page: Path = PAGE) -> None:
    """Puts a text into its section of a page and leaves the others as they are."""
    block = f"<!-- {section} -->\n{text}\n<!-- end of {section} -->\n"
    old = page.read_text(encoding="utf-8") if page.exists() else HEAD
    pattern = re.compile(rf"<!-- {section} -->.*?<!-- end of {section} -->\n", re.DOTALL)
    new = pattern.sub(lambda _: block, old) if pattern.search(old) else f"{old.rstrip()}\n\n{block}"
    page.write_text(new, encoding="utf-8")


def circumstances() -> str:
    """The command, the day, the machine and the versions that a figure depends on."""
    command = " ".join(["script/bench", *(shown(word) for word in repeatable(sys.argv[1:]))])
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("rapidocr", "onnxruntime", "opencv-python-headless", "numpy")
    )
    engine = f"Tesseract {str(pytesseract.get_tesseract_version()).split()[0]}"
    day = datetime.now(UTC).date().isoformat()
    machine = f"{processor()}, {os.cpu_count()} cores, one thread"
    return f"`{command}`\n{day}, {machine}; Python {platform.python_version()}, {packages}, {engine}."


def repeatable(words: Sequence[str]) -> list[str]:
    """The arguments that make the figures; not where photos were kept, nor that misses were shown."""
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word not in ("--misses", "--keep") and before != "--keep"
    ]


def shown(word: str) -> str:
    """Folders outside of the project are named without where they lie."""
    return f".../{Path(word).name}" if word.startswith(("/", "..")) else word


def processor() -> str:
    names = (
        re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        if Path("/proc/cpuinfo").exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()
