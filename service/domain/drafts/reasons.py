"""Why now, in one sentence, in the language of the user."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from service.domain.drafts.facts import Facts, gaps_of
from service.domain.drafts.filling import filled
from service.domain.drafts.since import since, since_when
from service.domain.drafts.texts import piece_of, texts_of
from service.domain.ties.touch import Touch

LANGUAGES: Final = ("es", "en")


def why(touch: Touch, facts: Facts, *, lang: str, on: date) -> str:
    """Say why the touch is due, as one says it on the day `on`. `facts` are those of its draft; `lang` is es or en."""
    words = _words(lang if lang in LANGUAGES else "en")
    wordings = words[touch.why.reason.value]
    of_referral = {"referral": wordings.get("referral")} if facts.referred else {}
    wording = piece_of(of_referral.get("referral") or wordings.get(touch.kind.value, wordings["any"]))
    sentence, _ = filled(wording, _gaps(touch, facts, words, lang, on), texts_of(lang).joins)
    return sentence[:1].upper() + sentence[1:]


def _gaps(touch: Touch, facts: Facts, words: Mapping[str, Any], lang: str, on: date) -> Mapping[str, str]:
    days = texts_of(lang).days
    known = {**gaps_of(facts, days, on)}
    known.pop("day", None)
    channel = touch.channel and words["channels"].get(touch.channel.value)
    text = _ended(touch.why.text)
    day = touch.why.day
    told = {"text": text, "channel": channel or ""} | (_times(day, words, lang, on) if day else {})
    return known | {gap: value for gap, value in told.items() if value}


def _times(day: date, words: Mapping[str, Any], lang: str, on: date) -> dict[str, str]:
    said = gaps_of(Facts(name="", day=day), texts_of(lang).days, on)["day"]
    return {
        "day": said,
        "since": since(day, words["since"], on=on),
        "since_when": since_when(day, words["since"], lang=lang, on=on),
    }


def _ended(text: str) -> str:
    """What was noted, without the full stop that the sentence around it brings."""
    return text.strip().rstrip(".")


@cache
def _words(lang: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("reasons", f"{lang}.toml").read_text(encoding="utf-8"))
