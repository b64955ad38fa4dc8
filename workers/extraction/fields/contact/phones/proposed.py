"""Phone numbers: which digits are some, of what use they are, and their full form where it is certain."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from service.domain.reading.card import Doubt, Line, Phone, PhoneType
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.contact.phones import digits
from workers.extraction.fields.contact.phones.seen import Seen, seen_on
from workers.extraction.fields.rows import rest_of
from workers.extraction.fields.words import lexicon
from workers.extraction.fields.words.glyphs import even
from workers.extraction.fields.world import numbers
from workers.extraction.fields.world.place import Place

_POSTCODES = re.compile(r"^(?:\d{5}-\d{3}|\d{2}\.\d{3}-\d{3}|\d{4}-\d{3}|\d{5}-\d{4})$")
_CODES_OF = {
    "BR": re.compile(r"\d{5}-\d{3}$"),
    "PT": re.compile(r"\d{4}-\d{3}$"),
    "US": re.compile(r"\d{5}-\d{4}$"),
    "KR": re.compile(r"\d{3}-\d{2}-\d{5}$"),
}
"""Postcodes, and a Korean business's id, that no number of the same country looks like."""
_HOUSE_AND_POSTCODE = re.compile(r"\d{1,4} ?- ?\d{5}")
"""Between words: Goethestraße 2319-24034 Kiel."""
_TYPES = {"work": PhoneType.WORK, "mobile": PhoneType.MOBILE, "fax": PhoneType.FAX, "home": PhoneType.HOME}


def propose(lines: Sequence[Line], place: Place, taken: Sequence[Candidate[Any]] = ()) -> list[Candidate[Phone]]:
    """Every phone number of the card in the order of print; `taken` are mailboxes and sites."""
    texts = [digits.mended(even(text)) for text in left_of(lines, taken)]
    seen = [number for index in range(len(lines)) for number in seen_on(lines, texts, index, place)]
    kept = [number for number in seen if _is_phone(number, seen, place)]
    return _typed(_once(_joined(kept, place)), texts, place)


def _is_phone(seen: Seen, all_seen: Sequence[Seen], place: Place) -> bool:
    """Whether digits are a phone number at all; short ones need a label, or a card without any full number."""
    count, local_mobile = len(seen.digits), place.country == "BR" and seen.brazilian_mobile
    if not 6 <= count <= 16 or _is_another(seen, place):
        return False
    valid = bool(seen.number and seen.number.valid)
    if count > 11 and not valid and not seen.label and seen.digits[0] != "0" and "+" not in seen.raw:
        return False  # a serial number
    if "+" in seen.raw or (valid and (count >= 9 or seen.label)):
        return count >= 7
    if seen.label:
        return True
    if count >= 9 and not local_mobile:
        return seen.alone and (not place.country_sure or bool(seen.number and seen.number.possible))
    return (seen.alone and valid) or ((seen.alone or seen.ends) and _is_lone_local(seen, all_seen))


def _is_another(seen: Seen, place: Place) -> bool:
    """The digits are those of an id, a house or a postcode."""
    short = len(seen.digits) <= 8
    if (home := _CODES_OF.get(place.country)) and home.match(seen.raw):
        return True
    if seen.label == "none" or (seen.after_sign and short) or (short and not seen.full and " - " in seen.raw):
        return True
    if len(seen.digits) == 6 and (seen.label == "mobile" or (place.country == "IN" and not seen.label)):
        return True  # no mobile is so short; a PIN code
    if place.country == "JP" and re.match(r"\d{3}-\d{4}$", seen.raw):
        return not seen.label
    if seen.label:
        return False
    local_mobile = place.country == "BR" and seen.brazilian_mobile
    housed = " - " in seen.raw or seen.after_sign or bool(_HOUSE_AND_POSTCODE.fullmatch(seen.raw))
    return (not seen.alone and housed) or bool(_POSTCODES.match(seen.raw) and not local_mobile)


def _is_lone_local(seen: Seen, all_seen: Sequence[Seen]) -> bool:
    others = [other for other in all_seen if other.full and len(other.digits) >= 9 and other.label != "none"]
    if seen.raw.startswith("("):
        return looks_dialled(seen.raw)
    return looks_dialled(seen.raw) and (not others or _has_area(seen, others))


def looks_dialled(raw: str) -> bool:
    """Six to eight digits in groups as people write numbers: 2294-9484, 555 12 34, 12.34.56."""
    return bool(
        re.fullmatch(
            r"\(0?\d{1,2}\)\s?\d{3}[ .-]?\d{2}[ .-]?\d{2}|\d{3,4}[ .-]\d{4}|9[ .-]?\d{4}[ .-]\d{4}|\d{3}[ .-]\d{3}|\d{2,3}(?:[ .-]\d{2}){2,3}|\d[ .-]\d{3}[ .-]\d{4}|\d{3}[ .-]\d{2}[ .-]\d{2}",
            raw,
        )
    )


