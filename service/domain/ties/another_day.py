"""Another day: by hand on the day that the user chose, so far ahead and no further."""

from datetime import date

from service.domain.errors import BadValue
from service.domain.ties.days import plus
from service.domain.ties.policy import Policy


def check_day(day: date, today: date, policy: Policy) -> None:
    if day <= today:
        raise BadValue("day_past", "Choose a day after today.")
    if day > plus(today, policy.postpone_days):
        raise BadValue("day_too_far", f"Choose a day within {policy.postpone_days} days.")


def check_recorded(day: date, today: date) -> None:
    """What is written down has happened: tomorrow is allowed for who is a time zone ahead."""
    if day > plus(today, 1):
        raise BadValue("day_ahead", "Choose a day that is not after tomorrow.")
