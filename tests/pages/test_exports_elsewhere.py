"""Every form of an export read back by three programs that nobody here wrote: vobject, icalendar and ical.js."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import vobject
from icalendar import Component
from playwright.sync_api import Browser

from service.domain.exports.client import Client, vcard_for
from service.domain.people.vcard import fields_of
from tests.domain.exports.people import everybody
from tests.pages.elsewhere import in_ical_js

Said = dict[str, Any]
VCARDS = [client for client in Client if not client.is_table]

_CARDS = """(ICAL, text) => [].concat(ICAL.parse(text)).map((jcard) => {
  const card = new ICAL.Component(jcard[0] === 'vcard' ? jcard : jcard[0]);
  const all = (name) => card.getAllProperties(name).map((one) => one.getFirstValue());
  const one = (name) => all(name)[0] ?? '';
  return { fn: one('fn'), n: one('n'), org: one('org'), title: one('title'), note: one('note'), email: all('email'),
           tel: all('tel').sort(), url: all('url'), adr: all('adr') };
})"""


def by_ical_js(chromium: Browser, text: str) -> list[Said]:
    found: list[Said] = in_ical_js(chromium, text, _CARDS)
    # It leaves the semicolon of a plain text as RFC 2426 has it, behind its backslash.
    return [{**said, "note": said["note"].replace("\\;", ";")} for said in found]


def by_vobject(_: Browser, text: str) -> list[Said]:
    return [_by_vobject(card) for card in vobject.readComponents(text)]


def _by_vobject(card: Any) -> Said:
    def all_of(name: str) -> list[Any]:
        return [line.value for line in card.contents.get(name, [])]

    name, addresses = card.n.value, all_of("adr")
    return {
        "fn": card.fn.value,
        "n": [name.family, name.given, name.additional, name.prefix, name.suffix],
        "org": all_of("org")[0] if all_of("org") else "",
        "title": next(iter(all_of("title")), ""),
        "note": card.note.value,
        "email": all_of("email"),
        "tel": sorted(all_of("tel")),
        "url": all_of("url"),
        "adr": [[one.box, one.extended, one.street, one.city, one.region, one.code, one.country] for one in addresses],
    }


def by_icalendar(_: Browser, text: str) -> list[Said]:
    """It knows calendars, and the lines of a vCard are of the same make: it unfolds and takes them apart by itself."""
    found = Component.from_ical(text, multiple=True)
    return [_by_icalendar(card) for card in found]


def _by_icalendar(card: Any) -> Said:
    def all_of(name: str) -> list[str]:
        return [_without_escapes(str(value)) for key, value in card.property_items(recursive=False) if _is(key, name)]

    def one_of(name: str) -> str:
        return next(iter(all_of(name)), "")

    def parted(name: str) -> list[Any]:
        return [value for key, value in card.property_items(recursive=False) if _is(key, name)]

    [name] = parted("n")
    return {
        "fn": one_of("fn"),
        "n": list(name.fields),
        # It parts an escaped semicolon too.
        "org_whole": ";".join(parted("org")[0].fields) if parted("org") else "",
        "adr": [list(one.fields) for one in parted("adr")],
        "title": one_of("title"),
        "note": one_of("note"),
        "email": all_of("email"),
        "tel": sorted(all_of("tel")),
        "url": all_of("url"),
    }


def _without_escapes(value: str) -> str:
    """Of properties that no calendar has it gives the value as it stands."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], value)


def _is(key: str, name: str) -> bool:
    """It takes the group of iOS for a part of the name."""
    return key.rpartition(".")[2].lower() == name


def expected(text: str) -> Said:
    fields = fields_of(text)
    name = fields.name
    return {
        "fn": fields.shown_as,
        "n": [name.family, name.given, "", name.prefix, name.suffix] if name else [""] * 5,
        "org": [part for part in (fields.org, fields.department) if part],
        "org_whole": ";".join(part for part in (fields.org, fields.department) if part),
        "title": fields.title,
        "note": fields.note,
        "email": list(fields.emails),
        "tel": sorted(phone.raw for phone in fields.phones),
        "url": list(fields.urls),
        "adr": [
            ["", one.extra, one.street, one.city, one.region, one.postcode, one.country] for one in fields.addresses
        ],
    }


def plain(said: Any) -> Any:
    """One value is one value, in a list or alone."""
    if isinstance(said, dict):
        return {name: plain(value) for name, value in said.items()}
    if isinstance(said, list) and len(said) == 1 and isinstance(said[0], str):
        return said[0]
    return [plain(one) for one in said] if isinstance(said, list) else said


@pytest.mark.browser
@pytest.mark.parametrize("client", VCARDS)
@pytest.mark.parametrize("read", [by_vobject, by_icalendar, by_ical_js])
def test_another_program_reads_the_same_fields(
    chromium: Browser, read: Callable[[Browser, str], list[Said]], client: Client
) -> None:
    told = read(chromium, "".join(vcard_for(text, client) for text in everybody()))
    assert len(told) == len(everybody())
    for said, text in zip(told, everybody(), strict=True):
        wanted = {name: value for name, value in expected(text).items() if name in said}
        assert plain(said) == plain(wanted)
