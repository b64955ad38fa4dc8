"""What the codes of a card say: vCard 2.1 to 4.0, MECARD, URL, tel:, mailto: and the like."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote

import vobject

from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile
from workers.extraction.fields.contact import profiles
from workers.extraction.fields.words import hosts
from workers.extraction.fields.world import numbers

_TYPES = (
    (("FAX",), PhoneType.FAX),
    (("CELL", "MOBILE", "IPHONE", "PCS", "TEXT"), PhoneType.MOBILE),
    (("HOME",), PhoneType.HOME),
    (("WORK", "VOICE", "MAIN", "PREF"), PhoneType.WORK),
)


@dataclass(frozen=True, slots=True)
class CodeContact:
    """A contact as a code tells it; the strongest evidence a card can give."""

    name: PersonName | None = None
    org: str = ""
    department: str = ""
    title: str = ""
    note: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()
    addresses: tuple[Address, ...] = ()


def understand(payloads: Sequence[str], *, country: str = "") -> CodeContact | None:
    """What all codes of a card say together, or None where none says anything of a contact."""
    found = [contact for payload in payloads if (contact := _understood(payload.strip().lstrip("\ufeff"), country))]
    return _together(found) if found else None


def _understood(payload: str, country: str) -> CodeContact | None:
    head = payload[:12].upper()
    if head.startswith("BEGIN:VCARD"):
        return _vcard(payload, country)
    if head.startswith(("MECARD:", "BIZCARD:")):
        return _mecard(payload.partition(":")[2], country, spaced=head.startswith("BIZCARD"))
    if head.startswith("MAILTO:"):
        return _mails(unquote(payload[7:].partition("?")[0]).split(","))
    if head.startswith("MATMSG:"):
        return _mails(_fields_of(payload[7:]).get("TO", []))
    if head.startswith(("TEL:", "SMSTO:", "SMS:", "CALLTO:", "FACETIME:")):
        number = _phone(unquote(payload.partition(":")[2]).split(":")[0].split("?")[0], (), country)
        return CodeContact(phones=(number,)) if number else None
    return _link(payload, country)


def _mails(printed: Iterable[str]) -> CodeContact | None:
    mails = tuple(mail.strip().lower() for mail in printed if re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.\w+\s*", mail))
    return CodeContact(emails=mails) if mails else None


def _link(payload: str, country: str) -> CodeContact | None:
    """An address of the web; that of a chat also names a number. It is kept, never fetched."""
    bare = re.sub(r"^URLTO:", "", payload, flags=re.IGNORECASE)
    if chat := re.match(r"https?://(?:wa\.me/|api\.whatsapp\.com/send/?\?(.*))(\+?\d+)?", bare):
        digits = chat[2] or (parse_qs(chat[1] or "").get("phone") or [""])[0]
        number = _phone("+" + digits.strip(" +"), ("CELL",), country) if digits else None
        return CodeContact(phones=(number,)) if number else None
    host = re.match(r"(?:https?://)?([\w.-]+\.[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?$", bare, re.IGNORECASE)
    if not host or not hosts.suffix_of(host[1].lower()):
        return None
    account = profiles.of_address(bare)
    if account and account.network == "linkedin":
        return CodeContact(profiles=(account,))
    return CodeContact(urls=(bare,), profiles=(account,) if account else ())


def _vcard(text: str, country: str) -> CodeContact | None:
    try:
        card = vobject.readOne(re.sub(r"\r?\n", "\r\n", text if "END:VCARD" in text.upper() else text + "\nEND:VCARD"))
    except (vobject.base.ParseError, StopIteration, ValueError, IndexError, KeyError):
        return None
    org = [str(part).strip() for line in card.contents.get("org", [])[:1] for part in line.value]
    return CodeContact(
        name=_name(card),
        org=org[0] if org else "",
        department=org[1] if len(org) > 1 else "",
        title=_first(card, "title") or _first(card, "role"),
        note=_first(card, "note"),
        emails=tuple(
            str(line.value).removeprefix("mailto:").strip().lower() for line in card.contents.get("email", [])
        ),
        phones=tuple(
            phone
            for line in card.contents.get("tel", [])
            if (phone := _phone(str(line.value).removeprefix("tel:"), _marks(line), country))
        ),
        urls=tuple(str(line.value).strip() for line in card.contents.get("url", []) if line.value),
        profiles=tuple(_accounts(card)),
        addresses=tuple(_addresses(card)),
    )


def _first(card: vobject.base.Component, key: str) -> str:
    lines = card.contents.get(key)
    return str(lines[0].value).strip() if lines else ""


def _marks(line: vobject.base.ContentLine) -> tuple[str, ...]:
    """The types of a number, wherever its version of vCard writes them: `TYPE=CELL`, `;CELL:`, `type="work,voice"`."""
    marks = [*line.params.get("TYPE", []), *line.singletonparams, *(key for key in line.params if key != "TYPE")]
    return tuple(part.strip().upper() for mark in marks for part in str(mark).split(","))


def _name(card: vobject.base.Component) -> PersonName | None:
    printed = _first(card, "fn")
    parts = card.contents.get("n")
    if not parts:
        return PersonName(printed) if printed else None
    name = parts[0].value
    texts = {key: _one(getattr(name, key, "")) for key in ("given", "additional", "family", "prefix", "suffix")}
    given = " ".join(part for part in (texts["given"], texts["additional"]) if part)
    whole = printed or " ".join(part for part in (texts["prefix"], given, texts["family"], texts["suffix"]) if part)
    if not whole:
        return None
    return PersonName(whole, given, texts["family"], texts["prefix"], texts["suffix"])


def _one(value: object) -> str:
    return " ".join(str(part).strip() for part in value) if isinstance(value, list) else str(value).strip()


def _accounts(card: vobject.base.Component) -> Iterator[Profile]:
    for key in ("x-socialprofile", "socialprofile", "url"):
        for line in card.contents.get(key, []):
            if account := profiles.of_address(str(line.value)):
                yield account


def _addresses(card: vobject.base.Component) -> Iterator[Address]:
    for line in card.contents.get("adr", []):
        street, extra, city, region, code, nation = (
            _one(getattr(line.value, key, "")) for key in ("street", "extended", "city", "region", "code", "country")
        )
        box = _one(getattr(line.value, "box", ""))
        town = " ".join(part for part in (code, city) if part)
        printed = ", ".join(part for part in (box, street, extra, town, region, nation) if part)
        if printed:
            yield Address(printed, street or box, extra, code, city, region, nation)


def _phone(printed: str, marks: tuple[str, ...], country: str) -> Phone | None:
    raw, _, parameters = printed.partition(";")
    extension = re.search(r"ext=(\d+)", parameters)
    digits = re.sub(r"[^\d+]", "", raw.replace("(0)", ""))
    if len(digits) < 5:
        return None
    number = numbers.under_plan(digits, country) if digits.startswith("+") or country else None
    e164 = number.e164 if number and (number.valid or digits.startswith("+")) else ""
    use = PhoneType.MOBILE if number and number.use == "mobile" else PhoneType.WORK
    kind = next((kind for words, kind in _TYPES if set(words) & set(marks)), use)
    if kind == PhoneType.WORK and not set(marks) & {"WORK", "MAIN"}:
        kind = use
    return Phone(raw.strip(), e164, kind, extension[1] if extension else "")


def _fields_of(text: str) -> dict[str, list[str]]:
    r"""The fields of MECARD and its kin, `KEY:value;`, in which \; and \: are letters of the value."""
    found: dict[str, list[str]] = {}
    for field in re.split(r"(?<!\\);", text):
        key, colon, value = field.partition(":")
        if colon and value.strip():
            found.setdefault(key.strip().upper(), []).append(re.sub(r"\\(.)", r"\1", value).strip())
    return found


def _mecard(text: str, country: str, *, spaced: bool) -> CodeContact | None:
    fields = _fields_of(text)
    one = {key: values[0] for key, values in fields.items()}
    phones = [_phone(number, ("CELL",) if key == "M" else ("FAX",) if key in ("F", "FAX") else (), country)
              for key in ("TEL", "TEL-AV", "T", "B", "M", "F", "FAX") for number in fields.get(key, [])]  # fmt: skip
    address = one.get("ADR") or (one.get("A") if spaced else None)
    printed = re.sub(r"(?:\s*,\s*)+", ", ", address).strip(", ") if address else ""
    return CodeContact(
        name=_mecard_name(one, spaced=spaced),
        org=one.get("ORG") or one.get("C", ""),
        title=one.get("TITLE") or (one.get("T", "") if spaced and not re.search(r"\d{4}", one.get("T", "")) else ""),
        note=one.get("NOTE", ""),
        emails=tuple(mail.lower() for key in ("EMAIL", "E") for mail in fields.get(key, []) if "@" in mail),
        phones=tuple(phone for phone in phones if phone),
        urls=tuple(fields.get("URL", [])),
        addresses=(Address(printed),) if printed else (),
    )


def _mecard_name(one: dict[str, str], *, spaced: bool) -> PersonName | None:
    if spaced:
        whole = " ".join(one[key] for key in ("N", "X") if key in one)
        return PersonName(whole, one.get("N", ""), one.get("X", "")) if whole else None
    family, _, given = (part.strip() for part in one.get("N", "").partition(","))
    if not family:
        return None
    return PersonName(f"{given} {family}", given, family) if given else PersonName(family)


def _together(found: Sequence[CodeContact]) -> CodeContact:
    """Several codes as one contact: the first to say a thing is believed, lists are joined."""
    whole = found[0]
    for more in found[1:]:
        whole = replace(
            whole,
            name=whole.name or more.name,
            org=whole.org or more.org,
            department=whole.department or more.department,
            title=whole.title or more.title,
            note=whole.note or more.note,
            emails=tuple(dict.fromkeys(whole.emails + more.emails)),
            phones=tuple(dict.fromkeys(whole.phones + more.phones)),
            urls=tuple(dict.fromkeys(whole.urls + more.urls)),
            profiles=tuple(dict.fromkeys(whole.profiles + more.profiles)),
            addresses=tuple(dict.fromkeys(whole.addresses + more.addresses)),
        )
    return whole
