"""When two printed values are the same thing: mail addresses, numbers, sites and companies, whatever their dress."""

import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from service.domain.reading.card import Phone

FREE_MAIL = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo ymail aol icloud me mac gmx web t-online proton protonmail pm zoho "
    "mail fastmail yandex qq 163 126 sina naver hanmail daum libero virgilio orange wanadoo free laposte sfr telefonica "
    "terra uol bol sapo rediffmail facebook instagram linkedin twitter x youtube wa whatsapp tiktok github".split()
)
"""Houses whose domain many strangers share: no company of the card's."""

_LEGAL_FORMS = frozenset(
    "sl slu sa sau sas sarl sasu srl spa snc sapa ltd limited llc llp lp inc corp plc gmbh mbh ag kg ohg ug ek bv nv "
    "oy oyj ab as asa aps lda ltda sgps eirl cia pty pvt pte kk co company".split()
)
_FEWEST_DIGITS = 7
"""Fewer digits than a number of a town has are shared by chance."""


def letters(text: str) -> str:
    """Letters and digits alone, without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if sign.isalnum())


def mail(address: str) -> str:
    return address.strip().casefold()


def url(address: str) -> str:
    """Without scheme, `www.` and the last slash; only the host is written in any case."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", address.strip(), flags=re.IGNORECASE)
    place, slash, path = bare.partition("/")
    return (place.casefold().removeprefix("www.") + slash + path).rstrip("/")


def host(address: str) -> str:
    try:
        return urlsplit(f"//{url(address)}").hostname or ""
    except ValueError:
        return ""


def same_number(one: Phone, other: Phone) -> bool:
    """The same number, one of them perhaps printed without country and area; extensions are numbers of their own."""
    if one.extension != other.extension:
        return False
    if one.e164 and other.e164:
        return one.e164 == other.e164
    longer, shorter = sorted((_digits(one), _digits(other)), key=len, reverse=True)
    return longer == shorter or (len(shorter) >= _FEWEST_DIGITS and longer.endswith(shorter))


def _digits(phone: Phone) -> str:
    # The trunk zero is dialled within a country only.
    return re.sub(r"\D", "", phone.e164 or phone.raw).lstrip("0")


def company(name: str) -> str:
    """A company's name without its legal form, as one word; "" where too little is left to tell companies apart."""
    words = [letters(word) for word in re.split(r"[\s,&+-]+", name)]
    kept = [word for word in words if word]
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return _telling("".join(kept))


def company_of_host(address: str) -> str:
    """The part of a host that its owner chose: `mail.faro-norte.co.uk` -> `faronorte`; "" for the houses of many."""
    owner = (_suffixes().privatesuffix(address.casefold()) or "").partition(".")[0]
    return "" if owner in FREE_MAIL else _telling(letters(owner))


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _telling(word: str) -> str:
    return word if len(word) >= 3 or any(sign > "\u2e80" for sign in word) else ""
