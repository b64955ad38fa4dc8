"""The line below a first mail that says where somebody's data comes from and that it is deleted if they wish."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from service.domain.drafts import Draft
from service.domain.drafts.filling import filled
from service.domain.drafts.texts import texts_of


def with_source(draft: Draft, *, where: str, lang: str, formal: bool) -> Draft:
    """The draft with the line; a language that has none is answered in English, as the draft itself is."""
    lines = _lines()
    of_lang = lines.get(lang.lower()) or lines.get(lang.lower().partition("-")[0]) or lines["en"]
    known, unknown = of_lang["formal" if formal else "informal"]
    return replace(draft, text=f"{draft.text}\n\n{_said(known, where, lang) if where else unknown}")


def _said(known: str, where: str, lang: str) -> str:
    return filled((known,), {"where": where}, texts_of(lang).joins)[0]


@cache
def _lines() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("source.toml").read_text(encoding="utf-8"))
