"""How warm a tie is, beside its stage: shown to the user, and counted where the circles ask for touches."""

from enum import StrEnum

from service.domain.ties.days import plus
from service.domain.ties.first_words import begun_on, fresh_until, late_until
from service.domain.ties.keeping import is_dormant, only_imported, wait
from service.domain.ties.rest import is_let_go, is_resting
from service.domain.ties.story import Story


class Warmth(StrEnum):
    FRESH = "fresh"
    AWAKE = "awake"
    COOLING = "cooling"
    RESTING = "resting"
    DORMANT = "dormant"
    LET_GO = "let go"


AWAKE = frozenset({Warmth.FRESH, Warmth.AWAKE, Warmth.COOLING})
"""The ties whose circles ask for touches."""


def warmth(story: Story) -> Warmth:
    if is_let_go(story):
        return Warmth.LET_GO
    if is_resting(story):
        return Warmth.RESTING
    if only_imported(story) or is_dormant(story):
        return Warmth.DORMANT
    return _known(story) if story.contact else _card(story)


def _known(story: Story) -> Warmth:
    """Cooling once twice the wait has passed. It changes nothing but what is shown."""
    contact, policy = story.contact, story.policy
    cools = contact and story.today > plus(contact.day, policy.cooling_waits * wait(story, contact))
    return Warmth.COOLING if cools else Warmth.AWAKE


def _card(story: Story) -> Warmth:
    since = begun_on(story)
    if story.touches:
        return Warmth.AWAKE
    if since is None or story.today > late_until(story, since):
        return Warmth.DORMANT
    return Warmth.FRESH if story.today <= fresh_until(story, since) else Warmth.AWAKE
