"""What a notice on a locked screen says: how many things, and of what kind; names only for whoever allowed them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from service.domain.ties.touch import Kind

LANGUAGES: Final = ("es", "en")
_LONGEST: Final = 120
"""Of what was promised: a locked screen shows little more."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done today: of what kind, for whom, and for a promise its words."""

    kind: Kind
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A headline, and a sentence or two."""

    title: str
    body: str


def notice(promises: Sequence[Due], first: Due | None, *, lang: str, names: bool) -> Notice | None:
    """Say what is due; None where nothing is. Without `names` nothing in it tells whom it is about."""
    words = words_of(lang)
    if not promises and first is None:
        return None
    sentences = list(_of_promises(promises, words)) if names else []
    if first:
        sentences.append(_of_first(first, words, names=names, also=bool(promises)))
    return Notice(_title(len(promises), words), " ".join(sentences) or str(words["body"]["look"]))


def attempt(*, lang: str) -> Notice:
    """What is sent to try it out."""
    return Notice("Undrawer", str(words_of(lang)["body"]["try"]))


def what(due: Due, *, lang: str, names: bool) -> str:
    """A touch in a few words, as in the middle of a sentence."""
    return _what(due, words_of(lang), names=names)


def _title(promises: int, words: Mapping[str, Any]) -> str:
    titles = words["title"]
    if promises == 0:
        return str(titles["today"])
    return str(titles["promise"] if promises == 1 else titles["promises"].format(count=promises))


def _of_promises(promises: Sequence[Due], words: Mapping[str, Any]) -> list[str]:
    """The first of them in its words; the others are a number."""
    if not promises:
        return []
    first, others = promises[0], len(promises) - 1
    said = [
        str(words["body"]["promise"]).format(name=first.name, text=_short(first.text)) if first.text else first.name
    ]
    if others:
        said.append(str(words["body"]["one_more"] if others == 1 else words["body"]["more"].format(count=others)))
    return said


def _of_first(first: Due, words: Mapping[str, Any], *, names: bool, also: bool) -> str:
    return str(words["body"]["also" if also else "first"]).format(what=_what(first, words, names=names))


def _what(due: Due, words: Mapping[str, Any], *, names: bool) -> str:
    nameless, named = words["what"].get(due.kind.value, words["what"]["any"])
    return str(named).format(name=due.name) if names and due.name else str(nameless)


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


@cache
def words_of(lang: str) -> Mapping[str, Any]:
    """The words of a language, of English where we do not speak it."""
    name = lang if lang in LANGUAGES else "en"
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
