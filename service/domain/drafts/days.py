"""Days as people say them: yesterday, on Thursday, in March; and how long ago, in words."""

from datetime import date

from service.domain.drafts.texts import Days

_LAST_IN_WEEKS = 34
_NEAR_FUTURE = 27


def said(day: date, words: Days, *, on: date) -> str:
    """The day as one says it on the day `on`, with its preposition: "on Thursday", "el jueves", "im März"."""
    ago = (on - day).days
    if ago < 0:
        return _to_come(day, words, -ago)
    if ago <= 6:
        return (words.today, words.yesterday)[ago] if ago < 2 else words.weekdays[day.weekday()]
    if ago <= _LAST_IN_WEEKS:
        return _weeks_ago(day, words, on)
    return _month_or_year(day, words, on)


def _to_come(day: date, words: Days, ahead: int) -> str:
    if ahead == 1:
        return words.tomorrow
    weekday = words.weekdays[day.weekday()]
    if ahead <= 6:
        return weekday
    pattern = words.date if ahead <= _NEAR_FUTURE else words.date_far
    return pattern.format(
        weekday=weekday, day=day.day, ordinal=_ordinal(day.day), month_name=words.month_names[day.month - 1]
    )


def _weeks_ago(day: date, words: Days, on: date) -> str:
    weeks = (_monday(on) - _monday(day)).days // 7
    return words.last_week if weeks == 1 else words.weeks_ago.format(count=words.numbers[weeks - 2])


def _month_or_year(day: date, words: Days, on: date) -> str:
    month = words.months[day.month - 1]
    if day.year == on.year:
        return month
    return words.month_last_year.format(month=month) if day.year == on.year - 1 else words.year.format(year=day.year)


def _monday(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())


def _ordinal(number: int) -> str:
    """As English writes it; the other languages ask for the plain number."""
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
