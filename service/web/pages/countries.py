"""The countries of telephone numbers, by their names in the language of the page."""

from functools import cache

import phonenumbers
from babel import Locale
from flask_babel import get_locale


def countries() -> tuple[tuple[str, str], ...]:
    """ISO codes with names, in the order of the names."""
    return _named(str(get_locale().language))


@cache
def _named(lang: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(lang).territories
    known = ((code, names[code]) for code in phonenumbers.SUPPORTED_REGIONS if code in names)
    return tuple(sorted(known, key=lambda pair: pair[1]))
