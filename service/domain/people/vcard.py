"""vCard 3.0 texts: written so that address books import them cleanly, and changed property by property.

Sources: RFC 2426 (vCard 3.0), RFC 2425 (folding), and what iOS, Android, Google and Outlook do with them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import vobject
from babel import Locale, UnknownLocaleError

from service.domain.people.contact import CardFields, Contact
from service.domain.people.fold import folded
from service.domain.people.vcard_reading import ContactIndex, fields, fields_of, index_of, note_of, parsed
from service.domain.people.vcard_rows import Row, exchanged, rows_of
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile
from service.domain.reading.correction import Changes, apply

__all__ = ["ContactIndex", "edit", "fields_of", "index_of", "note_of", "render"]

_PHONE_TYPES = {
    PhoneType.WORK: ["WORK", "VOICE"],
    PhoneType.MOBILE: ["CELL"],
    PhoneType.FAX: ["FAX"],
    PhoneType.HOME: ["HOME", "VOICE"],
    PhoneType.UNKNOWN: ["VOICE"],
}


def render(contact: Contact) -> str:
    """A new contact as vCard text: CRLF lines of at most 75 octets, UTF-8, one stable UID."""
    card = vobject.vCard()
    card.add("uid").value = _clean(contact.uid)
    _put_name(card, contact.fields)
    _put_work(card, contact.fields)
    for put, values in _lists(contact.fields):
        for value in values:
            put(card, value)
    if contact.gathering:
        # vobject joins a list with bare commas; one gathering is one category, whatever its name.
        card.add("categories").value = [_clean(contact.gathering)]
    if contact.met_note:
        card.add("note").value = _clean(contact.met_note)
    return _text(card, contact.revised)


def edit(text: str, changes: Changes, *, now: datetime) -> str:
    """Change single properties of a contact; every other line stays byte for byte what it was.

    `changes` as in `service.domain.reading.correction`. Raises BadValue for a bad change or an unreadable text.
    """
    card = parsed(text)
    before = fields(card)
    after = apply(before, changes)
    rows = rows_of(text)
    gone, new = {at for at, row in enumerate(rows) if row.name == "REV"}, vobject.vCard()
    if after.name != before.name or (after.org != before.org and not after.name):
        gone |= _places(rows, "N", "FN", "X-ABSHOWAS")
        _put_name(new, after)
    if (after.org, after.department) != (before.org, before.department):
        gone |= _places(rows, "ORG")
        _put_org(new, after)
    if after.title != before.title:
        gone |= _places(rows, "TITLE")
        _put_title(new, after)
    if after.note != before.note:
        gone |= _places(rows, "NOTE")
        if after.note:
            new.add("note").value = after.note
    gone |= _swap(rows, new, "EMAIL", before.emails, after.emails, _put_email)
    gone |= _swap(rows, new, "TEL", before.phones, after.phones, _put_phone)
    gone |= _swap(rows, new, "URL", before.urls, after.urls, _put_url)
    gone |= _swap(rows, new, "ADR", before.addresses, after.addresses, _put_address)
    _put_rev(new, now)
    return exchanged(rows, gone=gone, new=_written(new))


def _written(card: Any) -> Iterable[tuple[str, str]]:
    """The lines of some properties, each with its name and unfolded."""
    for line in card.lines():
        text: str = line.serialize(lineLength=10**9, validate=False)
        yield line.name.upper(), text.removesuffix("\r\n")


def _put_rev(card: Any, now: datetime) -> None:
    # No milliseconds and no offset: some clients hide a contact whose REV has them.
    card.add("rev").value = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(card: Any, now: datetime) -> str:
    _put_rev(card, now)
    unfolded: str = card.serialize(lineLength=10**9)
    return folded(unfolded)


def _put_name(card: Any, fields: CardFields) -> None:
    name = fields.name or PersonName("")
    structured = vobject.vcard.Name(
        family=_clean(name.family),
        given=_clean(name.given or ("" if name.family else name.printed)),
        prefix=_clean(name.prefix),
        suffix=_clean(name.suffix),
    )
    card.add("n").value = structured
    card.add("fn").value = _clean(fields.shown_as) or "?"
    if not name.printed and fields.org:
        card.add("x-abshowas").value = "COMPANY"


def _put_work(card: Any, fields: CardFields) -> None:
    _put_org(card, fields)
    _put_title(card, fields)


def _put_org(card: Any, fields: CardFields) -> None:
    if fields.org or fields.department:
        card.add("org").value = [_clean(part) for part in (fields.org, fields.department) if part or part == fields.org]


def _put_title(card: Any, fields: CardFields) -> None:
    if fields.title:
        card.add("title").value = _clean(fields.title)


def _put_email(card: Any, mail: str) -> None:
    _typed(card, "email", _clean(mail), ["INTERNET"])


def _put_phone(card: Any, phone: Phone) -> None:
    number = phone.e164 or phone.raw
    extension = f" ext. {phone.extension}" if phone.extension else ""
    _typed(card, "tel", _clean(number + extension), _PHONE_TYPES[phone.type])


def _put_url(card: Any, url: str) -> None:
    card.add("url").value = _clean(url if re.match(r"^[a-z][a-z0-9+.-]*:", url, re.IGNORECASE) else f"https://{url}")


def _put_profile(card: Any, profile: Profile) -> None:
    _typed(card, "x-socialprofile", _clean(profile.url), [profile.network])


def _put_address(card: Any, address: Address) -> None:
    if not address.street:
        # Without a street the parts cannot be trusted: the whole line as printed serves a person best.
        address = Address(printed=address.printed, street=address.printed)
    card.add("adr").value = vobject.vcard.Address(
        street=_clean(address.street),
        extended=_clean(address.extra),
        city=_clean(address.city),
        region=_clean(address.region),
        code=_clean(address.postcode),
        country=_clean(_country_name(address.country)),
    )
    card.contents["adr"][-1].params["TYPE"] = ["WORK"]


def _country_name(country: str) -> str:
    """The country as its own people write it (`ES` -> `España`): address books show the text as it stands."""
    if not re.fullmatch(r"[A-Z]{2}", country):
        return country
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return country
    return str(locale.territories.get(country, country))


def _lists(fields: CardFields) -> Iterable[tuple[Callable[[Any, Any], None], tuple[Any, ...]]]:
    sites = {url.lower().rstrip("/") for url in fields.urls}
    profile_sites = tuple(profile.url for profile in fields.profiles if profile.url.lower().rstrip("/") not in sites)
    yield _put_phone, fields.phones
    yield _put_email, fields.emails
    # iOS shows X-SOCIALPROFILE and no other client does: each profile stands as a plain URL too.
    yield _put_url, (*fields.urls, *profile_sites)
    yield _put_profile, fields.profiles
    yield _put_address, fields.addresses


def _typed(card: Any, name: str, value: str, types: list[str]) -> None:
    line = card.add(name)
    line.value = value
    line.params["TYPE"] = types


def _clean(value: str) -> str:
    """Without control characters, which no vCard may hold."""
    return "".join(sign for sign in value if sign.isprintable() or sign == "\n")


def _places(rows: Sequence[Row], *names: str) -> set[int]:
    return {at for at, row in enumerate(rows) if row.name in names}


def _swap(
    rows: Sequence[Row],
    new: Any,
    name: str,
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    put: Callable[[Any, Any], None],
) -> set[int]:
    """Give the places of what goes, and put what is new; a value that stays keeps its label, its group and all it has."""
    if before == after:
        return set()
    here = sorted(_places(rows, name))
    gone = {at for at, value in zip(here, before, strict=True) if value not in after}
    groups = {rows[at].group.lower() for at in gone if rows[at].group}
    labels = {at for at, row in enumerate(rows) if row.name == "X-ABLABEL" and row.group.lower() in groups}
    for value in after:
        if value not in before:
            put(new, value)
    return gone | labels
