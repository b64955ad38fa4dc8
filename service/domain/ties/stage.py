"""The stage of a tie, from its history alone: card, person, tie, advocate. It never falls back."""

from enum import StrEnum

from service.domain.ties.act import ActType
from service.domain.ties.ledger import gives
from service.domain.ties.story import Story, is_referral, is_two_way


class Stage(StrEnum):
    CARD = "card"
    PERSON = "person"
    TIE = "tie"
    ADVOCATE = "advocate"


def stage(story: Story) -> Stage:
    if any(is_referral(act) for act in story.acts):
        return Stage.ADVOCATE
    if _answers_over_time(story) or _both_gave(story):
        return Stage.TIE
    if story.contact or story.of(ActType.ACCEPTED):
        return Stage.PERSON
    return Stage.CARD


def is_new(story: Story) -> bool:
    """Below `tie`: a tie in the making wants a word a month, whatever its circle."""
    return stage(story) in (Stage.CARD, Stage.PERSON)


def _answers_over_time(story: Story) -> bool:
    days = [act.day for act in story.acts if is_two_way(act)]
    return bool(days) and (days[-1] - days[0]).days >= story.policy.stage_apart_days


def _both_gave(story: Story) -> bool:
    return bool(gives(story) and story.of(ActType.RECEIVED))
