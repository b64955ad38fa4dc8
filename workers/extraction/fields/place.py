"""The country and the language of a card, by votes: dialling codes, suffixes, postcodes, words, towns, scripts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import phonenumbers

from service.domain.card import Line
from workers.extraction.fields import hosts
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.glyphs import even, plain
from workers.extraction.fields.states import Weights, postcode_votes

LISTS = Path(__file__).parent / "lists"

_DIALLED = re.compile(r"(?<![\w+])(?:\+\s?|00\s?(?=[1-9]))[(]?([1-9][\d\s().-]{5,18})|\(\+\s?(\d{1,3})\)")
_SUFFIX_OF_ALL = {
    "co",
    "io",
    "me",
    "tv",
    "ai",
    "cc",
    "eu",
    "fm",
    "am",
    "ws",
    "la",
    "to",
    "vc",
    "gg",
    "sh",
    "ly",
    "nu",
    "st",
    "li",
}
_SUFFIX_TO_COUNTRY = {"uk": "GB"}
_LANGUAGE_OF = {
    **dict.fromkeys("ES MX AR CO CL PE EC VE UY PY BO CR PA GT HN SV NI DO CU PR".split(), "es"),
    **dict.fromkeys("BR PT AO MZ".split(), "pt"), **dict.fromkeys("US GB IE AU NZ CA IN SG ZA PH NG KE AE".split(), "en"),
    **dict.fromkeys("FR BE LU MC SN CI".split(), "fr"), **dict.fromkeys("DE AT CH LI".split(), "de"),
    "IT": "it", "JP": "ja", "KR": "ko", "CN": "zh", "TW": "zh", "HK": "zh", "NL": "nl", "PL": "pl", "SE": "sv",
    "DK": "da", "TR": "tr", "RU": "ru", "GR": "el", "IL": "he", "NO": "no", "FI": "fi", "CZ": "cs", "RO": "ro",
    "HU": "hu", "TH": "th", "VN": "vi", "ID": "id", "MY": "ms",
}  # fmt: skip
_COUNTRY_OF = {"it": ("IT", 0.8), "de": ("DE", 0.5), "fr": ("FR", 0.5), "pt": ("BR", 0.5), "es": ("ES", 0.2)}
_SCRIPTS = (
    (re.compile("[぀-ヿ]"), "ja", "JP", 3.0),
    (re.compile("[가-힣]"), "ko", "KR", 3.0),
    (re.compile("[а-яА-Я]"), "ru", "RU", 1.0),
    (re.compile("[α-ωΑ-Ω]{2}"), "el", "GR", 2.0),
    (re.compile("[א-ת]"), "he", "IL", 2.0),
    (re.compile("[ก-๙]"), "th", "TH", 2.5),
    (re.compile("[ऀ-ॿ]"), "hi", "IN", 2.5),
    (re.compile("[一-鿿]"), "zh", "CN", 1.2),
)
_LETTERS = (
    (re.compile("[ñ¿¡]"), "es", 1.5),
    (re.compile("[ãõ]|ç[ãõ]"), "pt", 1.5),
    (re.compile("ß|[äöü]"), "de", 1.2),
    (re.compile("[èêâîôûœ]|ç(?![ãõ])"), "fr", 0.6),
    (re.compile("[łżźśćńęą]"), "pl", 1.5),
    (re.compile("[ğşı]"), "tr", 1.5),
    (re.compile("[åø]"), "sv", 0.8),
    (re.compile("[àòìù]\\b"), "it", 0.6),
)
_SHAPES = (
    ("BR", 2.0, re.compile(r"\(0?[1-9]{2}\)\s?9?[ .]?\d{4}[-. ]\d{4}(?!\d)")),
    ("BR", 2.0, re.compile(r"(?<![\d+])[1-9][1-9]\s?9[ .]?\d{4}[-. ]\d{4}(?!\d)")),
    ("BR", 0.8, re.compile(r"(?<!\d)9[. ]?\d{4}-\d{4}(?!\d)")),
    ("FR", 2.0, re.compile(r"(?<![\d+])0[1-79](?:[ .-]\d{2}){4}(?!\d)")),
    (
        "GB",
        1.5,
        re.compile(
            r"(?<![\d+])(?:07\d{3}[ ]?\d{6}|07\d{3} \d{3} \d{3}|020 \d{4} \d{4}|01\d{2,3} \d{3} \d{3,4}|0[38]00 \d{3} \d{3,4})(?!\d)"
        ),
    ),
    ("ES", 2.1, re.compile(r"(?<![\d+])[6789]\d(?:\d(?:[ .-]\d{2}){3}|[ .]\d{3}[ .]\d{2}[ .]\d{2})(?![\d.-]|\s\d)")),
    ("ES", 1.0, re.compile(r"(?<![\d+])[679]\d{2}[ .-]\d{3}[ .-]\d{3}(?![\d.-]|\s\d)")),
    ("MX", 0.9, re.compile(r"(?<![\d+])\(?(?:55|33|81)\)?[ .-]\d{4}[ .-]\d{4}(?!\d)")),
    ("JP", 2.0, re.compile(r"(?<![\d+])0[5789]0-\d{4}-\d{4}(?!\d)|(?<![\d+])0[1-9]-\d{4}-\d{4}(?!\d)")),
    ("KR", 2.0, re.compile(r"(?<![\d+])01[016789]-\d{3,4}-\d{4}(?!\d)|(?<![\d+])02-\d{3,4}-\d{4}(?!\d)")),
    ("CN", 1.5, re.compile(r"(?<![\d+])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    ("IN", 1.2, re.compile(r"(?<![\d+])[6-9]\d{4}[ -]\d{5}(?!\d)")),
    ("IT", 1.0, re.compile(r"(?<![\d+])3[2-9]\d[ ./-]?\d{6,7}(?!\d)|(?<![\d+])3[2-9]\d[ .]\d{3}[ .]\d{4}(?!\d)")),
    ("DE", 0.8, re.compile(r"(?<![\d+])01(?:5\d|6[023]|7\d)\d?[ /-]")),
    ("PT", 1.0, re.compile(r"(?<![\d+])(?:9[1236]\d|2\d{2}) \d{3} \d{3}(?!\d)")),
    ("AU", 1.2, re.compile(r"(?<![\d+])04\d{2} \d{3} \d{3}(?!\d)|(?<![\d+])1[38]00 \d{3} \d{3}(?!\d)")),
    ("CH", 1.8, re.compile(r"(?<![\d+])0[2-9]\d[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}(?!\d)")),
    ("CO", 0.8, re.compile(r"(?<![\d+])3[0-2]\d[ -]\d{3}[ -]\d{4}(?!\d)")),
)
_NANP = re.compile(r"(?<![\d+])(?:1[ .-])?\(?([2-9]\d{2})\)?[ .-]{1,2}[2-9]\d{2}[ .-]\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is from. `country` is the best guess; build numbers on it only when `country_sure`."""

    country: str = ""
    country_sure: bool = False
    lang: str = ""
    votes: tuple[tuple[str, float], ...] = ()


