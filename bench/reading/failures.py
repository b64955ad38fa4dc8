"""What was read wrong, by class, with the photos that show it: for docs/benchmarks.md."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from bench.reading.score import Tally, without_accents
from bench.report import table

EXAMPLES = 4
LIKE = 75

CLASSES = {
    "a card is not found": "Its rim and its text did not make one shape, or it was taken for no card.",
    "a card too many": "One card was cut in two, another thing was taken for a card, or a card below shows through.",
    "accents, blanks or capitals": "The first reader knows few accents; blanks are told by their width alone.",
    "letters misread": "Letters that look alike, in small or faint type.",
    "a part, or more than it": "A value over several lines, or one that shares a line, was cut at the wrong place.",
    "another line instead": "The other line had the better claim: size, place, words.",
    "left empty": "The line was not read, or nothing spoke for it.",
    "nothing of the kind is printed": "A service, a slogan, a licence number taken for a value.",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One value read wrong: what was printed, what was made of it, and on which photo."""

    photo: str
    field: str
    printed: str
    read: str


def of(tallies: Sequence[Tally]) -> dict[str, list[Failure]]:
    """Every failure of some counts, by class."""
    found: dict[str, list[Failure]] = {name: [] for name in CLASSES}
    for tally in tallies:
        for photo, printed, read in tally.unmatched:
            known = str((printed or read).get("name") or (printed or read).get("org") or "")
            name = "a card is not found" if printed else "a card too many"
            found[name].append(Failure(photo, "card", known if printed else "", known if read else ""))
        for photo, field, missed, invented in tally.misses:
            for name, failure in classed(photo, field, missed, invented):
                found[name].append(failure)
    return found


def classed(photo: str, field: str, missed: Sequence[Any], invented: Sequence[Any]) -> Iterator[tuple[str, Failure]]:
    left = [shown(value) for value in invented]
    for printed in map(shown, missed):
        read = max(left, key=lambda value, printed=printed: likeness(printed, value), default="")  # type: ignore[misc]
        if read:
            left.remove(read)
        yield class_of(printed, read), Failure(photo, field, printed, read)
    yield from (("nothing of the kind is printed", Failure(photo, field, "", read)) for read in left)


def shown(value: Any) -> str:
    return str(value.get("raw") or value.get("e164") or "") if isinstance(value, dict) else str(value)


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", without_accents(text.casefold()))


def likeness(one: str, other: str) -> float:
    return max(fuzz.ratio(bare(one), bare(other)), 99.0 * (bool(bare(other)) and bare(other) in bare(one)))


def class_of(printed: str, read: str) -> str:
    one, other = bare(printed), bare(read)
    if not read:
        return "left empty"
    if one == other:
        return "accents, blanks or capitals"
    if one and other and (one in other or other in one) and abs(len(one) - len(other)) > 1:
        return "a part, or more than it"
    return "letters misread" if fuzz.ratio(one, other) >= LIKE else "another line instead"


def section(tallies: Sequence[Tally]) -> str:
    found = of(tallies)
    rows = [
        [f"{name}. {CLASSES[name]}", str(len(failures)), fields_of(failures), "<br>".join(map(told, some(failures)))]
        for name, failures in found.items()
        if failures
    ]
    return "\n\n".join([HEAD, table(("class, and why", "times", "fields", "photos: printed → read"), rows)])


HEAD = """## What was read wrong, and where

All failures of the run by class, with some of the photos that show them. A photo's number is its seed: its first digits
are `--seed`, the last six `--first`, its last word is `--kind`:
`python -m bench --photos 1 --seed 100 --first 17 --kind held --readers ours --keep DIR` makes and reads 100000017-held again."""


def fields_of(failures: Sequence[Failure]) -> str:
    counts: defaultdict[str, int] = defaultdict(int)
    for failure in failures:
        counts[failure.field] += 1
    return ", ".join(f"{field} {count}" for field, count in sorted(counts.items(), key=lambda each: -each[1]))


def some(failures: Sequence[Failure]) -> list[Failure]:
    """The first of each photo, for one photo may fail often."""
    return list({failure.photo: failure for failure in reversed(failures)}.values())[::-1][:EXAMPLES]


def told(failure: Failure) -> str:
    values = " → ".join(f"`{quoted(text)}`" if text else "nothing" for text in (failure.printed, failure.read))
    return f"{failure.photo.removesuffix('.jpg')}: {failure.field} {values}"


def quoted(text: str) -> str:
    return text.replace("|", "/").replace("`", "'").replace("\n", " ")
