"""Two sides of one card: whether two readings may be that, which is the back, and what they say together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from service.domain.people.same import company, company_of_host, host, letters, mail, same_number, url
from service.domain.reading.card import Box, Found, Line, Phone, PhoneType, Reading, Side

Value = TypeVar("Value")
Same = Callable[[Any, Any], bool]

SINGLE = ("name", "org", "department", "title")
SAME: Mapping[str, Same] = {
    "emails": lambda one, other: mail(one) == mail(other),
    "phones": same_number,
    "urls": lambda one, other: url(one) == url(other),
    "profiles": lambda one, other: (one.network, one.handle.casefold()) == (other.network, other.handle.casefold()),
    "addresses": lambda one, other: letters(one.printed) == letters(other.printed),
}
"""When two values of a list are one: nobody wants the same number twice."""


class Shared(StrEnum):
    """What two readings have in common that may be sides of one card."""

    MAIL = "mail"
    NUMBER = "number"
    COMPANY = "company"


def may_be_sides(one: Reading, other: Reading) -> Shared | None:
    """Why two readings may be sides of one card, or None: two names are two people, or a card taken twice."""
    if one.name and other.name:
        return None
    if _in_common(one.emails, other.emails, SAME["emails"]):
        return Shared.MAIL
    if _in_common(one.phones, other.phones, SAME["phones"]):
        return Shared.NUMBER
    return Shared.COMPANY if set(companies(one)) & set(companies(other)) else None


def is_back_of(one: Reading, other: Reading) -> bool:
    """Whether `one` is the back: the side without a name, or with less to reach anybody by."""
    if bool(one.name) != bool(other.name):
        return other.name is not None
    return _ways(one) < _ways(other)


def companies(reading: Reading) -> Iterator[str]:
    """The company as its own name, its mail and its site spell it."""
    spelled = [company(reading.org.value)] if reading.org else []
    hosts = [found.value.rpartition("@")[2] for found in reading.emails] + [host(found.value) for found in reading.urls]
    yield from (name for name in (*spelled, *map(company_of_host, hosts)) if name)


def joined(front: Reading, back: Reading) -> Reading:
    """What both sides say. Of a single value the front's stands, unless it has none or doubts its own.

    Nothing printed is lost: what did not stand is a line that no field took.
    """
    front, back = on_side(front, Side.FRONT), on_side(back, Side.BACK)
    langs = dict.fromkeys((front.lang, back.lang, *front.other_langs, *back.other_langs))
    lang, *other_langs = [lang for lang in langs if lang] or [""]
    return Reading(
        name=stands(front.name, back.name),
        org=stands(front.org, back.org),
        department=stands(front.department, back.department),
        title=stands(front.title, back.title),
        emails=_merged(front.emails, back.emails, SAME["emails"]),
        phones=_merged(front.phones, back.phones, SAME["phones"]),
        urls=_merged(front.urls, back.urls, SAME["urls"]),
        profiles=_merged(front.profiles, back.profiles, SAME["profiles"]),
        addresses=_merged(front.addresses, back.addresses, SAME["addresses"]),
        lang=lang,
        country=front.country or back.country,
        unclaimed=(*front.unclaimed, *back.unclaimed, *_left_over(front, back)),
        other_langs=tuple(other_langs),
    )


def on_side(reading: Reading, side: Side) -> Reading:
    """The same reading, each piece of evidence and each line saying which side it is on."""

    def one(found: Found[Value]) -> Found[Value]:
        return replace(found, evidence=replace(found.evidence, side=side))

    def several(founds: tuple[Found[Value], ...]) -> tuple[Found[Value], ...]:
        return tuple(map(one, founds))

    return replace(
        reading,
        name=reading.name and one(reading.name),
        org=reading.org and one(reading.org),
        department=reading.department and one(reading.department),
        title=reading.title and one(reading.title),
        emails=several(reading.emails),
        phones=several(reading.phones),
        urls=several(reading.urls),
        profiles=several(reading.profiles),
        addresses=several(reading.addresses),
        unclaimed=tuple(replace(line, side=side) for line in reading.unclaimed),
    )


def stands(front: Found[Value] | None, back: Found[Value] | None) -> Found[Value] | None:
    """Which of two single values the card has."""
    if front is None or back is None:
        return front or back
    return back if front.doubt and not back.doubt else front


def _left_over(front: Reading, back: Reading) -> Iterator[Line]:
    """The single values that did not stand, as the lines they were printed in."""
    for field in SINGLE:
        one, other = getattr(front, field), getattr(back, field)
        if one and other and letters(_text(one.value)) != letters(_text(other.value)):
            lost = one if stands(one, other) is other else other
            sure = lost.evidence.confidence
            box = lost.evidence.box or Box(0, 0, 0, 0)
            yield Line(_text(lost.value), box, sure, sure, side=lost.evidence.side)


def _merged(front: tuple[Found[Value], ...], back: tuple[Found[Value], ...], same: Same) -> tuple[Found[Value], ...]:
    """Both lists in order; of twins the one that nobody doubts, in the place of the first."""
    kept = list(front)
    for found in back:
        at = next((at for at, one in enumerate(front) if same(one.value, found.value)), None)
        if at is None:
            kept.append(found)
        else:
            kept[at] = _better(kept[at], found)
    return tuple(kept)


def _better(one: Found[Value], other: Found[Value]) -> Found[Value]:
    best, rest = (other, one) if one.doubt and not other.doubt else (one, other)
    if isinstance(best.value, Phone) and isinstance(rest.value, Phone):
        kind = rest.value.type if best.value.type is PhoneType.UNKNOWN else best.value.type
        phone: Any = replace(best.value, e164=best.value.e164 or rest.value.e164, type=kind)
        return replace(best, value=phone)
    return best


def _in_common(some: Iterable[Found[Value]], others: Iterable[Found[Value]], same: Same) -> bool:
    kept = list(others)
    return any(same(one.value, other.value) for one in some for other in kept)


def _ways(reading: Reading) -> int:
    return len(reading.emails) + len(reading.phones)


def _text(value: Any) -> str:
    return str(getattr(value, "printed", value))