def of_card(lines: Sequence[Line], sites: Sequence[Candidate[str]] = ()) -> Place:
    """The place by all votes; `sites` are mailboxes and URLs, whose suffixes vote."""
    texts = [even(line.text) for line in lines]
    languages, script_votes = _languages(texts)
    lang = _likeliest(languages)
    votes: Weights = Weights(float, script_votes)
    for vote in (_dialled(texts), _suffixes(sites), postcode_votes(texts), _words(texts), _shapes(texts)):
        for country, weight in vote.items():
            votes[country] += weight
    if lang in _COUNTRY_OF:
        country, weight = _COUNTRY_OF[lang]
        votes[country] += weight
    return _elected(votes, languages)


def _likeliest(languages: Weights) -> str:
    best = max(languages, key=lambda language: (languages[language], language), default="")
    return best if languages[best] >= 1.0 else ""


def _elected(votes: Weights, languages: Weights) -> Place:
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked:
        return Place(lang=_likeliest(languages))
    country, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    sure = best >= 2.0 and best - second >= 1.0 and best >= 1.25 * second
    spoken = _LANGUAGE_OF.get(country, "")
    if spoken:  # the print may be English anywhere, but not Polish in Britain
        languages[spoken] += 2.5 if sure else 1.0
    return Place(country, sure, _likeliest(languages), tuple(ranked[:6]))


def _dialled(texts: Sequence[str]) -> Weights:
    votes: Weights = Weights(float)
    for text in texts:
        for match in _DIALLED.finditer(text):
            country = dialled_country(re.sub(r"\D", "", match[1] or match[2]))
            if country:
                votes[country] += 0.6 if votes[country] else 3.0
    return votes


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


def _suffixes(sites: Sequence[Candidate[str]]) -> Weights:
    votes: Weights = Weights(float)
    for site in sites:
        host = re.split(r"[/?]", re.sub(r"^https?://", "", site.value.rpartition("@")[2]))[0]
        last = host.rpartition(".")[2]
        country = _SUFFIX_TO_COUNTRY.get(last, last.upper() if len(last) == 2 else "")
        if hosts.is_free_mail(host):
            votes[country] = max(votes[country], 0.6) if country in phonenumbers.SUPPORTED_REGIONS else 0.0
            continue
        shared = last in _SUFFIX_OF_ALL and host.count(".") < 2 + host.startswith("www.")
        if country and not shared and country in phonenumbers.SUPPORTED_REGIONS:
            votes[country] = votes[country] + 0.5 if votes[country] else 2.5
    if "CO" in votes:  # .com.co is Colombia, .co anybody's
        votes["CO"] = min(votes["CO"], 2.5)
    return votes


