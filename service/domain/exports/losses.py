"""What an address book loses of a contact, told before it is sent there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from service.domain.exports.client import Client
from service.domain.people.content_lines import Line, lines_of
from service.domain.people.vcard_three import as_three


class Loss(StrEnum):
    """What does not arrive; SITES_ONLY arrives as a plain address of the web."""

    MAILS = "mails"
    PHONES = "phones"
    SITES = "sites"
    ADDRESSES = "addresses"
    SITES_ONLY = "sites only"
    LABELS = "labels"
    GATHERING = "gathering"
    PHOTO = "photo"
    OTHERS = "others"


_FRAME: Final = frozenset("UID REV PRODID KIND SOURCE MAILER SORT-STRING CLASS".split())
"""What says something of the vCard and nothing of the person."""
_BOTH: Final = _FRAME | set(
    "FN N ORG TITLE EMAIL TEL URL ADR NOTE BDAY CATEGORIES PHOTO NICKNAME X-ABSHOWAS X-ABLABEL X-SOCIALPROFILE".split()
)
_KNOWN: Final = _BOTH | {"ROLE", "LABEL", "TZ", "GEO", "ANNIVERSARY"}
_DAYS: Final = frozenset({"ANNIVERSARY", "X-ANNIVERSARY"})
_KNOWN_IN: Final = {
    Client.OUTLOOK_CSV: _BOTH | _DAYS,
    Client.GOOGLE_CSV: _BOTH | _DAYS | {"X-ABDATE", "X-ABRELATEDNAMES"},
}
"""What a table has a column for; of several events, or relations, one."""
_ONE_PLACE: Final = ("NICKNAME", "X-ABRELATEDNAMES", "NOTE", "BDAY", "ORG", "TITLE")
_OUTLOOK: Final = frozenset(
    {Loss.MAILS, Loss.PHONES, Loss.SITES, Loss.ADDRESSES, Loss.SITES_ONLY, Loss.LABELS, Loss.OTHERS}
)
_LOSES: Final = {
    Client.APPLE: frozenset({Loss.GATHERING}),
    Client.GOOGLE: frozenset({Loss.SITES_ONLY, Loss.OTHERS}),
    Client.ANDROID: frozenset({Loss.SITES_ONLY, Loss.LABELS, Loss.GATHERING, Loss.OTHERS}),
    Client.OUTLOOK: _OUTLOOK,
    Client.V4: frozenset[Loss](),
    Client.OUTLOOK_CSV: _OUTLOOK | {Loss.PHOTO},
    Client.GOOGLE_CSV: frozenset(
        {Loss.MAILS, Loss.PHONES, Loss.SITES, Loss.ADDRESSES, Loss.SITES_ONLY, Loss.PHOTO, Loss.OTHERS}
    ),
}
_MOST_MAILS: Final = 3
_MOST_OF_A_KIND: Final = {"MOBILE": 1, "FAX": 1, "WORK": 2, "HOME": 2, "PAGER": 1, "OTHER": 1}
"""Numbers that Outlook has a place for; its tables have the same columns."""
_MOST_IN_GOOGLES_TABLE: Final = 4


def losses(texts: Iterable[str], client: Client) -> Counter[Loss]:
    """Of how many contacts each thing is lost."""
    counted: Counter[Loss] = Counter()
    for text in texts:
        counted.update(losses_of(text, client))
    return counted


def losses_of(text: str, client: Client) -> frozenset[Loss]:
    wanted = _LOSES[client]
    return wanted & frozenset(_all(list(lines_of(as_three(text))), client)) if wanted else wanted


def _all(lines: list[Line], client: Client) -> Iterator[Loss]:
    counts = Counter(line.name for line in lines)
    most_sites = _MOST_MAILS if client is Client.GOOGLE_CSV else 1
    yield from (Loss.MAILS for _ in range(counts["EMAIL"] > _MOST_MAILS))
    yield from (Loss.SITES for _ in range(counts["URL"] > most_sites))
    yield from (Loss.ADDRESSES for _ in range(counts["ADR"] > (2 if client is Client.GOOGLE_CSV else 1)))
    yield from (Loss.SITES_ONLY for _ in range(bool(counts["X-SOCIALPROFILE"])))
    yield from (Loss.LABELS for _ in range(bool(counts["X-ABLABEL"])))
    yield from (Loss.GATHERING for _ in range(bool(counts["CATEGORIES"])))
    yield from (Loss.PHOTO for _ in range(bool(counts["PHOTO"])))
    yield from (Loss.OTHERS for _ in range(_holds_more(counts, client)))
    if _too_many_numbers([line for line in lines if line.name == "TEL"], client):
        yield Loss.PHONES


def _holds_more(counts: Counter[str], client: Client) -> bool:
    """Whether it says anything that has no place there; a table has one for a nickname, an event, a relation."""
    known = _KNOWN_IN.get(client, _KNOWN)
    events = sum(counts[name] for name in _DAYS | {"X-ABDATE"})
    several = client.is_table and max(events, *(counts[name] for name in _ONE_PLACE)) > 1
    return bool(counts.keys() - known) or several


def _too_many_numbers(numbers: list[Line], client: Client) -> bool:
    if client is Client.GOOGLE_CSV:
        return len(numbers) > _MOST_IN_GOOGLES_TABLE
    kinds = Counter(kind_of_number(line) for line in numbers)
    return any(kinds[kind] > most for kind, most in _MOST_OF_A_KIND.items())


def kind_of_number(line: Line) -> str:
    types = {*line.types}
    if types & {"CELL", "IPHONE", "MOBILE"}:
        return "MOBILE"
    return next((kind for kind in ("PAGER", "FAX", "WORK", "HOME") if kind in types), "OTHER")
