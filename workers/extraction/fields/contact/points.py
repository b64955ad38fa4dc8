"""All contact points of a card in one go: each field sees what those before it have taken."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rapidfuzz import fuzz

from service.domain.reading.card import Address, Line, Phone, Profile
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.contact import addresses, codes, emails, phones, profiles, urls
from workers.extraction.fields.words.glyphs import looks
from workers.extraction.fields.world import place

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Points:
    """Where a card is from, and every way it names to reach somebody."""

    place: place.Place
    emails: list[Candidate[str]]
    urls: list[Candidate[str]]
    phones: list[Candidate[Phone]]
    addresses: list[Candidate[Address]]
    profiles: list[Candidate[Profile]]
    code: codes.CodeContact | None = None


def propose(lines: Sequence[Line], read_codes: Sequence[str] = ()) -> Points:
    """The contact points that lines and codes hold; what a code says is merged with what is printed."""
    mails = emails.propose(lines)
    accounts = profiles.propose(lines, mails)
    sites = urls.propose(lines, mails)
    where = place.of_card(lines, [*mails, *sites])
    numbers = phones.propose(lines, where, _all(mails, sites, accounts))
    streets = addresses.propose(lines, where, _all(mails, sites, numbers, accounts))
    code = codes.understand(read_codes, country=where.country if where.country_sure else "")
    printed = Points(where, mails, sites, numbers, streets, accounts, code)
    return _merged(printed, code) if code else printed


def _all(*taken: Sequence[Candidate[Any]]) -> list[Candidate[Any]]:
    return [candidate for candidates in taken for candidate in candidates]


def _merged(printed: Points, code: codes.CodeContact) -> Points:
    """What is printed and what the code says: the same value once, and surer; the code's spelling wins."""
    return replace(
        printed,
        emails=_without_misread(_both(printed.emails, code.emails, str.casefold)),
        urls=_both(printed.urls, code.urls, _site),
        phones=_without_stumps(_both(printed.phones, code.phones, lambda phone: (phone.e164 or _digits(phone))[-9:])),
        addresses=_both(printed.addresses, code.addresses, _words) if not printed.addresses else printed.addresses,
        profiles=_both(printed.profiles, code.profiles, lambda each: f"{each.network}/{each.handle.casefold()}"),
    )


def _both(
    printed: Sequence[Candidate[Value]], said: Sequence[Value], key: Callable[[Value], str]
) -> list[Candidate[Value]]:
    found = {key(candidate.value): candidate for candidate in printed}
    for value in said:
        same = found.get(key(value))
        if same is None:
            found[key(value)] = Candidate(value, frozenset(), 6.0, passed=("code",), kind="code")
        else:
            found[key(value)] = replace(same, score=same.score + 3.0, passed=(*same.passed, "code"), failed=())
    return list(found.values())


def _without_misread(mails: list[Candidate[str]]) -> list[Candidate[str]]:
    """The mailboxes less those that are one that the code says, but for a letter or two."""
    said = [mail.value for mail in mails if "code" in mail.passed]
    return [mail for mail in mails if "code" in mail.passed or not any(_alike(mail.value, one) for one in said)]


def _alike(one: str, other: str) -> bool:
    return looks(one) == looks(other) or fuzz.ratio(one, other) >= 92


def _without_stumps(numbers: list[Candidate[Phone]]) -> list[Candidate[Phone]]:
    """The numbers less those that lack one digit of a number that the code says."""
    said = [number.value.e164 for number in numbers if "code" in number.passed and number.value.e164]
    return [
        number
        for number in numbers
        if "code" in number.passed or not any(_lacks_one(number.value.e164, whole) for whole in said)
    ]


def _lacks_one(number: str, whole: str) -> bool:
    return len(number) == len(whole) - 1 and any(whole[:at] + whole[at + 1 :] == number for at in range(len(whole)))


def _site(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.casefold()).rstrip("/")


def _digits(phone: Phone) -> str:
    return re.sub(r"\D", "", phone.raw)


def _words(address: Address) -> str:
    return " ".join(re.findall(r"\w+", address.printed.casefold()))
