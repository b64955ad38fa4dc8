"""Times as a message offers them: "on Thursday at 10:00, on Friday at 16:00 or on Monday at 10:00"."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from service.domain.drafts.days import said
from service.domain.drafts.texts import LANGUAGES, texts_of

_WORDS: Final = {
    "es": ("{day} a las {time}", "o", "%H:%M"),
    "en": ("{day} at {time}", "or", "%H:%M"),
    "pt": ("{day} às {time}", "ou", "%H:%M"),
    "fr": ("{day} à {time}", "ou", "%Hh%M"),
    "de": ("{day} um {time} Uhr", "oder", "%H:%M"),
    "it": ("{day} alle {time}", "o", "%H:%M"),
}
"""By language: a time of a day, the word before the last one, and how the clock is written."""


def offered(times: Sequence[datetime], *, lang: str, on: date) -> str:
    """Say some local times in a language tag's own words, as one says them on the day `on`; "" for none."""
    base = lang.lower().partition("-")[0]
    pattern, last_word, clock = _WORDS[base if base in LANGUAGES else "en"]
    days = texts_of(lang).days
    spoken = [pattern.format(day=said(one.date(), days, on=on), time=_clock(one, clock)) for one in times]
    if len(spoken) < 2:
        return "".join(spoken)
    return f"{', '.join(spoken[:-1])} {last_word} {spoken[-1]}"


def _clock(moment: datetime, pattern: str) -> str:
    """French says 9h and 16h30, the others 9:00."""
    return moment.strftime(pattern).removeprefix("0").removesuffix("h00") + (
        "h" if "h" in pattern and not moment.minute else ""
    )
