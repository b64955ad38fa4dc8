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

from bench.score import Tally

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

COLUMNS = ("all", "name", "org", "title", "emails", "phones", "urls", "address", "contact", "whole", "count", "type", "doubted", "sure right")  # fmt: skip

HEAD = """# Benchmarks

Every figure here is written by a command, which stands beside it; `bench/` makes the cards, the photos and the lines from
a seed. Columns: F1 over all fields and of each; **contact**, the share of cards whose name, mails and numbers are all
right; **whole**, where organisation and title are right as well; **count**, the share of photos with the right number of
cards; **type**, of the numbers found, those told right as work, mobile or fax; **doubted**, the share of values marked for
a second look; **sure right**, how many of the rest are right. How a field is judged: bench/score.py.
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
    lines = ["| | cards | " + " | ".join(COLUMNS) + " | CPU s |", "|---" * (len(COLUMNS) + 3) + "|"]
    for name, tally, seconds in rows:
        figures = tally.figures()
        shown = " | ".join(figure(tally, figures, column) for column in COLUMNS)
        lines.append(f"| {name} | {tally.cards} | {shown} | {'' if seconds is None else f'{seconds:.3f}'} |")
    return "\n".join(lines)


def figure(tally: Tally, figures: Mapping[str, float], column: str) -> str:
    """Where there is no card, only the count of cards says anything."""
    return f"{figures[column]:.3f}" if tally.cards or column == "count" else "–"


def write(section: str, title: str, tables: Mapping[str, Iterable[Row]]) -> None:
    """Puts the tables into their section of docs/benchmarks.md and leaves the others as they are."""
    body = "\n\n".join(f"{name}\n\n{markdown(rows)}" if name else markdown(rows) for name, rows in tables.items())
    block = f"<!-- {section} -->\n## {title}\n\n{circumstances()}\n\n{body}\n<!-- end of {section} -->\n"
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    pattern = re.compile(rf"<!-- {section} -->.*?<!-- end of {section} -->\n", re.DOTALL)
    page = pattern.sub(lambda _: block, page) if pattern.search(page) else f"{page.rstrip()}\n\n{block}"
    PAGE.write_text(page, encoding="utf-8")


def circumstances() -> str:
    """The command, the day, the machine and the versions that a figure depends on."""
    command = "python -m bench " + " ".join(shown(word) for word in repeatable(sys.argv[1:]))
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("rapidocr", "onnxruntime", "opencv-python-headless", "numpy")
    )
    engine = f"Tesseract {str(pytesseract.get_tesseract_version()).split()[0]}"
    day = datetime.now(UTC).date().isoformat()
    return f"`{command}`\n{day}, {processor()}, {os.cpu_count()} cores, one thread; Python {platform.python_version()}, {packages}, {engine}."


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
