"""How long ago, in words, and since when: the two ways in which a sentence of why tells time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.drafts.texts import texts_of

_DAYS_A_MONTH = 30.44
_DAYS_A_YEAR = 365.25


def since(day: date, words: Mapping[str, Any], *, on: date) -> str:
    """Say how long ago a day was: "three weeks ago", "hace un año"."""
    days = (on - day).days
    if days < 7:
        return str(words["days"])
    if days < 28:
        return _counted(round(days / 7), words, "week")
    if days < _DAYS_A_YEAR - 15:
        return _counted(round(days / _DAYS_A_MONTH), words, "month")
    return _counted(round(days / _DAYS_A_YEAR), words, "year")


def since_when(day: date, words: Mapping[str, Any], *, lang: str, on: date) -> str:
    """Name the time since which something has not been: "3 March", "marzo", "marzo del año pasado", "2021"."""
    month_name = texts_of(lang).days.month_names[day.month - 1]
    if (on - day).days <= 35:
        return str(words["recent"].format(day=day.day, month_name=month_name))
    if day.year == on.year:
        return month_name
    return words["last_year"].format(month_name=month_name) if day.year == on.year - 1 else str(day.year)


def _counted(count: int, words: Mapping[str, Any], unit: str) -> str:
    if count == 1:
        return str(words[unit])
    numbers = words["numbers"]
    return str(words[f"{unit}s"].format(count=numbers[count] if count < len(numbers) else count))
