"""The digest: what is due, as one mail in plain text and in HTML, in the language of the account."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

LANGUAGES: Final = ("es", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do. `kind` chooses its title; a link that is "" is not offered."""

    name: str
    kind: str
    draft: str
    why: str = ""
    done: str = ""
    later: str = ""
    skip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one mail says. `when` is weekly or daily; `more` is how many are due that it does not name."""

    when: str
    language: str
    dues: tuple[Due, ...]
    today: str
    settings: str
    stop: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str
    html: str


def write(digest: Digest) -> Written:
    """Write it; a subject names nobody, for it stands on locked screens."""
    words = _words(digest.language if digest.language in LANGUAGES else "en")
    said = words[digest.when]
    count = len(digest.dues) + digest.more
    subject = said["none" if not count else "one" if count == 1 else "many"].format(count=count)
    rows = [(due, words["kinds"].get(due.kind, words["kinds"]["any"]).format(name=due.name)) for due in digest.dues]
    known: dict[str, Any] = {"digest": digest, "words": words, "said": said, "subject": subject, "rows": rows}
    text, html = (_templates().get_template(f"digest.{kind}").render(known) for kind in ("txt", "html"))
    return Written(subject, text.strip() + "\n", html)


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
