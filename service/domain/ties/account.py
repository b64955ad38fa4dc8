"""An account as the engine sees it: its days, its quiet, its numbers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain.errors import BadValue
from service.domain.ties.policy import Policy

WEEKDAYS: Final = 7
WEEKEND: Final = frozenset({5, 6})
LONGEST_STAY_DAYS: Final = 31
"""Who is longer in a town has a town more."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Quiet from `first` to `last`, both within."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """In a town, in normal form, from `first` to `last`: who lives there may be visited. `name` is as the user said it."""

    first: date
    last: date
    town: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """`quiet_weekdays` counts Monday as 0. `towns` are the user's own, in normal form, `stays` where he will be."""

    zone: str = "Europe/Madrid"
    quiet_weekdays: frozenset[int] = WEEKEND
    stretches: tuple[Stretch, ...] = ()
    towns: frozenset[str] = frozenset()
    stays: tuple[Stay, ...] = ()
    policy: Policy = field(default_factory=Policy)


def check(account: Account) -> None:
    """Raise BadValue for what nobody can live with; the engine itself lives with anything."""
    if not account.quiet_weekdays <= frozenset(range(WEEKDAYS)) or len(account.quiet_weekdays) >= WEEKDAYS:
        raise BadValue("quiet_weekdays", "Leave at least one day of the week open.")
    for stretch in account.stretches:
        _check_stretch(stretch, account.policy.longest_stretch_days)
    for stay in account.stays:
        _check_stay(stay)
    zone_of(account.zone)


def _check_stay(stay: Stay) -> None:
    if not stay.town:
        raise BadValue("town", "Say which town.")
    if stay.last < stay.first or (stay.last - stay.first).days >= LONGEST_STAY_DAYS:
        raise BadValue("stay", "Say from which day to which you will be there, a month at most.")


def _check_stretch(stretch: Stretch, longest_days: int) -> None:
    if stretch.last < stretch.first:
        raise BadValue("stretch_backwards", "A quiet stretch ends on the day it begins or later.")
    if (stretch.last - stretch.first).days >= longest_days:
        raise BadValue("stretch_too_long", f"A quiet stretch has at most {longest_days} days.")


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name, as in Europe/Madrid."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise BadValue("unknown_zone", "Choose a time zone of the list, such as Europe/Madrid.") from wrong


def day_of(moment: datetime, zone: str) -> date:
    """The account's day at a moment in time."""
    return moment.astimezone(zone_of(zone)).date()
