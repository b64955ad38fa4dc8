"""The lines of one card in any version: unfolded, decoded from whatever letters, and brought to those of version 3.0."""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from service.domain.people.content_lines import Line, escaped, line_of, parts, plain

STRUCTURED: Final = frozenset({"N", "ADR", "ORG"})
LISTS: Final = frozenset({"CATEGORIES", "NICKNAME"})
PICTURES: Final = frozenset({"PHOTO", "LOGO", "X-MS-CARDPICTURE"})
BINARY: Final = PICTURES | {"SOUND", "KEY"}
_LETTERS: Final = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d|cp125\d|shift_jis|euc-jp|euc-kr|gb2312|gbk|gb18030|big5|koi8-r",
    re.IGNORECASE,
)
_SOFT: Final = re.compile(rb"(?:[\w-]+\.)?[\w-]+;[^:]*QUOTED-PRINTABLE[^:]*:", re.IGNORECASE)
_BASE64: Final = re.compile(rb"(?:[\w-]+\.)?[\w-]+;[^:]*(?:BASE64|ENCODING=B\b)[^:]*:", re.IGNORECASE)
_BARE_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}\s*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_LINES: Final = 1000
"""A card of a person has some dozens."""


def lines_in(rows: Iterable[bytes]) -> Iterator[Line]:
    """The properties of a card, with values as version 3.0 writes them."""
    version = "3.0"
    for number, row in enumerate(_unfolded(rows)):
        line = _decoded(row)
        if line is None or number >= _MOST_LINES:
            continue
        if line.name == "VERSION":
            version = line.value.strip()
        else:
            yield _in_version_3(line, version)


def _unfolded(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines: folded ones, soft breaks of quoted-printable, and the bare rows of pictures in version 2.1."""
    held: list[bytes] = []
    soft = picture = False
    for row in rows:
        # A soft break is no fold: the blank at which the next row begins belongs to the text.
        if held and soft:
            held.append(row)
        elif held and (row[:1] in (b" ", b"\t")):
            held.append(row[1:])
        elif held and picture and _BARE_BASE64.fullmatch(row):
            held.append(row)
        else:
            if held:
                yield b"".join(held)
            held = [row]
            picture = bool(_BASE64.match(row))
            soft = bool(_SOFT.match(row))
            if not soft:
                continue
        soft = bool(_SOFT.match(held[0])) and held[-1].rstrip().endswith(b"=")
        if soft:
            held[-1] = held[-1].rstrip()[:-1]
    if held:
        yield b"".join(held)


def _decoded(row: bytes) -> Line | None:
    """A line with its value as text; what is in no known letters is taken for the west's."""
    line = line_of(_text(row, ""))
    if line is None:
        return None
    letters = line.param("CHARSET")
    bare = [value.upper() for name, value in line.params if name in ("TYPE", "ENCODING")]
    if "QUOTED-PRINTABLE" in bare:
        value = _text(quopri.decodestring(line.value.encode("latin-1", "replace")), letters)
    elif letters and not row.isascii():
        value = _text(row.partition(b":")[2], letters)
    else:
        value = line.value
    return replace(line, value=_CONTROL.sub("", value), params=_bare(line))


def _text(octets: bytes, letters: str) -> str:
    for name in (letters if _LETTERS.fullmatch(letters) else "utf-8", "utf-8"):
        try:
            return octets.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return octets.decode("cp1252", errors="replace")


_NO_KINDS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_OWN: Final = re.compile(r"X-[A-Z0-9-]+|WAID")
"""Parameters that a program made for itself: which service, which user, which year is none."""


def _bare(line: Line) -> tuple[tuple[str, str], ...]:
    """What is left to say of a value once it is text: its kinds, its language, and that it is a picture."""
    kinds = [value for name, value in line.params if name == "TYPE" and value.upper() not in _NO_KINDS]
    encoded = any(value.upper() in ("BASE64", "B") for name, value in line.params if name in ("TYPE", "ENCODING"))
    preferred = line.param("PREF") and "pref" not in (kind.lower() for kind in kinds)
    said = [("TYPE", kind) for kind in (*kinds, *(["pref"] if preferred else []))]
    said += [(name, value) for name, value in line.params if name in ("LANGUAGE", "VALUE") or _OWN.fullmatch(name)]
    return (*said, *([("ENCODING", "b")] if encoded else []))


def _in_version_3(line: Line, version: str) -> Line:
    if line.name in BINARY and (line.param("ENCODING") or line.value.startswith("data:")):
        return replace(line, value="".join(line.value.split()))
    is_2_1 = version.startswith("2")
    read = _plain_of_2_1 if is_2_1 else plain
    is_own = line.name.startswith("X-")
    if is_own and not is_2_1:
        return line
    if line.name in STRUCTURED or is_own:
        return replace(line, value=";".join(escaped(read(part)).strip() for part in parts(line.value)))
    if line.name in LISTS:
        return replace(line, value=",".join(escaped(read(part)).strip() for part in parts(line.value, ",")))
    return replace(line, value=escaped(read(line.value)).strip())


def _plain_of_2_1(value: str) -> str:
    """Version 2.1 knows one escape, that of the semicolon; its writers know a few more. Other backslashes are text."""
    return re.sub(r"\\([;,:\\nN])", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
