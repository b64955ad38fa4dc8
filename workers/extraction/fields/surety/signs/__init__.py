"""What the print and the rest of a card say for and against a value, as numbers that a surety can be learnt from.

Every sign is between 0 and 1 or nearly so, has a name that the learnt weights know it by, and speaks of doubt when it
is large, but for a few that calm: `agree`, `proved`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from service.domain.reading.card import Found, Reading
from workers.extraction.fields.surety.signs.card import Card, Signs
from workers.extraction.fields.surety.signs.choices import of_name, of_org, of_title
from workers.extraction.fields.surety.signs.dialled import of_phone
from workers.extraction.fields.surety.signs.places import of_address
from workers.extraction.fields.surety.signs.printed import of_print, scattered, spelled
from workers.extraction.fields.surety.signs.reached import of_mail, of_site

KINDS = ("name", "org", "title", "emails", "phones", "urls", "addresses")
_CHOICES = frozenset({"name", "org", "title"})
OF_KIND: dict[str, Callable[[Any, Card], Signs]] = {
    "name": of_name,
    "org": of_org,
    "title": of_title,
    "emails": of_mail,
    "phones": of_phone,
    "urls": of_site,
    "addresses": of_address,
}


def of_value(kind: str, found: Found[Any], card: Card) -> Signs:
    """All signs of one value; none where a code says it."""
    if "code" in found.evidence.engines or found.evidence.box is None:
        return {}
    own, text = card.own(found.evidence.box), spelled(found.value)
    signs = {f"print {name}": sign for name, sign in of_print(own, text).items()}
    signs |= {f"{kind} {name}": sign for name, sign in OF_KIND[kind](found, card).items()}
    signs |= {f"card {name}": sign for name, sign in card.own_signs.items()}
    if kind != "name" and len(card.reading.emails) < 2:  # one mailbox that is not the name's says nothing of a number
        signs["card another's mailbox"] = 0.0
    if kind in _CHOICES:
        signs[f"{kind} scattered"] = float(scattered(text, first=kind == "name"))
    if signs["print lost"] and kind in _CHOICES:  # a mailbox or a domain proves no accent
        signs |= {f"{kind} lost": 1.0, f"{kind} proved": 0.0}
    signs |= {f"rule {found.doubt.value}": 1.0} if found.doubt and not signs.get("phones local form") else {}
    return {name: sign for name, sign in signs.items() if sign}


def values(reading: Reading) -> Iterator[tuple[str, int, Found[Any]]]:
    """Each value whose surety is learnt: its kind, its place among its like, and it."""
    for kind in KINDS:
        found = getattr(reading, kind)
        for place, each in enumerate(found if isinstance(found, tuple) else (found,)):
            if each is not None:
                yield kind, place, each
