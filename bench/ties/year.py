"""The scripted year, printed to be read by a person: `python -m bench.ties.year [--write]`."""

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median

from bench.ties.clock import MADRID, Year, run
from bench.ties.outcomes import page
from bench.ties.people import NEVER_ANSWERS, NEVER_GIVES, carded, from_fair, imported
from bench.ties.together import Together, people
from service.domain.ties.act import Act, ActType
from service.domain.ties.days import plus
from service.domain.ties.touch import FIRST_WORDS, Kind

LAST = date(2026, 12, 31)
PAGE = Path("docs/a-year.md")
FROM, TO = "<!-- year -->", "<!-- end of the year -->"


def always(_: date) -> bool:
    return True


def one_week_of_three(day: date) -> bool:
    return day.isocalendar().week % 3 == 0


def calendar(year: Year) -> list[str]:
    """A line a week: what was done, and after the arrow what came back."""
    lines = []
    for week in sorted(year.weeks):
        done = _grouped(year.done.get(week, []))
        back = _grouped(year.back.get(week, []))
        noted = f"  [{year.sorted[week]} old cards sorted]" if year.sorted[week] else ""
        raised = f" +{year.raised[week]}" if year.raised[week] else ""
        label = f"w{week.isocalendar().week:02} {week:%d%b}{raised}"
        lines.append(f"{label:<11} {done or '(nothing)'}{'  ← ' + back if back else ''}{noted}")
    return lines


def _grouped(told: list[tuple[str, str]]) -> str:
    names: dict[str, list[str]] = {}
    for what, name in told:
        names.setdefault(what, []).append(name)
    return " · ".join(f"{what}: {_some(who)}" for what, who in names.items())


def _some(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 12 else f"{', '.join(names[:9])} and {len(names) - 9} more"


def life(year: Year, name: str) -> list[str]:
    """Everything that happened with one person."""
    row = year.rows[name]
    shown = (ActType.MET, ActType.DID, ActType.ANSWERED, ActType.NO_ANSWER, ActType.TALKED, ActType.RECEIVED)
    lines = [_said(act) for act in row.acts if act.type in shown]
    step = row.seen.next if row.seen else None
    end = (
        f"stage {row.seen.stage}, {row.seen.warmth}; next: {step.standing} {step.day or ''}"
        if row.seen and step
        else ""
    )
    return [*lines, end.rstrip()]


def _said(act: Act) -> str:
    values = [str(one) for one in (act.kind, act.channel, act.outcome, act.talk, act.gift) if one]
    return f"{act.day:%d %b} {act.type}: {' '.join(values)}".rstrip(": ")


def figures(year: Year) -> list[str]:
    rows = year.rows.values()
    kinds = Counter(what for told in year.done.values() for what, _ in told)
    counts = [len(told) for _, told in sorted(year.done.items())]
    waits = _days_to_first(year)
    left = year.left_out.values()
    met = [row for row in rows if row.seen and row.tie.source == "card"]
    return [
        f"touches: {sum(kinds.values())} ({', '.join(f'{kind} {n}' for kind, n in kinds.most_common())})",
        f"a week: median {median(counts):.0f}, most {max(counts)}, weeks without any {len(year.weeks) - len(counts)}",
        f"a day: most {max(year.shares)}, mean {sum(year.shares) / max(1, len(year.shares)):.1f}",
        f"meeting to first word: median {median(waits):.0f} days, most {max(waits)}" if waits else "",
        f"cards by stage: {_counted(row.seen.stage for row in met if row.seen)}",
        f"cards stand: {_counted(row.seen.next.standing for row in met if row.seen)}",
        f"doors open for an ask: {sum(not row.seen.gate for row in rows if row.seen)}",
        f"left out: mean {sum(left) / len(left):.1f} a week, most {max(left)}",
        f"circle proposals: {_counted(kind for _, kind, _ in year.moves)}",
        f"second tries: at most {_busiest_try(year)} in a week",
    ]


def _counted(values: Iterable[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in Counter(map(str, values)).most_common()) or "none"


def _days_to_first(year: Year) -> list[int]:
    waits = []
    for row in year.rows.values():
        met = next((act.day for act in row.acts if act.type is ActType.MET), None)
        first = next((act.day for act in row.acts if act.type is ActType.DID), None)
        kind = next((act.kind for act in row.acts if act.type is ActType.DID), None)
        if met and first and kind in (*FIRST_WORDS, Kind.PROMISE):
            waits.append((first - met).days)
    return waits


def _busiest_try(year: Year) -> int:
    weeks: Counter[date] = Counter()
    for row in year.rows.values():
        done = [act for act in row.acts if act.type is ActType.DID]
        answered = any(act.type is ActType.ANSWERED and act.outcome != "unknown" for act in row.acts)
        if len(done) > 1 and not answered:
            weeks[plus(done[1].day, -done[1].day.weekday())] += 1
    return max(weeks.values(), default=0)


def told() -> str:
    """The whole page's middle part."""
    diligent = run([*carded(), *from_fair(), *imported()], LAST, always, MADRID)
    quiet = run(carded(), LAST, always, MADRID)
    away = run(carded(), LAST, one_week_of_three, MADRID)
    script = Together()
    giving = run(people(), LAST, always, MADRID, script)
    parts = [
        _part("Fifty cards, alone", [*calendar(quiet), "", *figures(quiet)]),
        _part(f"{NEVER_ANSWERS}, who never answers", life(quiet, NEVER_ANSWERS)),
        _part(f"{NEVER_GIVES}, who always answers and never gives", life(quiet, NEVER_GIVES)),
        _part("The same with a fair of 200 and 1,000 imports", [*calendar(diligent), "", *figures(diligent)]),
        _part("The fifty cards with a user who is away two weeks of three", [*calendar(away), "", *figures(away)]),
        _part("One who gives: evenings, a dinner for four, introductions, old contacts", calendar(giving)),
        _part("Its figures", figures(giving)),
        _part("Its page of outcomes", page(giving, script)),
    ]
    return "\n".join(parts)


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([f"### {title}", "```", *(line for line in lines), "```", ""])


def main() -> None:
    found = told()
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.split(FROM)[0], text.split(TO)[1]
        PAGE.write_text(f"{before}{FROM}\n{found}{TO}{after}", encoding="utf-8")
    else:
        print(found)


if __name__ == "__main__":
    main()
