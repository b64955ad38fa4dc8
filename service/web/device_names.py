"""What a browser says of itself, in two words that a person knows it by again."""

import re
from typing import Final

_BROWSERS: Final = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS)/"),
    ("Safari", r"Safari/"),
)
"""In this order: most of them say that they are Chrome and Safari too."""

_SYSTEMS: Final = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux|CrOS"),
)


def device_name(user_agent: str) -> str:
    """For instance `Android, Chrome`; "" for a browser that says nothing."""
    found = (_first(_SYSTEMS, user_agent), _first(_BROWSERS, user_agent))
    return ", ".join(name for name in found if name)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in known if re.search(sign, user_agent)), "")
