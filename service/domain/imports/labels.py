"""What a table says of its values beyond themselves, set in the vCard: which are of work or home, and the birthday."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from service.domain.imports.days import NO_YEAR
from service.domain.people.content_lines import Line, escaped, lines_of, text_of

_KINDS: Final = {
    "HOME": {"home", "casa", "particular", "personal", "private", "domicilio"},
    "WORK": {"work", "business", "trabajo", "oficina"},
}
_KNOWN: Final = {"mobile", "cell", "cellular", "móvil", "celular", "iphone", "fax", "other", "otro", "otra", "otros"}
"""Words that need no label: a number says by its type what it is, and what is for anything else says nothing."""
_LONGEST: Final = 100
_EVERYBODY: Final = "* mycontacts"
"""The group of Google's that says of everybody that he is a contact."""
_OF_APPLE: Final = frozenset(
    "anniversary spouse partner child mother father parent brother sister friend manager assistant".split()
)
"""Words of which iOS shows its own language."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a table says of a person that stands on no card; events and relations with their labels."""

    nicknames: tuple[str, ...] = ()
    pagers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    events: tuple[tuple[str, date], ...] = ()
    relations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """One for each value, in their order; "" says that it is for nothing in particular, None that the table does not say."""

    phones: tuple[str | None, ...] = ()
    emails: tuple[str | None, ...] = ()
    addresses: tuple[str | None, ...] = ()
    birthday: date | None = None
    beside: Beside = Beside()


def labelled(vcard: str, labels: Labels) -> str:
    """A new vCard with the labels at its values: known ones as types, others in their own words."""
    lines = list(lines_of(vcard))
    said: dict[int, str] = {}
    for name, told in (("TEL", labels.phones), ("EMAIL", labels.emails), ("ADR", labels.addresses)):
        places = [at for at, line in enumerate(lines) if line.name == name]
        if len(places) == len(told):
            said |= {at: label for at, label in zip(places, told, strict=True) if label is not None}
    beside = [*_birthday(labels.birthday), *_beside(labels.beside)]
    return text_of([*_lines(lines, said), *beside]) if said or beside else vcard


def _lines(lines: Sequence[Line], said: dict[int, str]) -> Iterator[Line]:
    groups = 0
    for at, line in enumerate(lines):
        if at not in said:
            yield line
            continue
        typed = _typed(line, said[at])
        own = "" if _is_known(said[at]) else said[at][:_LONGEST]
        groups += bool(own)
        yield replace(typed, group=f"item{groups}") if own else typed
        if own:
            yield Line("X-ABLABEL", escaped(own), group=f"item{groups}")


def _typed(line: Line, label: str) -> Line:
    """A number has its types from its column already."""
    if line.name == "TEL":
        return line
    kinds = [kind for kind, words in _KINDS.items() if words & _words(label)]
    return line.with_types([*(["INTERNET"] if line.name == "EMAIL" else []), *kinds[:1]])


def _is_known(label: str) -> bool:
    return not label or bool(_words(label) & {*_KNOWN, *_KINDS["HOME"], *_KINDS["WORK"]})


def _words(label: str) -> set[str]:
    return set(label.casefold().split())


def _birthday(day: date | None) -> Iterator[Line]:
    if day:
        yield _day("BDAY", day)


def _day(name: str, day: date) -> Line:
    params = (("X-APPLE-OMIT-YEAR", str(NO_YEAR)),) if day.year == NO_YEAR else ()
    return Line(name, day.isoformat(), params)


def _beside(said: Beside) -> Iterator[Line]:
    """Events and relations as Apple writes them, for others read that too."""
    yield from (Line("NICKNAME", escaped(name)) for name in said.nicknames)
    yield from (Line("TEL", escaped(number), (("TYPE", "PAGER"),)) for number in said.pagers)
    groups = [one for one in said.categories if one.casefold() != _EVERYBODY]
    if groups:
        yield Line("CATEGORIES", ",".join(map(escaped, groups)))
    told = [(label, _day("X-ABDATE", day)) for label, day in said.events]
    told += [(label, Line("X-ABRELATEDNAMES", escaped(name))) for label, name in said.relations]
    for number, (label, line) in enumerate(told, start=1):
        yield replace(line, group=f"said{number}") if label else line
        if label:
            known = f"_$!<{label.capitalize()}>!$_" if label.casefold() in _OF_APPLE else label
            yield Line("X-ABLABEL", escaped(known[:_LONGEST]), group=f"said{number}")
