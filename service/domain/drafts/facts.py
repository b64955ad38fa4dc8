"""What a draft may say: names, days and what the user noted, in the user's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from service.domain.drafts.days import said
from service.domain.drafts.texts import Days


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything is optional but the name; "" and None mean that it is not known, and is never invented.

    `met` and `where` are given while the exchange is the latest thing between the two. `answered` says that they have
    just written back, `near` that the two have spoken since they first met, which makes the close warmer.
    """

    name: str
    full_name: str = ""
    where: str = ""
    met: date | None = None
    line: str = ""
    need: str = ""
    offer: str = ""
    ground: str = ""
    promise: str = ""
    received: str = ""
    referred: str = ""
    gift: str = ""
    times: str = ""
    day: date | None = None
    hour: str = ""
    place: str = ""
    by: str = ""
    activity: str = ""
    title: str = ""
    news: str = ""
    person: str = ""
    other: str = ""
    seeking: str = ""
    channel: str = ""
    link: str = ""
    answered: bool = False
    near: bool = False
    first: bool = False


def gaps_of(facts: Facts, words: Days, on: date) -> Mapping[str, str]:
    """What fills each gap of a text, days as people say them on the day `on`; what is not known is not in it."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    values["full_name"] = facts.full_name or facts.name
    return {name: _said(value, words, on) for name, value in values.items() if value}


def _said(value: str | date | bool, words: Days, on: date) -> str:  # noqa: FBT001 - it is a value among values
    if isinstance(value, date):
        return said(value, words, on=on)
    return value if isinstance(value, str) else "1"
