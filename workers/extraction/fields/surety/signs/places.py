"""Of addresses: what one lacks, and whether it is two halves of others."""

import re
from collections.abc import Sequence

from service.domain.reading.card import Address, Found
from workers.extraction.fields.surety.signs.around import beside
from workers.extraction.fields.surety.signs.card import Card, Signs, ramp
from workers.extraction.fields.words import scripts


def of_address(found: Found[Address], card: Card) -> Signs:
    have, text = set(found.evidence.passed), found.value.printed
    place = int(next((n for n, each in enumerate(card.reading.addresses) if each is found), 0))
    return {
        "no street": float("street" not in have),
        "no postcode": float("postcode" not in have),
        "no city": float("city" not in have),
        "low score": ramp(found.evidence.margin, none=6.0, full=1.0),
        "short": ramp(len(text), none=25, full=8),
        "many words": ramp(len(text.split()), none=10, full=18),
        "no digits": float(not re.search(r"\d", text)),
        "odd": float(bool(re.search(r"[|*•@:]|^\W|\d{7}|\b[a-z][A-Z]\d", text))),
        "another": float(place > 0),
        "several": float(len(card.reading.addresses) > 1),
        "town first": float(town_first(found.value)),
        "torn": float(torn(found, card.reading.addresses)),
        "goes on": beside(found, card),
        "holds a name": float(any(word in text for word in card.name_words if len(word) > 3)),
    }


def town_first(address: Address) -> bool:
    """Whether what is written after the street stands before it: of two addresses one half each."""
    printed = address.printed
    at = printed.find(address.street[:8]) if address.street and not scripts.is_cjk(printed) else 0
    return at > 0 and bool(address.postcode and 0 <= printed.find(address.postcode) < at)


def torn(found: Found[Address], addresses: Sequence[Found[Address]]) -> bool:
    """Whether it lacks its town, and another of the card its street."""
    others = [each for each in addresses if each is not found]
    return "postcode" not in found.evidence.passed and any("street" not in each.evidence.passed for each in others)
