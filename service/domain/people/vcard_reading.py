"""vCard texts read back: the plain values of a contact, and what it is found by."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

import vobject

from service.domain.errors import BadValue
from service.domain.people.contact import CardFields
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile

_FOLD = re.compile(r"\r?\n[ \t]")
_NOTE = re.compile(r"^(?:[\w-]+\.)?NOTE(?:;(?!ENCODING)[^:\r\n]*)?:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_EXTENSION = re.compile(r"\s*(?:ext\.?|;ext=|,+)\s*(\d{1,8})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContactIndex:
    """What a contact is found by: taken from its text, never kept apart from it."""

    uid: str
    name: str
    org: str
    title: str
    kind: str
    department: str = ""
    town: str = ""
    note: str = ""
    emails: tuple[str, ...] = field(default=())
    phones: tuple[str, ...] = field(default=())
    urls: tuple[str, ...] = field(default=())
    places: tuple[str, ...] = field(default=())
    fields: CardFields = field(default=CardFields())


def fields_of(text: str) -> CardFields:
    """The plain values of a vCard text. Raises BadValue when it is none."""
    return fields(parsed(text))


def index_of(text: str) -> ContactIndex:
    """What the contact is found by. Raises BadValue for a text that is no vCard, or has another within it."""
    card = parsed(text)
    if "vcard" in card.contents:
        raise BadValue("contact_nested", "There is a vCard within the vCard. Send each by itself.")
    values = fields(card)
    return ContactIndex(
        uid=_value(card, "uid"),
        name=values.name.printed if values.name else "",
        org=values.org,
        title=values.title,
        kind="person" if values.name else "company",
        department=values.department,
        town=next((address.city for address in values.addresses if address.city), ""),
        note=values.note,
        emails=tuple(mail.lower() for mail in values.emails),
        phones=tuple(phone.e164 or phone.raw for phone in values.phones),
        urls=values.urls,
        places=tuple(address.printed for address in values.addresses),
        fields=values,
    )


def note_of(text: str) -> str:
    """The note alone, without parsing the rest: a list asks for fifty."""
    line = _NOTE.search(_FOLD.sub("", text))
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], line[1]).strip() if line else ""


def parsed(text: str) -> Any:
    try:
        card = vobject.readOne(text)
    except (vobject.base.ParseError, StopIteration, ValueError, UnicodeError) as error:
        raise BadValue("not_a_vcard", "This is not a vCard that can be read.") from error
    if getattr(card, "name", "") != "VCARD":
        raise BadValue("not_a_vcard", "This is not a vCard that can be read.")
    return card


def fields(card: Any) -> CardFields:
    org = [_joined(part) for part in card.contents["org"][0].value] if card.contents.get("org") else []
    return CardFields(
        name=_name(card),
        org=org[0] if org else "",
        department=" ".join(part for part in org[1:] if part),
        title=_value(card, "title"),
        emails=tuple(str(line.value).strip() for line in card.contents.get("email", [])),
        phones=tuple(_phone(line) for line in card.contents.get("tel", [])),
        urls=tuple(str(line.value) for line in card.contents.get("url", [])),
        profiles=tuple(_profile(line) for line in card.contents.get("x-socialprofile", [])),
        addresses=tuple(_address(line.value) for line in card.contents.get("adr", [])),
        note=_value(card, "note"),
    )


def _name(card: Any) -> PersonName | None:
    printed = _value(card, "fn")
    structured = card.contents["n"][0].value if card.contents.get("n") else None
    parts = {
        part: _joined(getattr(structured, part, "")) for part in ("given", "additional", "family", "prefix", "suffix")
    }
    given = " ".join(part for part in (parts["given"], parts["additional"]) if part)
    if not given and not parts["family"]:
        orgs = card.contents.get("org")
        is_company = _value(card, "x-abshowas").upper() == "COMPANY" or (
            orgs and printed == _joined(orgs[0].value[0]).strip()
        )
        return None if is_company or not printed else PersonName(printed=printed)
    return PersonName(
        printed=printed or " ".join(part for part in (given, parts["family"]) if part),
        given=given,
        family=parts["family"],
        prefix=parts["prefix"],
        suffix=parts["suffix"],
    )


def _phone(line: Any) -> Phone:
    raw = str(line.value).strip().removeprefix("tel:")
    tail = _EXTENSION.search(raw)
    number = raw[: tail.start()] if tail else raw
    return Phone(
        raw=number,
        e164=number if re.fullmatch(r"\+[1-9]\d{5,14}", number) else "",
        type=_phone_type({kind.upper() for kind in _types(line)}),
        extension=tail[1] if tail else "",
    )


def _phone_type(types: set[str]) -> PhoneType:
    if types & {"CELL", "IPHONE", "MOBILE"}:
        return PhoneType.MOBILE
    if "FAX" in types:
        return PhoneType.FAX
    if "WORK" in types:
        return PhoneType.WORK
    return PhoneType.HOME if "HOME" in types else PhoneType.UNKNOWN


def _types(line: Any) -> list[str]:
    """Both `TYPE=WORK,VOICE` and the bare `;WORK;VOICE` of vCard 2.1."""
    return [*line.params.get("TYPE", []), *line.singletonparams]


def _profile(line: Any) -> Profile:
    url = str(line.value)
    network = next((kind.lower() for kind in _types(line)), "")
    return Profile(network=network, handle=url.rstrip("/").rpartition("/")[2], url=url)


def _address(value: Any) -> Address:
    parts = {
        "street": _joined(value.street),
        "extra": " ".join(part for part in (_joined(value.box), _joined(value.extended)) if part),
        "postcode": _joined(value.code),
        "city": _joined(value.city),
        "region": _joined(value.region),
        "country": _joined(value.country),
    }
    town = " ".join(part for part in (parts["postcode"], parts["city"]) if part)
    printed = ", ".join(p for p in (parts["street"], parts["extra"], town, parts["region"], parts["country"]) if p)
    return replace(Address(printed=printed), **parts)


def _joined(value: str | list[str]) -> str:
    """Vobject gives a string, or a list where the text has commas."""
    return value if isinstance(value, str) else ", ".join(value)


def _value(card: Any, name: str) -> str:
    lines = card.contents.get(name)
    return str(lines[0].value).strip() if lines else ""
