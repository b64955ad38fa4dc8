"""A vCard in the form that an address book reads without fault."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from service.domain.people.content_lines import Line, lines_of, plain, text_of, written
from service.domain.people.vcard_three import as_three, version_of


class Client(StrEnum):
    """Who is to read it. The two tables are files of rows; the others are vCards."""

    APPLE = "apple"
    GOOGLE = "google"
    ANDROID = "android"
    OUTLOOK = "outlook"
    V4 = "v4"
    OUTLOOK_CSV = "outlook-csv"
    GOOGLE_CSV = "google-csv"

    @property
    def is_table(self) -> bool:
        return self in (Client.OUTLOOK_CSV, Client.GOOGLE_CSV)


def client_of(user_agent: str) -> Client:
    """Whose address book opens what a browser downloads."""
    signs = (("Android", Client.ANDROID), ("iPhone", Client.APPLE), ("iPad", Client.APPLE), ("Macintosh", Client.APPLE))
    return next((client for sign, client in signs if sign in user_agent), _on_windows(user_agent))


def _on_windows(user_agent: str) -> Client:
    return Client.OUTLOOK if "Windows" in user_agent else Client.GOOGLE


def vcard_for(text: str, client: Client) -> str:
    """The vCard of a contact as the client takes it; `text` is how it is kept."""
    if client is Client.V4 and version_of(text) == "4.0":
        return text
    return _FORMS[client](as_three(text))


def _as_kept(text: str) -> str:
    """Version 3.0 in UTF-8, folded: what the clients of today agree on."""
    return text


def _unfolded(text: str) -> str:
    """Some builds of Android's importer refuse a contact with a folded line."""
    rows = ("BEGIN:VCARD", "VERSION:3.0", *map(written, lines_of(text)), "END:VCARD")
    return "\r\n".join(rows) + "\r\n"


def _for_outlook(text: str) -> str:
    return text_of(_outlook_lines(lines_of(text)))


def _outlook_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Outlook passes over a grouped property, reads letters as the machine's own unless told, and wants a kind of fax."""
    for line in lines:
        if line.name == "X-ABLABEL":
            continue
        kept = replace(line, group="")
        if kept.name == "TEL" and "FAX" in kept.types and not {"WORK", "HOME"} & {*kept.types}:
            kept = kept.with_types(("WORK", *kept.types))
        if kept.name == "URL" and not kept.types:
            kept = kept.with_types(("WORK",))
        yield kept if kept.value.isascii() else replace(kept, params=(*kept.params, ("CHARSET", "utf-8")))


def _version_4(text: str) -> str:
    return text_of(_v4_lines(list(lines_of(text))), version="4.0")


_V4_TYPES: Final = {"CELL", "WORK", "HOME", "FAX", "VOICE", "TEXT", "VIDEO", "PAGER"}


def _v4_lines(lines: list[Line]) -> Iterator[Line]:
    """RFC 6350: kinds in small letters, days and times without signs between, pictures and numbers as they are."""
    for line in lines:
        if line.name == "X-ABSHOWAS":
            yield Line("KIND", "org" if plain(line.value).upper() == "COMPANY" else "individual")
        elif line.name in ("REV", "BDAY", "ANNIVERSARY"):
            yield replace(line, value=line.value.replace("-", "").replace(":", ""))
        elif line.name in ("PHOTO", "LOGO") and line.param("ENCODING"):
            kind = next(iter(line.types), "JPEG").lower()
            yield Line(line.name, f"data:image/{kind};base64,{line.value}", group=line.group)
        elif line.types:
            yield _v4_types(line)
        else:
            yield line


def _v4_types(line: Line) -> Line:
    known = line.name != "TEL"
    types = [one.lower() for one in line.types if one not in ("INTERNET", "PREF") and (known or one in _V4_TYPES)]
    kept = line.with_types(types)
    return replace(kept, params=(*kept.params, ("PREF", "1"))) if "PREF" in line.types else kept


_FORMS: Final[dict[Client, Callable[[str], str]]] = {
    Client.APPLE: _as_kept,
    Client.GOOGLE: _as_kept,
    Client.ANDROID: _unfolded,
    Client.OUTLOOK: _for_outlook,
    Client.V4: _version_4,
}
