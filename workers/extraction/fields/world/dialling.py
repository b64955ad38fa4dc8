"""What the numbers of a card say of its country: dialling codes, and the ways in which countries group digits."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import phonenumbers

from workers.extraction.fields.world.numbers import under_plan
from workers.extraction.fields.world.states import Weights

_DIALLED = re.compile(r"(?<![\w+])(?:\+\s?|00\s?(?=[1-9]))[(]?([1-9][\d\s().-]{5,18})|\(\+\s?(\d{1,3})\)")
_SHAPES = (
    ("BR", 2.0, re.compile(r"\(0?[1-9]{2}\)\s?9?[ .]?\d{4}[-. ]\d{4}(?!\d)")),
    ("BR", 2.0, re.compile(r"(?<![\d+])[1-9][1-9]\s?9[ .]?\d{4}[-. ]\d{4}(?!\d)")),
    ("BR", 2.0, re.compile(r"\(?\b0[xX]{2}\s?\d{2}\b")),
    ("BR", 0.8, re.compile(r"(?<!\d)9[. ]?\d{4}-\d{4}(?!\d)")),
    ("FR", 2.0, re.compile(r"(?<![\d+])0[1-79](?:[ .-]\d{2}){4}(?!\d)")),
    (
        "GB",
        1.5,
        re.compile(r"(?<![\d+])(?:020 \d{4} \d{4}|01\d{2,3} \d{3} \d{3,4}|0[38]00 \d{3} \d{3,4})(?!\d)"),
    ),
    ("GB", 2.0, re.compile(r"(?<![\d+])07\d{3} ?(?:\d{6}|\d{3} \d{3})(?!\d)")),
    ("ES", 2.1, re.compile(r"(?<![\d+])[6789]\d(?:\d(?:[ .-]\d{2}){3}|[ .]\d{3}[ .]\d{2}[ .]\d{2})(?![\d.-]|\s\d)")),
    ("ES", 1.0, re.compile(r"(?<![\d+])[679]\d{2}[ .-]\d{3}[ .-]\d{3}(?![\d.-]|\s\d)")),
    ("MX", 0.9, re.compile(r"(?<![\d+])\(?(?:55|33|81)\)?[ .-]\d{4}[ .-]\d{4}(?!\d)")),
    ("JP", 2.0, re.compile(r"(?<![\d+])0[5789]0[-/ .)]\s?\d{4}[-/ .]\d{4}(?!\d)|(?<![\d+])0[1-9]-\d{4}-\d{4}(?!\d)")),
    ("KR", 2.0, re.compile(r"(?<![\d+])01[016789]-\d{3,4}-\d{4}(?!\d)|(?<![\d+])02-\d{3,4}-\d{4}(?!\d)")),
    ("CN", 1.5, re.compile(r"(?<![\d+])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    ("IN", 1.2, re.compile(r"(?<![\d+])[6-9]\d{4}[ -]\d{5}(?!\d)")),
    ("IT", 1.0, re.compile(r"(?<![\d+])3[2-9]\d[ ./-]?\d{6,7}(?!\d)|(?<![\d+])3[2-9]\d[ .]\d{3}[ .]\d{4}(?!\d)")),
    ("DE", 0.8, re.compile(r"(?<![\d+])01(?:5\d|6[023]|7\d)\d?[ /-]")),
    ("PT", 1.0, re.compile(r"(?<![\d+])(?:9[1236]\d|2\d{2}) \d{3} \d{3}(?!\d)")),
    ("AU", 1.2, re.compile(r"(?<![\d+])04\d{2} \d{3} \d{3}(?!\d)|(?<![\d+])1[38]00 \d{3} \d{3}(?!\d)")),
    ("CH", 1.8, re.compile(r"(?<![\d+])0[2-9]\d[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}(?!\d)")),
    (
        "MX",
        2.0,
        re.compile(r"(?<![\d+])04[45][ .-]?\(?\d{2,3}\)?[ .-]?\d{3,4}[ .-]?\d{4}(?!\d)|(?<![\d+])01 (?:\(|800 )"),
    ),
    ("CO", 0.8, re.compile(r"(?<![\d+])3[0-2]\d[ -]\d{3}[ -]\d{4}(?!\d)")),
)
_NATIONAL = re.compile(r"(?<![\w+(/-])\(?\d[\d ().-]{7,15}\d(?![\w/-])")
_NANP = re.compile(r"(?<![\d+])(?:1[ .-])?\(?([2-9]\d{2})\)?[ ./-]{1,2}[2-9]\d{2}[ .-]\d{4}(?!\d)")


def dialled_votes(texts: Sequence[str]) -> Weights:
    votes: Weights = defaultdict(float)
    for text in texts:
        for match in _DIALLED.finditer(text):
            country = dialled_country(re.sub(r"\D", "", match[1] or match[2]))
            if country and not _is_placeholder(match[1] or ""):
                votes[country] += 0.6 if votes[country] else 3.0
    return votes


def _is_placeholder(printed: str) -> bool:
    """+123-456-7890 on a designer's template: the +1 zone's numbers have eleven digits."""
    bare = re.sub(r"\D", "", printed)
    return bare.startswith("1") and len(bare) > 3 and len(bare) != 11


@cache
def dialled_country(digits: str) -> str:
    """The country of an international number's digits, by area code in the +1 zone."""
    if digits.startswith("1") and len(digits) >= 4:
        return _nanp_country(digits[1:4])
    for length in (1, 2, 3):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions and regions[0] != "001":
            return str(regions[0])
    return ""


@cache
def _nanp_country(area: str) -> str:
    # 201 to 989 with some exchange: the plan of the +1 zone knows countries by area code alone.
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(f"{area}2345678"))
    return phonenumbers.region_code_for_number(number) or "US"


def plan_votes(texts: Sequence[str], likely: Sequence[str]) -> Weights:
    """For and against the likeliest countries: whether the numbers that are printed without a country are theirs."""
    printed = [bare for text in texts for match in _NATIONAL.finditer(text) if 9 <= len(bare := _bare(match)) <= 12][:4]
    valid = {
        country: sum(bool((number := under_plan(bare, country)) and number.valid) for bare in printed)
        for country in (likely if printed else ())
    }
    if not any(valid.values()):
        return defaultdict(float)
    return defaultdict(float, {each: 0.8 * of / len(printed) if of else -0.6 for each, of in valid.items()})


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


def shape_votes(texts: Sequence[str]) -> Weights:
    votes: Weights = Weights(float)
    for text in texts:
        if not any(sign.isdigit() for sign in text):
            continue
        for country, weight, shape in _SHAPES:
            if shape.search(text):
                votes[country] = max(votes[country], weight) if votes[country] < weight else votes[country] + 0.2
        if match := _NANP.search(text):
            votes[_nanp_country(match[1])] += 1.2 if not votes[_nanp_country(match[1])] else 0.3
    return votes
