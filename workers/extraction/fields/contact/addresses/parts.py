"""The parts of a postal address: street, postcode, town, region, country, and what stands beside."""

import re

from service.domain.reading.card import Address
from workers.extraction.fields.contact.addresses.words import signs_of
from workers.extraction.fields.words.glyphs import plain
from workers.extraction.fields.world.gazetteer import city_countries, countries
from workers.extraction.fields.world.states import SHAPES, postcode_shape, region_codes, regions

_LABEL = re.compile(r"^(?:C\.?\s?P\.?|CEP|PIN(?:\s?code)?|Zip|〒)\s*[:.]?\s*", re.IGNORECASE)
_CODE_AT_ALL = re.compile(r"(?<![\w.-])(?:\d{5}(?:-\d{3,4})?|\d{4}-\d{3}|\d{4})(?![\w-])")


def parted(printed: str, pieces: list[str], country: str) -> Address:
    """An address with what can be told apart; the printed line stays whole."""
    parts = [part for piece in pieces for part in re.split(r",|;|\s[-–]\s", piece) if part.strip(" .-")]
    code, rest = _postcode(parts, country)
    nation, rest = _taken(rest, lambda part: countries().get(plain(part), ""))
    region, rest = _region(rest, country)
    city, rest = _city(rest, country, code)
    street, extra = _street(rest, country)
    own = countries().get(plain(nation), "") if nation else ""
    return Address(printed, street, extra, code, city, region, own or country)


def _postcode(parts: list[str], country: str) -> tuple[str, list[str]]:
    """The postcode, and the parts with what stands beside it marked off as the town: the last code counts."""
    shapes = [
        shape for own, weight, shape in SHAPES if own == country and weight >= 2.0 and own in ("GB", "CA", "BR", "IE")
    ]
    own = postcode_shape(country)
    for at in range(len(parts) - 1, -1, -1):
        for shape in [*shapes, own or _CODE_AT_ALL]:
            matches = list(shape.finditer(parts[at]))
            if matches and (at > 0 or len(parts) == 1):
                match = matches[-1]
                before, after = parts[at][: match.start()], parts[at][match.end() :]
                kept = [_LABEL.sub("", part.strip(" .-")).strip(" .-") for part in (_bare(before), after)]
                return match.group().strip("〒 "), [*parts[:at], *[part for part in kept if part], *parts[at + 1 :]]
    return "", parts


def _bare(text: str) -> str:
    return re.sub(r"(?:\bC\.?\s?P\.?|\bCEP|\bPIN|\bZip|〒|\b[A-Z]{1,2}-)\s*[:.]?\s*$", "", text, flags=re.IGNORECASE)


def _taken(parts: list[str], known: object) -> tuple[str, list[str]]:
    for at in range(len(parts) - 1, -1, -1):
        if callable(known) and known(parts[at].strip(" .()")):
            return parts[at].strip(" .()"), parts[:at] + parts[at + 1 :]
    return "", parts


def _region(parts: list[str], country: str) -> tuple[str, list[str]]:
    """A state or province: a part of its own, a code at the end of a part, or in brackets."""
    for at in range(len(parts) - 1, 0, -1):
        part = parts[at].strip(" .")
        match = re.match(r"(?P<town>.*?)\s*[\s(-](?P<code>[A-Z]{2,4})\)?$", part)
        if part.upper() in region_codes(country) and part.isupper():
            return part, parts[:at] + parts[at + 1 :]
        if match and (match["code"] in region_codes(country) or country == "IT") and match["town"].strip():
            return match["code"], [*parts[:at], match["town"].strip(" (-"), *parts[at + 1 :]]
        if plain(part.strip("()")) in regions(country) and at == len(parts) - 1 and len(parts) > 2:
            return part.strip("()"), parts[:at]
    return "", parts


def _city(parts: list[str], country: str, code: str) -> tuple[str, list[str]]:
    for at in range(len(parts) - 1, 0, -1):
        found = city_countries(plain(parts[at]))
        if found and (any(own == country for own, _ in found) or not country):
            return parts[at].strip(" ."), parts[:at] + parts[at + 1 :]
    if code and len(parts) > 1 and not re.search(r"\d", parts[-1]) and not signs_of(parts[-1].strip(), country).extra:
        return parts[-1].strip(" ."), parts[:-1]
    return "", parts


def _street(parts: list[str], country: str) -> tuple[str, str]:
    """The street with its number, and all else."""
    told = [signs_of(part.strip(), country) for part in parts]
    at = max(
        (at for at, signs in enumerate(told) if signs.street),
        key=lambda at: told[at].weight - 2 * told[at].extra,
        default=None,
    )
    if at is None:
        at = next((at for at, part in enumerate(parts) if re.search(r"\d", part)), None)
    if at is None:
        return "", ", ".join(part.strip() for part in parts)
    street, rest = parts[at].strip(), parts[at + 1 :]
    if rest and re.fullmatch(r"\s*(?:n[ºo°.]*\s*)?\d{1,5}\s?[A-Za-z]?\s*|\s*s/n\s*", rest[0], re.IGNORECASE):
        street, rest = f"{street}, {rest[0].strip()}", rest[1:]
    return street, ", ".join(part.strip() for part in [*parts[:at], *rest])
