"""A vCard of any version as 3.0, which every address book reads: property by property, and none is made up.

Sources: RFC 6350 (4.0) beside RFC 2426 (3.0); the 2.1 of old phones and of Outlook (quoted-printable, bare types).
"""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from service.domain.people.content_lines import Line, escaped, lines_of, parts, plain, text_of

_VERSION: Final = re.compile(r"^VERSION:\s*([\d.]+)\s*$", re.IGNORECASE | re.MULTILINE)
_SOFT_BREAK: Final = re.compile(r"=\r?\n")
_DATA: Final = re.compile(r"data:(?:([\w.+-]+)/([\w.+-]+))?(?:;[\w-]+=[^;,]*)*;base64,(.*)", re.IGNORECASE | re.DOTALL)
_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
_DAY_OF_ANY_YEAR: Final = re.compile(r"--(\d\d)-?(\d\d)")
_MOMENT: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?")
_ANY_YEAR: Final = "1604"
"""What Apple writes for a birthday of which nobody knows the year."""

_ONCE: Final = frozenset({"N", "FN", "ORG", "TITLE", "ROLE", "NICKNAME", "BDAY", "ANNIVERSARY", "NOTE"})
_BINARY: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_FOUR_ALONE: Final = frozenset(
    {"ALTID", "PID", "MEDIATYPE", "CALSCALE", "SORT-AS", "GEO", "TZ", "LABEL", "PREF", "VALUE"}
)
_UNQUOTED: Final = str.maketrans({'"': "", ";": " ", ":": " ", ",": " "})


def version_of(text: str) -> str:
    found = _VERSION.search(text)
    return found[1] if found else ""


def as_three(text: str) -> str:
    """Give the text as it is where it is 3.0 already, else one of the same properties in 3.0."""
    version = version_of(text)
    if version == "3.0" or "BEGIN:VCARD" not in text.upper():
        return text
    lines = list(_from_two(text) if version == "2.1" else lines_of(text))
    made = [line for one in _each_once(lines) for line in _as_three(one)]
    return text_of(_with_name(made))


def _from_two(text: str) -> Iterator[Line]:
    """Values in the clear, and escaped as 3.0 wants them: 2.1 escapes semicolons alone."""
    for line in lines_of(_SOFT_BREAK.sub("", text)):
        types = {one.upper() for one in line.types} | {line.param("ENCODING").upper()}
        charset = line.param("CHARSET") or "utf-8"
        if "QUOTED-PRINTABLE" in types:
            value = _decoded(quopri.decodestring(line.value.encode("utf-8", "replace")), charset)
            value = value.replace("\r\n", "\n").replace("\n", "\\n").replace(",", "\\,")
        elif "BASE64" in types:
            value = "".join(line.value.split())
        else:
            value = line.value.replace(",", "\\,")
        params = tuple(
            (name, said)
            for name, said in line.params
            if name not in ("ENCODING", "CHARSET") and said.upper() not in ("QUOTED-PRINTABLE", "BASE64")
        )
        yield replace(line, value=value, params=(("ENCODING", "b"), *params) if "BASE64" in types else params)


def _decoded(octets: bytes, charset: str) -> str:
    try:
        return octets.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return octets.decode("latin-1")


def _each_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Without the other spellings (ALTID) of what 3.0 may hold once."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        key = (line.name, line.param("ALTID"))
        if line.name == "N" or (line.param("ALTID") and line.name in _ONCE):
            key = (line.name, "")
            if key in seen:
                continue
        seen.add(key)
        yield line


def _as_three(line: Line) -> Iterator[Line]:
    if line.name == "CLIENTPIDMAP":
        return
    if line.name == "ADR" and line.param("LABEL"):
        yield Line(
            "LABEL", escaped(plain(line.param("LABEL"))), tuple(p for p in line.params if p[0] == "TYPE"), line.group
        )
    if line.name == "KIND":
        yield from _kind(line)
        return
    bare = replace(line, params=_params(line))
    if line.name in _BINARY:
        yield _picture(bare)
    elif line.name == "TEL":
        yield replace(bare, value=line.value.removeprefix("tel:"))
    elif line.name == "REV":
        yield replace(bare, value=_MOMENT.sub(r"\1-\2-\3T\4:\5:\6Z", line.value))
    elif line.name in ("BDAY", "ANNIVERSARY"):
        yield dated(replace(bare, name="BDAY" if line.name == "BDAY" else "X-ANNIVERSARY"))
    elif line.name == "MEMBER":
        yield replace(bare, name="X-ADDRESSBOOKSERVER-MEMBER")
    else:
        yield bare


def _params(line: Line) -> tuple[tuple[str, str], ...]:
    preferred = (("TYPE", "PREF"),) if line.param("PREF") == "1" and "PREF" not in line.types else ()
    is_uri = line.name in _BINARY and line.param("VALUE").lower() == "uri" and not _DATA.match(line.value)
    value = (("VALUE", "uri"),) if is_uri else ()
    kept = tuple((name, said.translate(_UNQUOTED)) for name, said in line.params if name not in _FOUR_ALONE)
    return (*kept, *preferred, *value)


def _picture(line: Line) -> Line:
    """A `data:` address as the bytes that it holds."""
    data = _DATA.fullmatch(line.value)
    if data is None:
        is_address = re.match(r"[a-z][a-z0-9+.-]*:", line.value, re.IGNORECASE) and not line.param("VALUE")
        return replace(line, params=(*line.params, ("VALUE", "uri"))) if is_address else line
    others = tuple(pair for pair in line.params if pair[0] not in ("TYPE", "ENCODING"))
    kind = (("TYPE", data[2].upper()),) if data[2] else ()
    return replace(line, value=data[3], params=(("ENCODING", "b"), *kind, *others))


def dated(line: Line) -> Line:
    """A day with its hyphens; one of any year as Apple writes it."""
    if found := _DAY_OF_ANY_YEAR.fullmatch(line.value):
        year = (("X-APPLE-OMIT-YEAR", _ANY_YEAR),)
        return replace(line, value=f"{_ANY_YEAR}-{found[1]}-{found[2]}", params=(*line.params, *year))
    found = _DAY.fullmatch(line.value)
    return replace(line, value=f"{found[1]}-{found[2]}-{found[3]}") if found else line


def _kind(line: Line) -> Iterator[Line]:
    if line.value.lower() == "org":
        yield Line("X-ABSHOWAS", "COMPANY")
    elif line.value.lower() != "individual":
        yield Line("X-ADDRESSBOOKSERVER-KIND", line.value)


def _with_name(lines: list[Line]) -> list[Line]:
    """N and FN are owed in 3.0; each is made of the other where it is missing."""
    there = {line.name: line for line in lines}
    shown = there.get("FN")
    if "N" not in there:
        company = "X-ABSHOWAS" in there
        given = escaped(plain(shown.value)) if shown and not company else ""
        lines.insert(0, Line("N", f";{given};;;"))
    if shown is None:
        family, given, *_ = [*parts(there["N"].value), "", ""] if "N" in there else ["", ""]
        org = parts(there["ORG"].value)[0] if "ORG" in there else ""
        lines.insert(0, Line("FN", " ".join(part for part in (given, family) if part) or org or "?"))
    return lines
