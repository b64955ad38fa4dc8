"""What a contact is known again by: its name, company, mail addresses, numbers and profiles, each in a normal form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from service.domain.duplicates.names import Words, words_of
from service.domain.people.contact import CardFields
from service.domain.people.same import company, company_of_host, letters, mail, url
from service.domain.reading.card import Phone

DIGITS_SHARED: Final = 7
"""Of a number, the last so many are looked up: a number of a town may be printed without country and area."""
_NO_NAME: Final = re.compile(r"\S+@\S+|[\d\s+().-]+")
"""What stands in the place of a name where there is none: the address, the number."""
_MOST: Final = 40
"""A contact has so many keys at most, whatever its vCard says."""
_FEWEST_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Key:
    """`key` is looked up; `whole` is what it stands for, where the key does not say all of it."""

    key: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """`words` are those of the name, or of the company's where there is no person; none where nobody is named."""

    is_company: bool
    words: Words
    company: str
    mails: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()


def face_of(fields: CardFields) -> Face:
    name = fields.name.printed if fields.name else ""
    sites = (profile.url or f"{profile.network}/{profile.handle}" for profile in fields.profiles)
    return made(
        name,
        fields.org,
        mails=map(mail, fields.emails),
        numbers=map(_number, fields.phones),
        profiles=[url(site).casefold() for site in sites],
    )


def made(name: str, org: str, *, mails: Iterable[str], numbers: Iterable[str], profiles: Iterable[str]) -> Face:
    addresses = frozenset(address for address in mails if address)
    hosts = (company_of_host(address.rpartition("@")[2]) for address in sorted(addresses))
    firm = company(org) or next((host for host in hosts if host), "")
    words = (
        words_of("" if _NO_NAME.fullmatch(name) else name)
        if name
        else tuple(filter(None, (company(org) or letters(org),)))
    )
    return Face(
        not name, words, firm, addresses, frozenset(filter(_is_whole, numbers)), frozenset(filter(None, profiles))
    )


def keys_of(face: Face) -> tuple[Key, ...]:
    """By which others that may be the same are found: each shares one of these."""
    return tuple(dict.fromkeys(_keys(face)))[:_MOST]


def face_from(name: str, org: str, keys: Iterable[Key]) -> Face:
    """Put a face together again from the name, the company and the keys that were kept."""
    by_kind: dict[str, list[str]] = {"m": [], "t": [], "p": []}
    for key in keys:
        kind, _, said = key.key.partition(":")
        if kind in by_kind:
            by_kind[kind].append(key.whole or said)
    return made(name, org, mails=by_kind["m"], numbers=by_kind["t"], profiles=by_kind["p"])


def _keys(face: Face) -> Iterator[Key]:
    yield from (Key(f"m:{address[:200]}") for address in sorted(face.mails))
    for number in sorted(face.numbers):
        yield Key(f"t:{_digits(number)[-DIGITS_SHARED:]}", number)
    yield from (Key(f"p:{profile[:200]}") for profile in sorted(face.profiles))
    if face.words:
        yield Key(f"n:{' '.join(face.words)[:200]}")
    if face.company and not face.is_company:
        told = (word for word in face.words if len(word) >= _FEWEST_LETTERS or word > "\u2e80")
        yield from (Key(f"c:{face.company[:100]}/{word[:100]}") for word in told)


def _is_whole(number: str) -> bool:
    """Fewer digits than a number of a town has are shared by chance."""
    return len(_digits(number)) >= DIGITS_SHARED


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number.partition(";")[0])


def _number(phone: Phone) -> str:
    """In E.164 where that is known, else the digits without the zero of a trunk; an extension behind a semicolon."""
    digits = phone.e164 or re.sub(r"\D", "", phone.raw).lstrip("0")
    return f"{digits};{phone.extension}" if phone.extension else digits
