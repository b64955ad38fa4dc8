"""The language of a card, by its script, its letters and its small words."""

import re
from collections.abc import Sequence
from functools import cache

from workers.extraction.fields.words.glyphs import plain
from workers.extraction.fields.words.listed import rows
from workers.extraction.fields.world.states import Weights

LANGUAGE_OF = {
    **dict.fromkeys("ES MX AR CO CL PE EC VE UY PY BO CR PA GT HN SV NI DO CU PR".split(), "es"),
    **dict.fromkeys("BR PT AO MZ".split(), "pt"), **dict.fromkeys("US GB IE AU NZ CA IN SG ZA PH NG KE AE".split(), "en"),
    **dict.fromkeys("FR BE LU MC SN CI".split(), "fr"), **dict.fromkeys("DE AT CH LI".split(), "de"),
    "IT": "it", "JP": "ja", "KR": "ko", "CN": "zh", "TW": "zh", "HK": "zh", "NL": "nl", "PL": "pl", "SE": "sv",
    "DK": "da", "TR": "tr", "RU": "ru", "GR": "el", "IL": "he", "NO": "no", "FI": "fi", "CZ": "cs", "RO": "ro",
    "HU": "hu", "TH": "th", "VN": "vi", "ID": "id", "MY": "ms",
}  # fmt: skip
FEW_HAN = 4
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


@cache
def _language_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for row in rows("language_words"):
        language, *some = row.split()
        for word in some:
            words.setdefault(word, []).append(language)
    return words


_WRITTEN_IN = {"JP": "shift_jis", "CN": "gb2312", "TW": "big5"}
"""The standards that hold the Chinese characters of everyday use in each country, and few of the others'."""


@cache
def _writes(country: str, letter: str) -> bool:
    try:
        letter.encode(_WRITTEN_IN[country])
    except UnicodeEncodeError:
        return False
    return True


def _home_of(letters: Sequence[str]) -> str:
    """The one country whose standard holds most of these letters, or ""."""
    held = {country: sum(_writes(country, letter) for letter in letters) for country in _WRITTEN_IN}
    best = [country for country, count in held.items() if count == max(held.values())]
    return best[0] if len(best) == 1 else ""


def _of_han(whole: str) -> tuple[str, float]:
    """Whose Chinese characters these are: Japan's, the mainland's simplified, or Taiwan's."""
    if re.search("株|県|〒|営|業|図|電話|携帯|[都府][^市]{1,4}[市区]", whole) and not re.search("號|樓|傳真", whole):
        return "JP", 2.2
    home = _home_of(re.findall("[一-鿿]", whole))
    if home == "JP" and not re.search("號|樓|傳真", whole):
        return "JP", 2.2
    if home == "TW" or re.search("號|樓|區|傳真|電話|國|縣|總|經|門", whole):
        return "TW", 1.5
    return "CN", 2.4


def spoken(texts: Sequence[str]) -> tuple[Weights, dict[str, float]]:
    """How much speaks for each language, and what the script alone says of the country."""
    whole = "\n".join(text for text in texts if "@" not in text and "www" not in text)
    for script, language, country, weight in _SCRIPTS:
        if len(script.findall(whole)) >= 2:
            home, surer = _of_han(whole) if language == "zh" else (country, weight)
            if language == "zh" and len(script.findall(whole)) < FEW_HAN:
                surer *= 0.4  # a drawing, or a line in another script that was read as Han
            return Weights(float, {LANGUAGE_OF[home] if language == "zh" else language: 10.0}), {home: surer}
    scores: Weights = Weights(float)
    for word in re.findall(r"[^\W\d_]+", plain(whole)):
        languages = _language_words().get(word, ())
        for language in languages:
            scores[language] += 1.0 / len(languages)
    for letters, language, weight in _LETTERS:
        scores[language] += weight * min(2, len(letters.findall(whole.lower())))
    return scores, {}
