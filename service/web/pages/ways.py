"""The ways to reach a contact: call, write, find; as links that the phone itself opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import phonenumbers
from flask_babel import gettext as _

from service.domain.people.contact import CardFields
from service.domain.reading.card import Phone, PhoneType


@dataclass(frozen=True, slots=True)
class Way:
    """One link; `away` ones open beside this page, for they lead to another site."""

    href: str
    text: str
    icon: str = ""
    away: bool = False


def ways_to(fields: CardFields) -> list[Way]:
    """One of each kind, the first being what most people want: to call."""
    return list(_ways(fields))


def _ways(fields: CardFields) -> Iterator[Way]:
    spoken = [phone for phone in fields.phones if phone.type != PhoneType.FAX]
    mobiles = [phone for phone in spoken if phone.type == PhoneType.MOBILE]
    if best := (mobiles or spoken)[:1]:
        yield Way(href=tel(best[0]), text=_("Call"), icon="phone")
    if fields.emails:
        yield Way(href=f"mailto:{quote(fields.emails[0], safe='@')}", text=_("E-mail"), icon="mail")
    if mobiles and mobiles[0].e164:
        yield Way(href=f"https://wa.me/{mobiles[0].e164[1:]}", text="WhatsApp", icon="chat", away=True)
    if fields.addresses:
        place = quote(fields.addresses[0].printed)
        yield Way(href=f"https://www.openstreetmap.org/search?query={place}", text=_("Map"), icon="pin", away=True)


def links_to(fields: CardFields) -> list[Way]:
    """Sites and profiles, each once, without the parts of an address that nobody reads."""
    addresses = dict.fromkeys((*fields.urls, *(profile.url for profile in fields.profiles)))
    return [Way(href=href, text=_shown(href), icon="web", away=True) for href in map(_whole, addresses) if href]


def in_words(fields: CardFields) -> str:
    """The contact as a few lines of text, to be sent where no vCard can go."""
    who = ", ".join(filter(None, (fields.title, fields.org if fields.name else "")))
    numbers = (f"{number(phone)}{f' ext. {phone.extension}' if phone.extension else ''}" for phone in fields.phones)
    sites = (link.href for link in links_to(fields))
    lines = (fields.shown_as, who, *numbers, *fields.emails, *sites, *(place.printed for place in fields.addresses))
    return "\n".join(filter(None, lines))


def tel(phone: Phone) -> str:
    return f"tel:{phone.e164 or quote(phone.raw, safe='+')}"


def number(phone: Phone) -> str:
    """A number as people write it: in groups where its country is known, else as printed."""
    if not phone.e164:
        return phone.raw
    try:
        parsed = phonenumbers.parse(phone.e164)
    except phonenumbers.NumberParseException:
        return phone.raw
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _whole(url: str) -> str:
    """The address with its scheme; "" for one that no link may have: a card can print anything."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:  # brackets where the name of a site would stand
        return ""
    if scheme in {"http", "https"}:
        return url
    return (
        f"https://{url}" if "." in url.partition("/")[0] and not url.lower().startswith(("javascript", "data")) else ""
    )


def _shown(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
