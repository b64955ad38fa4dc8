"""The country and the language of a card, by votes: dialling codes, suffixes, postcodes, words, towns, scripts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import phonenumbers

from service.domain.reading.card import Line
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.words import hosts
from workers.extraction.fields.words.glyphs import even, plain, unglued
from workers.extraction.fields.words.listed import rows
from workers.extraction.fields.world.dialling import dialled_votes, plan_votes, shape_votes
from workers.extraction.fields.world.gazetteer import town_votes
from workers.extraction.fields.world.languages import LANGUAGE_OF, spoken
from workers.extraction.fields.world.states import Weights, postcode_votes

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
_COUNTRY_OF = {
    "it": ("IT", 0.8),
    "de": ("DE", 0.5),
    "fr": ("FR", 0.5),
    "pt": ("BR", 0.5),
    "es": ("ES", 0.2),
    "pl": ("PL", 2.5),
    "tr": ("TR", 2.0),
    "sv": ("SE", 0.8),
    "nl": ("NL", 0.8),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is from. `country` is the best guess; build numbers on it only when `country_sure`."""

    country: str = ""
    country_sure: bool = False
    lang: str = ""
    votes: tuple[tuple[str, float], ...] = ()


def of_card(lines: Sequence[Line], sites: Sequence[Candidate[str]] = ()) -> Place:
    """The place by all votes; `sites` are mailboxes and URLs, whose suffixes vote."""
    texts = [unglued(even(line.text)) for line in lines]
    languages, script_votes = spoken(texts)
    lang = _likeliest(languages)
    votes: Weights = Weights(float, script_votes)
    for vote in (dialled_votes(texts), _suffixes(sites), postcode_votes(texts), _words(texts), shape_votes(texts)):
        for country, weight in vote.items():
            votes[country] += weight
    for country, weight in plan_votes(texts, sorted(votes, key=lambda country: -votes[country])[:3]).items():
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
    spoken = LANGUAGE_OF.get(country, "")
    if spoken:  # the print may be English anywhere, but not Polish in Britain
        languages[spoken] += 2.5 if sure else 1.0
    return Place(country, sure, _likeliest(languages), tuple(ranked[:6]))


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


@cache
def _word_votes() -> dict[str, list[tuple[str, float]]]:
    votes: dict[str, list[tuple[str, float]]] = {}
    for row in rows("place_words"):
        country, weight, words = row.split(" ", 2)
        for word in words.split(";"):
            votes.setdefault(word, []).append((country, float(weight)))
    return votes


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
        for country, weight in town_votes(text):
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