def _shapes(texts: Sequence[str]) -> Weights:
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


@cache
def _word_votes() -> dict[str, list[tuple[str, float]]]:
    votes: dict[str, list[tuple[str, float]]] = {}
    for row in (LISTS / "place_words.txt").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            country, weight, words = row.split(" ", 2)
            for word in words.split(";"):
                votes.setdefault(word, []).append((country, float(weight)))
    return votes


@cache
def countries() -> dict[str, str]:
    """Country names in many languages (plain form) to ISO codes."""
    rows = (LISTS / "countries.txt").read_text(encoding="utf-8").splitlines()
    return {name: row.partition("\t")[0] for row in rows for name in row.partition("\t")[2].split(";")}


@cache
def cities() -> dict[str, str]:
    """Town names (plain form) to their countries with population in thousands: `ES325 AR2106`."""
    rows = (LISTS / "cities.txt").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


def city_countries(name: str) -> list[tuple[str, int]]:
    """The countries with a town of that name and its population there in thousands, the biggest first."""
    return [(entry[:2], int(entry[2:])) for entry in cities().get(name, "").split()]


def _words(texts: Sequence[str]) -> Weights:
    votes: Weights = Weights(float)
    seen: set[str] = set()
    for text in texts:
        for gram in _grams(text):
            if gram in seen:
                continue
            seen.add(gram)
            for country, weight in _word_votes().get(gram, ()):
                votes[country] += weight
        for country, weight in _towns(text):
            votes[country] += weight
    return votes


def _grams(text: str) -> Iterator[str]:
    words = re.findall(r"\w+&?", plain(text))
    for start in range(len(words)):
        for length in (1, 2, 3, 4):
            if start + length <= len(words):
                yield " ".join(words[start : start + length])
    if "c/" in text.lower()[:3]:
        yield "calle"
    for word in words:
        if len(word) > 6 and word.endswith(("strasse", "str")):
            yield "strasse"
        elif len(word) > 7 and word.endswith("straat"):
            yield "straat"


def _towns(text: str) -> Iterator[tuple[str, float]]:
    """Votes of towns that stand as a whole piece between commas, digits, brackets or the line's ends."""
    for piece in re.split(r"[,;|·/()\d]|\s-\s", text):
        name = plain(re.sub(r"\s+[A-Z]{2}$|\s+(?i:cedex)$", "", piece.strip()))
        if (nation := countries().get(name)) and nation not in _NAMESAKES and not _big(name):
            yield nation, 2.5
        found = city_countries(name) if len(name) > 2 else []
        total = sum(size for _, size in found)
        if total and (piece.strip() != text.strip() or total > 100):
            for country, size in found[:3]:
                yield country, 1.6 * size / total


_NAMESAKES = ("MF", "SX", "BL", "GE", "JE", "JO", "TD", "NE")
"""Countries named like saints, states of the US, or people."""


def _big(name: str) -> bool:
    """A town of note has the name too: Granada is no Grenada."""
    found = city_countries(name)
    return bool(found) and found[0][1] > 150 and countries()[name] != found[0][0]


@cache
def _language_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for row in (LISTS / "language_words.txt").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            language, *some = row.split()
            for word in some:
                words.setdefault(word, []).append(language)
    return words


def _of_han(whole: str) -> tuple[str, float]:
    """Whose Chinese characters these are: Japan's, the mainland's simplified, or Taiwan's."""
    if re.search("株|県|〒|営|業|図|電話|携帯|[都府][^市]{1,4}[市区]", whole) and not re.search("號|樓|傳真", whole):
        return "JP", 2.2
    if re.search("號|樓|區|傳真|電話|國|縣|總|經|門", whole):
        return "TW", 1.5
    return "CN", 2.4


def _languages(texts: Sequence[str]) -> tuple[Weights, dict[str, float]]:
    """How much speaks for each language, and what the script alone says of the country."""
    whole = "\n".join(text for text in texts if "@" not in text and "www" not in text)
    for script, language, country, weight in _SCRIPTS:
        if len(script.findall(whole)) >= 2:
            home, surer = _of_han(whole) if language == "zh" else (country, weight)
            return Weights(float, {_LANGUAGE_OF[home] if language == "zh" else language: 10.0}), {home: surer}
    scores: Weights = Weights(float)
    for word in re.findall(r"[^\W\d_]+", plain(whole)):
        languages = _language_words().get(word, ())
        for language in languages:
            scores[language] += 1.0 / len(languages)
    for letters, language, weight in _LETTERS:
        scores[language] += weight * min(2, len(letters.findall(whole.lower())))
    return scores, {}
