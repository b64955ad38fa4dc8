"""The shapes of reviewing: an act over many cards, and how an account likes to review."""

from uuid import UUID

from pydantic import ConfigDict, Field

from service.web.api.shapes.text import Given, Told


class ActAnswer(Told):
    """What was done to many cards at once; `act` takes it all back."""

    act: UUID
    cards: list[UUID]


class TakenBack(Told):
    """How many cards are to review again."""

    cards: int


class PreferencesGiven(Given):
    """New settings; one left out, or null, stays as it is."""

    model_config = ConfigDict(strict=True)

    letter_keys: bool | None = None
    confirms_sure: bool | None = None


class PreferencesAnswer(Told):
    """How an account likes to review."""

    letter_keys: bool = Field(description="Single letters act on the review screen.")
    confirms_sure: bool = Field(description="Cards without a doubt confirm themselves as soon as they are read.")
