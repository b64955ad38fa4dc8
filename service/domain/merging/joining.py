"""One vCard of two: the union of what both say; of what a person has only one of, the newer, and the older is noted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Final

from service.domain.duplicates.names import words_of
from service.domain.people.content_lines import Line, escaped, lines_of, parts, plain, text_of
from service.domain.people.same import company, letters, same_number, url
from service.domain.people.vcard_reading import fields_of
from service.domain.people.vcard_three import as_three

ONE_OF_EACH: Final = frozenset({"N", "FN", "ORG", "TITLE", "NOTE", "BDAY", "ANNIVERSARY", "PHOTO", "X-ABSHOWAS"})
OF_THE_CARD: Final = frozenset({"UID", "REV", "PRODID"})
"""What says something of the vCard and nothing of the person."""
_NAMES: Final = ("N", "FN", "X-ABSHOWAS")
_WORK: Final = ("ORG", "TITLE")
_NOTED: Final = ("BDAY", "ANNIVERSARY")


@dataclass(frozen=True, slots=True)
class Joined:
    """The vCard of both; `news` is the position that is new by it, "" where none is."""

    text: str
    news: str


def joined(kept: str, gone: str, *, now: datetime) -> Joined:
    """Join `gone` into `kept`, whose UID stays. Of two positions that of the later revision is the present one, of two alike the second."""
    mine, theirs = list(lines_of(as_three(kept))), list(lines_of(as_three(gone)))
    newer, older = (theirs, mine) if _revised(theirs) >= _revised(mine) else (mine, theirs)
    lines = [*_frame(mine), *_names(mine, theirs), *_singles(newer, older), *_many(mine, theirs)]
    note = "\n".join(dict.fromkeys(row for row in _note_rows(mine, theirs, newer, older) if row))
    if note:
        lines.append(Line("NOTE", escaped(note)))
    lines.append(Line("REV", now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")))
    return Joined(text_of(lines), position(newer) if newer is theirs and _has_moved(older, newer) else "")


def position(lines: Sequence[Line]) -> str:
    """Title and company in a line."""
    org = _one(lines, "ORG")
    said = (plain(_one(lines, "TITLE")), plain(parts(org)[0]) if org else "")
    return " · ".join(part for part in said if part)


def _has_moved(older: Sequence[Line], newer: Sequence[Line]) -> bool:
    """Another company, or another title; what a card leaves unsaid is no news."""
    firms = [_firm(plain(parts(org)[0])) for org in (_one(older, "ORG"), _one(newer, "ORG"))]
    titles = [letters(title) or title for title in (plain(_one(lines, "TITLE")) for lines in (older, newer))]
    return any(was and told and was != told for was, told in (firms, titles))


def _firm(name: str) -> str:
    """Short names, too: EY and 3M are companies, though too little to find somebody by."""
    return company(name) or letters(name) or name


def _departments(lines: Sequence[Line]) -> list[str]:
    return [plain(part) for part in parts(_one(lines, "ORG"))[1:] if part]


def _frame(mine: Sequence[Line]) -> Iterator[Line]:
    yield from (line for line in mine if line.name in ("UID", "PRODID"))


def _names(mine: Sequence[Line], theirs: Sequence[Line]) -> Iterator[Line]:
    """The fuller name; where both say as much, the one that stays."""
    fuller = max((mine, theirs), key=lambda lines: (bool(_person(lines)), len(words_of(_person(lines)))))
    yield from (line for line in fuller if line.name in _NAMES)


def _person(lines: Sequence[Line]) -> str:
    return plain(_one(lines, "FN")) if _one(lines, "N").strip(";") else ""


def _singles(newer: Sequence[Line], older: Sequence[Line]) -> Iterator[Line]:
    for name in (*_WORK, *_NOTED, "PHOTO"):
        both = [line for lines in (newer, older) for line in lines if line.name == name]
        # A department alone says nothing of the company.
        found = next((line for line in both if name != "ORG" or parts(line.value)[0]), next(iter(both), None))
        if found:
            yield found


def _note_rows(
    mine: Sequence[Line], theirs: Sequence[Line], newer: Sequence[Line], older: Sequence[Line]
) -> Iterator[str]:
    """Both notes, then what has no place of its own any more: another name, the position before, another day."""
    for lines in (mine, theirs):
        yield from plain(_one(lines, "NOTE")).split("\n")
    shown = next(plain(line.value) for line in _names(mine, theirs) if line.name == "FN")
    for lines in (mine, theirs):
        other = plain(_one(lines, "FN"))
        if other and not {*words_of(other)} <= {*words_of(shown)} and other != plain(_one(lines, "ORG")):
            yield other
    firm = _departments([one for one in _singles(newer, older) if one.name == "ORG"])
    departments = [one for lines in (newer, older) for one in _departments(lines) if one not in firm]
    if _has_moved(older, newer):
        since, was = _revised(newer)[:10], " · ".join([position(older), *departments])
        yield f"{was} (… {since})" if since else was
    else:
        yield from departments
    for name in _NOTED:
        was, told = _one(older, name), _one(newer, name)
        if was and told and was != told:
            yield f"{name}: {plain(was)}"


def _many(mine: Sequence[Line], theirs: Sequence[Line]) -> Iterator[Line]:
    """All that one may have several of, each value once, the labels of iOS with what they belong to."""
    there = Counter(_same(line) for line in mine)
    known = [line for line in mine if _is_many(line)]
    new = [line for line in theirs if _is_many(line) and line.name != "X-ABLABEL" and not _is_there(line, known, there)]
    yield from known
    yield from _with_groups(new, theirs, taken={line.group for line in mine})


def _with_groups(new: Sequence[Line], theirs: Sequence[Line], *, taken: set[str]) -> Iterator[Line]:
    fresh = (f"item{number}" for number in count(1) if f"item{number}" not in taken)
    groups: dict[str, str] = {}
    for line in new:
        if line.group and line.group not in groups:
            groups[line.group] = next(fresh)
    yield from (replace(line, group=groups.get(line.group, "")) for line in new)
    labels = (line for line in theirs if line.name == "X-ABLABEL" and line.group in groups)
    yield from (replace(line, group=groups[line.group]) for line in labels)


def _is_many(line: Line) -> bool:
    return line.name not in ONE_OF_EACH | OF_THE_CARD


def _is_there(line: Line, known: Sequence[Line], there: Counter[tuple[str, str]]) -> bool:
    if line.name == "TEL":
        numbers = fields_of(text_of(one for one in known if one.name == "TEL")).phones
        mine = fields_of(text_of([line])).phones[0]
        return any(same_number(mine, other) for other in numbers)
    return there[_same(line)] > 0


def _same(line: Line) -> tuple[str, str]:
    """By which a value is the same, whatever its dress."""
    said = plain(line.value).strip()
    if line.name in ("URL", "X-SOCIALPROFILE"):
        return line.name, url(said)
    if line.name == "EMAIL":
        return line.name, said.casefold()
    return line.name, re.sub(r"\W+", " ", said).casefold() if line.name == "ADR" else said


def _revised(lines: Sequence[Line]) -> str:
    """The digits of the day and time at which it was last changed, so that either way of writing them compares."""
    digits = re.sub(r"\D", "", _one(lines, "REV").partition(".")[0])[:14]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:]}" if len(digits) >= 8 else ""


def _one(lines: Sequence[Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")
