"""Runs of digits on a line: what may be a phone number, and what is a date, a price, a postcode or a tax id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workers.extraction.fields.world.numbers import under_plan

_MISREAD = str.maketrans("OoQDlI|SBZ", "0000111582")
_NO_PHONES = re.compile(
    r"""
    \d{2}\.?\d{3}\.?\d{3}\s?/\s?\d{4}\s?-\s?\d{2}(?!\d)                          # CNPJ
    | (?<!\d)\d{3}\.\d{3}\.\d{3}-\d{1,2}(?!\d)                                     # CPF, NIT
    | (?<![\d.])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?!\w)                                 # RUT
    | (?<!\d)(?:20|23|24|27|30|33)-\d{8}-\d(?!\d)                                   # CUIT
    | (?<![\d+.])(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)\d{2}(?![\d.])  # dates
    | (?<!\d)(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)
    | (?<!\d)(?:19|20)\d{2}\s?[-/]\s?(?:19|20)\d{2}(?!\d)                           # years
    | (?<!\d)\d{1,2}\s?[:hH.]\s?\d{0,2}\s?(?:h|hs|hrs|am|pm|a\.m\.|p\.m\.|uhr)?\s?(?:-|a|to|às|bis|/)
      \s?\d{1,2}\s?[:hH]\s?\d{0,2}(?:\s?(?:h|hs|hrs|am|pm|uhr)\b)?                 # hours
    | (?<![\d.])(?:[01]?\d|2[0-4])\.[0-5]\d\s?(?:-|a)\s?(?:[01]?\d|2[0-4])\.[0-5]\d(?![\d.])
    | (?<!\d)\d{1,2}:\d{2}(?!\d)
    | \bCHE[ -]?\d{3}\.\d{3}\.\d{3}(?:\s?(?:MWST|TVA|IVA))?                        # UID
    | (?:[$€£¥₹]|R\$|US\$|EUR|USD)\s?\d[\d.,]*                                      # prices and measures
    | \d[\d.,]*\s?(?:[€£¥%]|EUR\b|USD\b|km\b|kg\b|m²|m2\b|kW\b)
    | \d+\s?\*\s?\d+(?:\s?\*\s?\d+)*                                              # Nextel
    | (?<![\d.])-?\d{1,3}\.\d{4,},\s?-?\d{1,3}\.\d{4,}                            # a place on the map
    | (?<!\w)[A-Z]{2}\d{2}(?:\s?[\dA-Z]{4}){3,7}(?:\s?[\dA-Z]{1,3})?(?!\w)         # IBAN
    | (?<!\w)[ABCDEFGHJNPQRSUVW][ -]?\d{8}(?!\d)(?![ .-]\d)                        # CIF
    | (?<![\w.-])\d{7,8}[ -]?[A-HJ-NP-TV-Z](?!\w)                                  # NIF
    | (?<!\w)[A-Z]{2}-?\d{9,12}(?!\w)                                             # VAT
    | (?<!\w)[A-Z]{3,5}\d{6}[A-Z\d]{3}(?!\w)                                      # RFC
    | (?<!\w)\d{2}[A-Z]{5}\d{4}[A-Z][\dA-Z]Z[\dA-Z](?!\w)                        # GSTIN
    | (?<!\w)[UL]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}(?!\w)                           # CIN
    | \b(?i:creci|crea|oab|crm|cro|cau|crp|nmls|npi|lic|licen[cs]e|reg|bar)\b\.?\s?(?:no\.?|n[º°o.]*|\#|:)?\s?[\d.]{3,7}(?=\s+[\d(])  # the number of a licence, before another
    | \bISO\s?[\d:/-]+
    """,
    re.VERBOSE,
)
_RUN = re.compile(r"(?:\+\s?\(?(?!0)|\(\s?\+?\s?)?\d(?:[ .\-/'~()]{0,4}\d)*")
_LAST_DIGITS = re.compile(r"\s?/\s?\d{1,3}$")
_LABEL_OF_DIGITS = re.compile(r"[ .\-/'~()]+\d{1,3}$")
"""What stands before a colon says what the next number is: `06:` of a Dutch mobile."""
_UNUSED_ZERO = re.compile(r"\s?\(0?\)?$")
"""What only stands behind a country's code and before an area's."""
_WITH_ZERO = ("JP", "KR")
"""Where nobody prints an area's code without its zero."""
_GROUP = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that may be one number: the print, where it stands, and what its plan says when it was asked."""

    printed: str
    start: int
    end: int

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.printed)


@lru_cache(maxsize=1024)
def mended(text: str) -> str:
    """Letters between digits as the digits they were; as long as `text`."""
    if not re.search(r"\d", text):
        return text
    text = re.sub(r"(?<=[A-Za-z]{2}\.)[oO](?=\d{4})", "0", text)
    text = re.sub(r"(?<=\+\d\d )[|lI](?= \d)", "1", text)  # a bar never stands between a country's code and a number
    text = re.sub(r"(?<=\d)[OoQDlI|SBZ]+(?=[\s.-]?\d)", lambda match: match.group().translate(_MISREAD), text)
    text = re.sub(r"(?<=\d[ .-])[SBZ](?=\d{2}| \d)", lambda match: match.group().translate(_MISREAD), text)
    text = re.sub(r"(?<=\d\d[ .-])[Oo](?=\d{3}(?!\w))", "0", text)
    text = re.sub(r"(?<=\.\d{3}),(?=\d)|(?<=\.\d{4}),(?=\d)|(?<=\d{2}),(?=\d{3}\.\d{3})", ".", text)
    text = re.sub(r"(?<=\d[ .-]\d\d[ .-]\d)[Oo](?!\w)", "0", text)
    text = re.sub(r"(?<=\d{3})[OolISB](?![\w])", lambda match: match.group().translate(_MISREAD), text)
    text = re.sub(r"(?<![A-Za-z0-9.])[OoQlI]{1,3}(?=[1-9]\d)", lambda match: match.group().translate(_MISREAD), text)
    return re.sub(r"\(0[xX]{2}\s?(?=\d{2}\))", lambda match: "(" + " " * (len(match.group()) - 1), text)


@lru_cache(maxsize=1024)
def mended_zeros(text: str) -> str:
    """O and l as the 0 and 1 of a postcode; as long as `text`."""
    text = re.sub(r"\b([A-Z]{1,2}\d[A-Z\d]? )[OQ](?=[A-Z]{2}\b)", r"\g<1>0", text)
    text = re.sub(r"\b([A-Z]{1,2}\d)[lI](?= \d[A-Z]{2}\b)", r"\g<1>1", text)
    return re.sub(
        r"(?<![A-Za-z0-9.])[OoQlI]{1,3}(?=\d{2,})|(?<=\d)[OolI]+(?=\d)|(?<=\d{3})[Oo](?!\w)",
        lambda match: match.group().translate(_MISREAD),
        text,
    )


@lru_cache(maxsize=1024)
def without_other_numbers(text: str) -> str:
    """Dates, prices, hours, tax ids and the like blanked out; as long as `text`."""
    return _NO_PHONES.sub(lambda match: " " * len(match.group()), text)


def runs(text: str, country: str) -> Iterator[Run]:
    """The numbers of a line, a run of digits with several in it taken apart where the plan says so."""
    for match in _RUN.finditer(text):
        whole = _LAST_DIGITS.sub("", match.group())  # "/ 68" is another line of the same house
        printed = whole if sum(map(str.isdigit, whole)) >= 6 else match.group()
        if re.match(r":\s?[+(\d]", text[match.end() :]):
            printed = _LABEL_OF_DIGITS.sub("", printed)
        if sum(map(str.isdigit, printed)) >= 5:
            for start, end in _parts(printed, country):
                piece = _UNUSED_ZERO.sub("", printed[start:end])
                at = match.start() + start
                yield Run(piece.strip(" -./'~"), at + _lead(piece), at + len(piece))


def _lead(piece: str) -> int:
    return len(piece) - len(piece.lstrip(" -./'~)"))


@lru_cache(maxsize=1024)
def _parts(run: str, country: str) -> tuple[tuple[int, int], ...]:
    """The best division of a run into numbers, by the plan and by the separators."""
    groups = [(match.start(), match.end()) for match in _GROUP.finditer(run)]
    if len(groups) == 1 or _grade(run, country) >= 3.0:
        return ((0, len(run)),)
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
    for last in range(1, len(groups) + 1):
        options = []
        for first in range(max(0, last - 7), last):
            start = _opening(run, groups, first)
            end = groups[last - 1][1]
            grade = _grade(run[start:end], country) + (
                _cut(run[groups[first - 1][1] : groups[first][0]]) if first else 0
            )
            options.append((best[first][0] + grade, (*best[first][1], (start, end))))
        best.append(max(options))
    return best[-1][1]


def _opening(run: str, groups: list[tuple[int, int]], first: int) -> int:
    """Where a group's number begins, its bracket or plus included."""
    if first == 0:
        return 0
    between = run[groups[first - 1][1] : groups[first][0]]
    opened = max(between.rfind("("), between.rfind("+") if "(" not in between else -1)
    return groups[first - 1][1] + opened if opened >= 0 else groups[first][0]


def _cut(between: str) -> float:
    """How willingly a run is cut at this separator."""
    if "/" in between or "~" in between or re.search(r"\s{2,}|\s-\s", between):
        return 0.4
    return 0.0 if "(" in between else -0.8 if between == " " else -1.6


@lru_cache(maxsize=2048)
def _grade(printed: str, country: str) -> float:
    digits = re.sub(r"\D", "", printed)
    plus = "+" in printed
    zeroless = country in _WITH_ZERO and len(digits) >= 9 and not plus and not digits.startswith(("0", "81", "82"))
    if len(digits) < 6 or len(digits) > 15 or zeroless:
        return -6.0 if plus else -1.5 - 0.3 * len(digits)
    if not plus and re.match(r"00[1-9]", digits) and (far := under_plan("+" + digits[2:], "")) and far.possible:
        return 3.5 - 0.6 * len(re.findall(r"\s{2,}|\s-\s", printed))
    number = under_plan(("+" if plus else "") + digits, country)
    inner = -0.6 * len(re.findall(r"\s{2,}|\s-\s", printed)) - 0.8 * bool(re.search(r"\d.*\(", printed[3:]))
    if number and number.valid:
        return 3.0 + plus + inner
    if number and number.possible:
        return 1.2 + plus + inner
    if (
        not plus
        and len(digits) >= 11
        and any(
            (other := under_plan("+" + some, "")) and other.valid and other.country == country
            for some in (digits, digits[1:])
        )
    ):
        return 2.8 + inner
    return (-0.6 if len(digits) < 7 else 0.3 if len(digits) <= 9 else -0.5) + inner
