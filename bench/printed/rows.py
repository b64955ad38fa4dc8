"""The parts of a card as lines of type to be set: the person, the company, the ways to reach them, the rest."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.invented.content import Content, Entry
from bench.printed.placing import Measure, Row, flat, lines_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What a layout may choose by chance, and how wide type runs. Heights follow the country's format."""

    chance: random.Random
    measure: Measure
    width: float = 1000.0
    height: float = 647.0
    text: float = 29.0
    name: float = 56.0
    logo: bool = True


def person_rows(content: Content, setting: Setting, *, ink: str = "ink", soft: str = "soft") -> list[Row]:
    """Name, credentials, title and department, in the order people print them."""
    text = setting.text
    return flat(
        [
            lines_of(content.name, Row("", setting.name, "name", "name", ink)),
            lines_of(content.credentials, Row("", text * 0.85, "credentials", "text", soft)),
            lines_of(content.title, Row("", text * 1.08, "title", "bold", "accent" if soft == "soft" else soft, gap=8)),
            lines_of(content.department, Row("", text, "department", "text", soft)),
        ]
    )


def org_rows(content: Content, setting: Setting, *, ink: str = "ink", soft: str = "soft", by: float = 1.0) -> list[Row]:
    size = setting.text * 1.5 * by
    mark = [Row(content.mark, size * 1.7, "mark", "logo", "accent" if ink == "ink" else ink)]
    slogan = lines_of(content.slogan, Row("", setting.text * 0.82 * by, "slogan", "light", soft, gap=4))
    return mark + [org_row(line, size, ink) for line in content.org.split("\n")] + slogan


def org_row(line: str, size: float, ink: str) -> Row:
    """A line of the company's name; the small part of a torn logo in another face."""
    small = line.startswith("~")
    return Row(line.removeprefix("~"), size * (0.55 if small else 1.0), "org", "text" if small else "logo", ink)


def entry_rows(entries: Sequence[Entry], setting: Setting, *, ink: str = "ink", icons: bool = True) -> list[Row]:
    """Icons are left out where the lines do not begin below each other."""
    rows: list[Row] = []
    for entry in entries:
        icon = entry.kind if entry.icon and icons else ""
        rows += lines_of(entry.printed, Row("", setting.text, entry.kind, "text", ink, gap=7, icon=icon))
    return rows


def note_rows(content: Content, setting: Setting, *, ink: str = "soft") -> list[Row]:
    size = setting.text * 0.78
    services = [Row(text, size * 1.08, "services", "text", ink, gap=4) for text in content.services]
    return services + [Row(text, size, "note", "light", ink, gap=6) for text in content.notes]


def strip_rows(content: Content, setting: Setting) -> list[Row]:
    mark = setting.chance.choice([" · ", " | ", "  •  ", "  /  ", " – ", "   "])
    texts = [entry.printed.replace("\n", ", ") for entry in content.entries]
    per_row = 2 if len(texts) > 2 else 1
    joined = [mark.join(texts[i : i + per_row]) for i in range(0, len(texts), per_row)]
    return [Row(text, setting.text * 0.95, "strip", "text", "on_accent", gap=5) for text in joined]
