"""How one writes to a contact: in which language, how formally, and by which way; "" leaves it to others."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request
from flask_babel import lazy_gettext as _

from service.domain.errors import BadValue
from service.domain.ties.touch import Channel
from service.storage.following import policies
from service.storage.following.history import History
from service.web.pages.following.tie_wording import CHANNELS

LANGUAGES: Final = {
    "es": "Español",
    "en": "English",
    "pt": "Português",
    "pt-br": "Português (Brasil)",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
}
FORMALITIES: Final = {"informal": _("Informal"), "formal": _("Formal")}

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Writing:
    """What was chosen, and what there is to choose from as values with their names."""

    language: str
    formality: str
    way: str
    languages: tuple[Choice, ...]
    formalities: tuple[Choice, ...]
    ways: tuple[Choice, ...]

    @property
    def in_words(self) -> str:
        """What was chosen, on one line."""
        chosen = ((self.language, self.languages), (self.formality, self.formalities), (self.way, self.ways))
        return " · ".join(dict(there)[value] for value, there in chosen if value in dict(there))


def writing_of(history: History) -> Writing:
    language, tie = history.language.lower(), history.tie
    known = {**LANGUAGES, **({language: language} if language and language not in LANGUAGES else {})}
    return Writing(
        language=language,
        formality=history.formality,
        way=tie.prefers or "",
        languages=tuple(known.items()),
        formalities=formalities(),
        ways=tuple((way.value, str(CHANNELS[way])) for way in tie.channels),
    )


def formalities() -> tuple[Choice, ...]:
    return tuple((value, str(text)) for value, text in FORMALITIES.items())


def chosen(history: History) -> dict[str, Any]:
    """What the form says; a language that the card brought may stay."""
    language, way = request.form.get("language", ""), request.form.get("prefers", "")
    formality = request.form.get("formality", "")
    known_language = language in ("", history.language.lower(), *LANGUAGES)
    if not known_language or formality not in policies.FORMALITIES or way not in ("", *Channel):
        raise BadValue("choice", "Choose one of the list.")
    return {"language": language, "formality": formality, "prefers": Channel(way) if way else None}
