"""What events were worth, as rows of a table, as bars of a picture, and in words that claim no more than the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import format_currency, format_date, format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from service.domain.gatherings.gathering import GatheringKind
from service.domain.outcomes.worth import FEW_CARDS, Caution, KindWorth, Sums, Worth, caution, cost_each
from service.web.pages.meeting.gathering_wording import GATHERING_KINDS

STEPS: Final = ("cards", "persons", "ties", "referrals", "clients")
STEP_NAMES: Final[dict[str, Any]] = {
    "cards": lazy_gettext("Cards"),
    "persons": lazy_gettext("Persons"),
    "ties": lazy_gettext("Ties"),
    "referrals": lazy_gettext("Referrals"),
    "clients": lazy_gettext("Clients"),
}
DRAWN_AT_MOST: Final = 8
_BAR_LEFT, _BAR_MOST = 118, 190
_HEAD_PX, _BAR_PX, _GAP_PX = 30, 20, 14


@dataclass(frozen=True, slots=True)
class WorthRow:
    """A line of a table: counts in the order of STEPS, hours, cost, and cost for each, "" where not known."""

    name: str
    beside: str
    href: str
    counts: tuple[int, ...]
    hours: str
    cost: str
    each_person: str
    each_client: str
    value: str
    caution: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Hours and money, None where nobody told; `shared` where the cost may be put down to people one by one."""

    hours: float | None
    cost_cents: int | None
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the picture: its step, its number, and where it is drawn."""

    step: str
    name: str
    number: int
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: groups of five bars under each other, on one scale, and all of it in words."""

    width: int
    height: int
    left: int
    groups: tuple[Group, ...]
    said: str


def event_row(one: Worth, href: str) -> WorthRow:
    beside = " · ".join(
        part for part in (str(format_date(one.day, "d MMM y")) if one.day else "", kind(one.kind)) if part
    )
    name = one.name or str(_("From elsewhere"))
    spent = Spent(one.hours, one.cost_cents)
    return _row(name, beside, href if one.id else "", one.sums, spent, _cautious(one.sums, 1) if one.id else "")


def kind_row(one: KindWorth) -> WorthRow:
    hours = one.sums.hours if one.told_hours else None
    cost = one.sums.cost_cents if one.told_cost else None
    beside = str(ngettext("%(num)d event", "%(num)d events", one.events))
    all_told = one.told_cost == one.events
    if cost is not None and not all_told:
        beside += " · " + str(_("cost told of %(num)d", num=one.told_cost))
    careful = _cautious(one.sums, one.events)
    return _row(kind(one.kind), beside, "", one.sums, Spent(hours, cost, shared=all_told), careful)


def total_row(sums: Sums) -> WorthRow:
    return _row(str(_("All")), "", "", sums, Spent(sums.hours or None, sums.cost_cents or None, shared=False), "")


def kind(value: str) -> str:
    return str(GATHERING_KINDS[GatheringKind(value)]) if value else str(_("No kind told"))


def chart(named: Sequence[tuple[str, Sums]]) -> Chart:
    """The first few, each with its five bars."""
    shown = list(named)[:DRAWN_AT_MOST]
    most = max((getattr(sums, step) for _name, sums in shown for step in STEPS), default=0) or 1
    height_each = _HEAD_PX + len(STEPS) * _BAR_PX + _GAP_PX
    groups = [_group(name, sums, at * height_each, most) for at, (name, sums) in enumerate(shown)]
    said = " ".join(f"{name}: {_in_words(sums)}." for name, sums in shown)
    return Chart(360, max(1, len(groups)) * height_each, _BAR_LEFT, tuple(groups), said)


def money(cents: int) -> str:
    return str(format_currency(cents / 100, "EUR", format_type="standard")).replace(",00", "").replace(".00", "")


def _group(name: str, sums: Sums, top: int, most: int) -> Group:
    bars = []
    for at, step in enumerate(STEPS):
        number = getattr(sums, step)
        width = max(2.0, _BAR_MOST * number / most) if number else 0.0
        bars.append(Bar(step, str(STEP_NAMES[step]), number, top + _HEAD_PX + at * _BAR_PX, round(width, 1)))
    return Group(name, top + _HEAD_PX - 10, tuple(bars))


def _in_words(sums: Sums) -> str:
    return ", ".join(f"{str(STEP_NAMES[step]).lower()} {getattr(sums, step)}" for step in STEPS)


def _row(name: str, beside: str, href: str, sums: Sums, spent: Spent, careful: str) -> WorthRow:
    cost = spent.cost_cents if spent.shared else None
    person, client = cost_each(cost, sums.persons), cost_each(cost, sums.clients)
    return WorthRow(
        name=name,
        beside=beside,
        href=href,
        counts=tuple(getattr(sums, step) for step in STEPS),
        hours=str(format_decimal(spent.hours)) if spent.hours is not None else "",
        cost=money(spent.cost_cents) if spent.cost_cents is not None else "",
        each_person=money(person) if person is not None else "",
        each_client=money(client) if client is not None else "",
        value=money(sums.value_cents) if sums.value_cents else "",
        caution=careful,
    )


def _cautious(sums: Sums, events: int) -> str:
    """What a row of small numbers cannot say."""
    match caution(sums, events):
        case Caution.NOTHING:
            return str(_("Nothing has come of it yet."))
        case Caution.ONE_EVENT:
            return str(_("One event says little."))
        case Caution.FEW:
            few = _("Few events, or fewer than %(num)d cards: one client more would change the order.", num=FEW_CARDS)
            return str(few)
        case Caution.SOME:
            return ""
