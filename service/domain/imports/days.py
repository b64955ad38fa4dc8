"""Days as spreadsheets write them, with months by name in six languages."""

import re
from datetime import date, datetime
from typing import Final

from babel import Locale
from dateutil.parser import ParserError, parserinfo
from dateutil.parser import parser as Parser  # noqa: N812 - it is a class

_LANGUAGES: Final = ("en", "es", "pt", "fr", "de", "it")
_HAS_A_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ISO: Final = re.compile(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ].*)?\s*")
_NO_YEAR: Final = re.compile(r"--(\d\d)-?(\d\d)")
NO_YEAR: Final = 1604
"""As Apple writes a birthday of which nobody knows the year."""
_LONGEST: Final = 40
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 - a day has no zone


def day_of(text: str, *, day_first: bool) -> date | None:
    """The day that a cell says, or None for what is no day of the Gregorian calendar with its year in four digits.

    `day_first` decides `03/04/2021`, which only the writer knows.
    """
    if len(text) > _LONGEST or not _HAS_A_YEAR.search(text):
        return None
    iso = _ISO.fullmatch(text)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        one, other = (_PARSER.parse(text, dayfirst=day_first, default=default).date() for default in _DEFAULTS)
    except (ParserError, ValueError, OverflowError):
        return None
    return one if one == other else None  # what is not said comes from the default


def birthday_of(text: str, *, day_first: bool) -> date | None:
    """The same, and `--05-12` with NO_YEAR, which is how Google writes a birthday of any year."""
    unsaid = _NO_YEAR.fullmatch(text.strip())
    try:
        return date(NO_YEAR, int(unsaid[1]), int(unsaid[2])) if unsaid else day_of(text, day_first=day_first)
    except ValueError:
        return None


def _months() -> list[tuple[str, ...]]:
    """The names of each month, long and short, in all languages; short ones with and without their full stop."""
    names = []
    for month in range(1, 13):
        told = [
            Locale(lang).months[how][width][month]
            for lang in _LANGUAGES
            for how in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
        ]
        names.append(tuple(dict.fromkeys(name.lower().rstrip(".") for name in told)))
    return names


class _Words(parserinfo):
    """What the parser knows of words: months in six languages, and the little words between the parts of a day."""

    MONTHS = _months()  # type: ignore[assignment]  # any number of names does
    JUMP = [*parserinfo.JUMP, "de", "del", "le", "der", "den", "il", "di", "d", "º", "°"]  # noqa: RUF012 - the parser's own manner


_PARSER: Final = Parser(_Words())