def _has_area(seen: Seen, others: Sequence[Seen]) -> bool:
    """Joined to the area code of a full number on the card, it is valid, and the two are written alike."""
    alike = re.search(r"\D", seen.raw)
    return any(
        other.number and alike and alike.group() in other.raw and _with_area(seen, other.number) for other in others
    )


def _with_area(seen: Seen, other: numbers.Number) -> numbers.Number | None:
    area = numbers.area_of(other.e164) if other.e164 else ""
    number = numbers.under_plan(area + seen.digits, "") if area else None
    return number if number and number.valid else None


def _joined(kept: Sequence[Seen], place: Place) -> list[Seen]:
    """Local numbers completed with the area code that all full numbers of the card share."""
    full = [seen.number for seen in kept if seen.full and seen.number and seen.number.country == place.country]
    areas = {numbers.area_of(number.e164) for number in full} - {""}
    return [
        replace(seen, number=_with_area(seen, full[0]) or seen.number)
        if len(areas) == 1 and not seen.full and len(seen.digits) <= 9 and numbers.area_of(full[0].e164)
        else seen
        for seen in kept
    ]


def _once(kept: Sequence[Seen]) -> list[Seen]:
    """The same number printed twice is one number; the labelled print stays."""
    found: dict[str, Seen] = {}
    for seen in kept:
        key = (seen.number.e164 if seen.number and seen.full else seen.digits) + seen.extension
        if key not in found or (seen.full, bool(seen.label)) > (found[key].full, bool(found[key].label)):
            found[key] = seen
    return list(found.values())


def _typed(kept: Sequence[Seen], texts: Sequence[str], place: Place) -> list[Candidate[Phone]]:
    found: list[Candidate[Phone]] = []
    for seen in kept:
        first = not any(candidate.value.type == PhoneType.WORK for candidate in found)
        kind = _type(seen, place, first=first)
        found.append(_candidate(seen, kind, texts[seen.line], place))
    return found


def _type(seen: Seen, place: Place, *, first: bool) -> PhoneType:
    """By label; else by the plan; where the plan does not tell, the first number is for work and the next a mobile."""
    use = seen.number.use if seen.number else ""
    if place.country == "BR" and len(seen.digits) >= 8:  # eight digits are a house's but for old mobiles, 9 before them
        use = (
            "mobile"
            if re.search(r"9\d{8}$", seen.digits) or (use == "mobile" and re.search(r"[89]\d{7}$", seen.digits))
            else "fixed"
        )
    if seen.label in _TYPES:
        return _TYPES[seen.label]
    if use:
        return PhoneType.MOBILE if use == "mobile" else PhoneType.WORK
    if seen.label == "any" or first or len(seen.digits) < 9:
        return PhoneType.WORK
    return PhoneType.MOBILE


def _candidate(seen: Seen, kind: PhoneType, text: str, place: Place) -> Candidate[Phone]:
    number, plus = seen.number, "+" in seen.raw
    own = bool(number and number.e164 and (number.valid or plus or (number.possible and place.country_sure)))
    certain = own and (plus or place.country_sure or seen.digits.startswith("00"))
    e164 = number.e164 if number and certain else ""
    start = min(seen.from_label, seen.start)
    if any(lexicon.given(word) == 1.0 for word in re.findall(r"[A-ZÀ-Þ][^\W\d_]{2,}", text[start : seen.start])):
        start = seen.start  # "Call Eddie 617-555-0148": who is there is said as well
    whole = len(rest_of(text, start, seen.end)) < 2
    return Candidate(
        value=Phone(seen.raw, e164, kind, seen.extension),
        lines=frozenset({seen.line} if whole else ()),
        score=_score(seen, certain=bool(e164)),
        claims=((seen.line, start, seen.end),),
        passed=_passed(seen),
        failed=_failed(seen, place, e164),
        kind=kind.value,
    )


def _score(seen: Seen, *, certain: bool) -> float:
    valid = bool(seen.number and seen.number.valid)
    return 0.8 + 2.0 * bool(seen.label) + 2.0 * valid + 1.0 * ("+" in seen.raw) + 0.7 * certain


def _passed(seen: Seen) -> tuple[str, ...]:
    return ("plan",) * bool(seen.number and seen.number.valid) + ("label",) * bool(seen.label)


def _failed(seen: Seen, place: Place, e164: str) -> tuple[str, ...]:
    valid = bool(seen.number and seen.number.valid)
    if e164:
        return () if valid else (Doubt.NUMBER_INVALID.value,)
    if valid and not place.country_sure:
        return (Doubt.COUNTRY_GUESSED.value,)
    short = place.country_sure and len(seen.digits) >= 9 and not valid and not seen.brazilian_mobile
    return (Doubt.NUMBER_INVALID.value if short else Doubt.NUMBER_LOCAL.value,)
