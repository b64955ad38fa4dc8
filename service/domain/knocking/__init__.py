"""What a knock is answered with by mail: a link that signs in, or one that makes an account."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

SIGN_UP: Final = "sign-up"
"""What the link of a sign-up is signed for."""

LANGUAGES: Final = ("es", "en")


@dataclass(frozen=True, slots=True)
class Answer:
    """A mail: its subject and its text."""

    subject: str
    text: str


def way_in(link: str, *, lang: str) -> Answer:
    """To whoever has an account, whether he knew it or not."""
    return _answer("sign_in", link, lang)


def welcome(link: str, *, lang: str) -> Answer:
    """To whoever has none, where the door is open."""
    return _answer("sign_up", link, lang)


def _answer(which: str, link: str, lang: str) -> Answer:
    words = words_of(lang if lang in LANGUAGES else "en")[which]
    return Answer(words["subject"], words["text"].strip().format(link=link) + "\n")


@cache
def words_of(lang: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath(f"{lang}.toml").read_text(encoding="utf-8"))
