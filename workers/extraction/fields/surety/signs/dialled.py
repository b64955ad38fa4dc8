"""Of numbers: whether one could be dialled, and what the others of the card say of it."""

import re
from collections.abc import Sequence

from service.domain.reading.card import Doubt, Found, Phone
from workers.extraction.fields.contact.phones import looks_dialled
from workers.extraction.fields.surety.signs.card import Card, Signs, ramp
from workers.extraction.fields.world.dialling import dialled_country


def of_phone(found: Found[Phone], card: Card) -> Signs:
    phone, numbers = found.value, card.reading.phones
    digits = re.sub(r"\D", "", phone.raw)
    countries = {each.value.e164[:3] for each in numbers if each.value.e164}
    local = found.doubt is Doubt.NUMBER_LOCAL and len(digits) >= 7 and looks_dialled(phone.raw)
    others = (re.sub(r"\D", "", each.value.e164 or each.value.raw) for each in numbers if each is not found)
    return {
        "local form": float(local),
        "no plus": float("+" not in phone.raw and not phone.raw.startswith("00") and not local),
        "no full form": float(not phone.e164 and not local),
        "unproved": float("plan" not in found.evidence.passed and not local),
        "few digits": ramp(len(digits), none=10, full=6) * (not local),
        "stump": float(any(digits[-6:] in other[:-1] and digits[-6:] != other[-6:] for other in others)),
        "many digits": ramp(len(digits), none=12, full=15),
        "no kind": float(not phone.type.value),
        "many": ramp(len(numbers), none=3, full=6),
        "many countries": float(len(countries) > 2),
        "low score": ramp(found.evidence.margin, none=5.0, full=0.0) * (not local),
        "brackets": float(bool(re.search(r"\(0?\)|\(\d\)", phone.raw)) or phone.raw.count("(") != phone.raw.count(")")),
        "other signs": float(bool(re.search(r"[^\d\s()+./-]", phone.raw))),
        "extension": float(bool(phone.extension)),
        "after a stroke": float(any(glued_to_a_stroke(phone.raw, line.text) for line in card.own(found.evidence.box))),
        "another country": float(abroad(phone, numbers)),
        "lent country": float("+" not in phone.raw and lent(phone, card)),
        "shorter": ramp(max(len(re.sub(r"\D", "", each.value.raw)) for each in numbers) - len(digits), none=1, full=4),
    }


def glued_to_a_stroke(raw: str, text: str) -> bool:
    """Whether a stroke stands before its first digit, as a + is read whose upright is faint: -43 699 93706073."""
    return bool(re.search(rf"(?<![\w)])[|(]*[-~–]{re.escape(raw)}", text))


def lent(phone: Phone, card: Card) -> bool:
    """Whether no address and no domain of the card is of a number's country: another number has lent it its own."""
    country = dialled_country(phone.e164[1:]) if phone.e164 else ""
    addressed = any(address.value.country == country for address in card.reading.addresses)
    return bool(country) and not addressed and not any(host.endswith(f".{country.lower()}") for host in card.hosts)


def abroad(phone: Phone, numbers: Sequence[Found[Phone]]) -> bool:
    others = [each.value.e164[:3] for each in numbers if each.value.e164 and each.value is not phone]
    return bool(phone.e164 and others) and phone.e164[:3] not in others
