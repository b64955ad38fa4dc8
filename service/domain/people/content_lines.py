"""The lines of a vCard (RFC 2425, 5.8.1): unfolded, taken apart into group, name, parameters and value, and written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from service.domain.people.fold import folded

Params = tuple[tuple[str, str], ...]

FOLD: Final = re.compile(r"(?:\r\n|\r|\n)[ \t]")
_END: Final = re.compile(r"\r\n|\r|\n")
"""Ends of lines as vCards know them. Python's own splitting knows more, such as the breaks in notes of iOS (U+2028)."""
_LINE: Final = re.compile(r'(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.DOTALL)
_PARAM: Final = re.compile(r';((?:[^":;]|"[^"]*")*)')
_COMMA: Final = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL: Final = re.compile(r"([\\;,])")


@dataclass(frozen=True, slots=True)
class Line:
    """One property. `params` hold one pair a value (`TYPE=WORK,VOICE` is two); `value` is as written, with escapes."""

    name: str
    value: str
    params: Params = ()
    group: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(value.upper() for name, value in self.params if name == "TYPE")

    def param(self, name: str) -> str:
        return next((value for key, value in self.params if key == name), "")

    def with_types(self, types: Iterable[str]) -> "Line":
        others = tuple(pair for pair in self.params if pair[0] != "TYPE")
        return replace(self, params=(*(("TYPE", one) for one in types), *others))


def lines_of(text: str) -> Iterator[Line]:
    """The properties of a vCard, its frame left out; a line that is none is left out too."""
    for row in _END.split(FOLD.sub("", text)):
        line = line_of(row)
        if line and line.name not in ("BEGIN", "END", "VERSION"):
            yield line


def line_of(row: str) -> Line | None:
    match = _LINE.fullmatch(row)
    if match is None:
        return None
    group, name, params, value = match.groups()
    return Line(name.upper(), value, tuple(_params(params)) if params else (), group or "")


def text_of(lines: Iterable[Line], *, version: str = "3.0") -> str:
    """A vCard of these properties, folded."""
    rows = [f"BEGIN:VCARD\r\nVERSION:{version}", *map(written, lines), "END:VCARD"]
    return folded("\r\n".join(rows) + "\r\n")


def written(line: Line) -> str:
    """Unfolded. What a parameter may not hold bare is left out of it: quotes are shown by iOS as they stand."""
    group = f"{line.group}." if line.group else ""
    return f"{group}{line.name}{_written_params(line.params)}:{line.value}"


def plain(value: str) -> str:
    """A value without its escapes."""
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


def escaped(text: str) -> str:
    """A text as one value of vCard 3.0 and 4.0."""
    return _SPECIAL.sub(r"\\\1", text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def parts(value: str, separator: str = ";") -> list[str]:
    """The parts of a structured value, each still with its escapes."""
    return value.split(separator) if "\\" not in value else _parts(value, separator)


def _parts(value: str, separator: str) -> list[str]:
    found, begun, at = [], 0, 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
        elif value[at] == separator:
            found.append(value[begun:at])
            begun = at + 1
        at += 1
    return [*found, value[begun:]]


def _params(text: str) -> Iterator[tuple[str, str]]:
    for said in _PARAM.findall(text):
        name, equals, values = said.partition("=")
        if not equals:
            yield "TYPE", said.strip()  # the bare `;WORK` of vCard 2.1
            continue
        for value in _COMMA.split(values) if "," in values else (values,):
            for one in value.strip('"').split(",") if name.upper() == "TYPE" else (value.strip('"'),):
                yield name.strip().upper(), one


def _written_params(params: Params) -> str:
    said: dict[str, list[str]] = {}
    for name, value in params:
        bare = re.sub(r'[";:,\x00-\x1f\x7f]', "", value)
        if bare:
            said.setdefault(name, []).append(bare)
    return "".join(f";{name}={','.join(values)}" for name, values in said.items())
