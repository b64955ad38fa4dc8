"""A card of a file as a contact: version 3.0 with a name and a UID, what cannot be kept left out with the reason."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from service.domain.errors import BadValue
from service.domain.imports.card_lines import BINARY, PICTURES, lines_in
from service.domain.imports.cards import Card
from service.domain.imports.columns import Column
from service.domain.imports.rows import Entry, Habits, Trouble
from service.domain.people.content_lines import Line, escaped, lines_of, parts, plain, text_of
from service.domain.people.name import split_name
from service.domain.people.vcard import fields_of
from service.domain.people.vcard_three import dated
from service.domain.reading.card import PersonName
from service.domain.reading.correction import e164_of

MAX_PICTURE: Final = 512 * 2**10
"""Letters of base64: phones keep pictures of a third of it."""
_LONGEST: Final = 20_000
_LONGEST_UID: Final = 255
_COLUMNS: Final = {
    "NOTE": Column.NOTE,
    "URL": Column.URL,
    "ADR": Column.ADDRESS,
    "EMAIL": Column.EMAIL,
    "TEL": Column.PHONE,
    "ORG": Column.ORG,
    "TITLE": Column.TITLE,
}
_DROPPED: Final = frozenset(
    {"AGENT", "PRODID", "CLIENTPIDMAP", "MEMBER", "X-ADDRESSBOOKSERVER-KIND", "KIND", "CHARSET"}
)
_GROUPS: Final = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
_DATA: Final = re.compile(r"data:image/(\w+);base64,(.*)", re.IGNORECASE | re.DOTALL)
_ADDRESS: Final = re.compile(r"^(?:https?|ftp|content|file):", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"\s*(?:ext\.?|;ext=|,+)\s*(\d{1,8})$", re.IGNORECASE)
_NEW_NAMES: Final = {"SOCIALPROFILE": "X-SOCIALPROFILE"}


def person_of(card: Card, *, habits: Habits) -> tuple[str, Entry] | Trouble:
    """The vCard of a card of the file, without a UID if it has none, and what it holds; or why it cannot go in."""
    if card.trouble:
        return card.trouble
    lines = list(lines_in(card.lines))
    if any(line.name in _GROUPS and line.value.lower() == "group" for line in lines):
        return Trouble.GROUP
    kept, left_out = _kept(lines, habits)
    named = list(_named(kept, habits))
    if not named:
        return Trouble.NOBODY
    text = text_of([*named, *(line for line in kept if line.name not in ("N", "FN", "X-ABSHOWAS"))])
    try:
        return text, Entry(fields_of(text), left_out=tuple(left_out))
    except BadValue:
        return Trouble.BROKEN


def uid_of(text: str) -> str:
    return next((line.value.strip() for line in lines_of(text) if line.name == "UID"), "")


def updated(kept: str, told: str) -> str:
    """A contact as the file tells it anew: what the file says of it takes the place of the old, the rest stays."""
    before, new = list(lines_of(kept)), [line for line in lines_of(told) if line.name not in ("UID", "REV")]
    names = {line.name for line in new} | {"X-ABLABEL"}
    was = {replace(line, group="") for line in before}
    if all(replace(line, group="") in was for line in new) and _counts(before, names) == _counts(new, names):
        return kept
    groups = {line.group for line in before if line.group and line.name not in names}
    stays = [line for line in before if line.name not in names or (line.name == "X-ABLABEL" and line.group in groups)]
    revised = [line for line in lines_of(told) if line.name == "REV"] or [line for line in stays if line.name == "REV"]
    return text_of([*(line for line in stays if line.name != "REV"), *new, *revised])


def _counts(lines: Iterable[Line], names: set[str]) -> dict[str, int]:
    return {name: number for name, number in Counter(line.name for line in lines).items() if name in names}


def with_uid(text: str, uid: str) -> str:
    """The same with a UID in the place of its own."""
    head, rest = "BEGIN:VCARD\r\nVERSION:3.0\r\n", re.sub(r"\r\nUID:[^\r]*(?:\r\n [^\r]*)*", "", text)
    return f"{head}UID:{uid}\r\n{rest.removeprefix(head)}"


def _kept(lines: Iterable[Line], habits: Habits) -> tuple[list[Line], list[tuple[Column, Trouble]]]:
    kept: list[Line] = []
    left_out: list[tuple[Column, Trouble]] = []
    for line in lines:
        if line.name in BINARY:
            picture, trouble = _picture(line)
            kept += [picture] if picture else []
            left_out += [(Column.PHOTO, trouble)] if trouble and line.name in PICTURES else []
        elif len(line.value) > _LONGEST:
            left_out.append((_COLUMNS.get(line.name, Column.NOTHING), Trouble.TOO_LONG))
        elif line.name not in _DROPPED and line.value:
            kept += [one for one in (_one(line, habits),) if one]
        elif line.name == "KIND" and line.value.lower() == "org":
            kept.append(Line("X-ABSHOWAS", "COMPANY"))
    return kept, left_out


def _one(line: Line, habits: Habits) -> Line | None:
    if line.name == "UID":
        return Line("UID", line.value[:_LONGEST_UID])
    if line.name == "REV":
        return _revision(line)
    if line.name == "TEL":
        return _number(line, habits)
    if line.name == "BDAY":
        return dated(replace(line, params=_kinds(line)))
    if line.name == "EMAIL":
        return replace(line, value=re.sub(r"^mailto:", "", line.value, flags=re.IGNORECASE), params=_kinds(line))
    return replace(line, name=_NEW_NAMES.get(line.name, line.name), params=_kinds(line))


def _kinds(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in line.params if name not in ("VALUE", "ENCODING"))


def _revision(line: Line) -> Line | None:
    """To the second, in UTC, as all clients read it; one that says less is none."""
    digits = re.sub(r"\D", "", line.value.partition(".")[0].partition("+")[0])
    if len(digits) < 14:
        return None
    day, time = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", f"{digits[8:10]}:{digits[10:12]}:{digits[12:14]}"
    return Line("REV", f"{day}T{time}Z")


def _number(line: Line, habits: Habits) -> Line:
    raw = re.sub(r"^tel:", "", plain(line.value), flags=re.IGNORECASE)
    tail = _EXTENSION.search(raw)
    number = e164_of(raw[: tail.start()] if tail else raw, habits.country)
    extension = f" ext. {tail[1]}" if tail else ""
    return replace(line, value=escaped(number + extension if number else raw), params=_kinds(line))


def _picture(line: Line) -> tuple[Line | None, Trouble | None]:
    """A picture that lies in the file is kept; one that lies elsewhere is never asked for."""
    data = _DATA.fullmatch(line.value)
    content = data[2] if data else line.value
    if (line.param("VALUE").lower() in ("uri", "url") and not data) or _ADDRESS.match(content):
        return None, Trouble.ELSEWHERE
    if len(content) > MAX_PICTURE:
        return None, Trouble.TOO_LONG
    try:
        base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return None, Trouble.BROKEN
    kind = data[1].upper() if data else next((one for one in line.types if one.isalnum()), "JPEG")
    return (
        (Line(line.name, content, (("ENCODING", "b"), ("TYPE", kind)), line.group), None) if content else (None, None)
    )


def _named(lines: Sequence[Line], habits: Habits) -> Iterator[Line]:
    """N and FN, of which each may be missing; a company without a person says so; nothing where there is nobody."""
    full, structured = plain(_first(lines, "FN")), _first(lines, "N")
    org = plain(parts(_first(lines, "ORG"))[0])
    is_company = any(line.name == "X-ABSHOWAS" and line.value.upper() == "COMPANY" for line in lines)
    name_parts = [plain(part) for part in parts(structured)] if structured.strip(";") else []
    if name_parts and not is_company:
        family, given, more, prefix, suffix = [*name_parts, *[""] * 5][:5]
        yield Line("N", ";".join(map(escaped, (family, given, more, prefix, suffix))))
        yield Line("FN", escaped(full or " ".join(part for part in (prefix, given, more, family, suffix) if part)))
    elif org and (is_company or full in ("", org)):
        yield from (Line("N", ";;;;"), Line("FN", escaped(org)), Line("X-ABSHOWAS", "COMPANY"))
    else:
        shown = full or next(
            (plain(_first(lines, name)) for name in ("NICKNAME", "EMAIL", "TEL") if _first(lines, name)), ""
        )
        name = split_name(shown, lang=habits.lang) if shown else PersonName("")
        if shown:
            yield Line("N", f"{escaped(name.family)};{escaped(name.given or ('' if name.family else shown))};;;")
            yield Line("FN", escaped(shown))


def _first(lines: Sequence[Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")
