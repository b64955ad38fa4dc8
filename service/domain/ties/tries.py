"""The second and the third try on a card that never answered: each another kind, another way, and later."""

from datetime import date
from zlib import crc32

from service.domain.ties.act import Act
from service.domain.ties.days import plus
from service.domain.ties.kind import try_kind
from service.domain.ties.making import chain, make
from service.domain.ties.pause import free_from
from service.domain.ties.rest import reconnects, spent, waits_for_word
from service.domain.ties.story import Story
from service.domain.ties.touch import Lane, Reason, Touch, Why


def next_try(story: Story) -> Touch | None:
    """None when there was no first word, all was tried, or the user has to tell first whether they answered."""
    if story.contact or reconnects(story) or spent(story) or waits_for_word(story):
        return None
    if story.silent:
        return _try(story, _after(story, story.silent[-1]))
    if story.touches and story.beginning and story.beginning is not story.met:
        return _try(story, plus(story.beginning.day, story.policy.first_after_days))
    return None


def _after(story: Story, last: Act) -> date:
    """When the outcome is not known, in the circle's own time: they may well have answered."""
    if not story.said_no(last):
        return plus(last.day, story.interval + _spread(story))
    policy = story.policy
    days = policy.second_try_days if len(story.silent) == 1 else policy.third_try_days
    return plus(last.day, days + _spread(story))


def _spread(story: Story) -> int:
    """Days sooner or later, each tie's own, so that those met on one evening do not all come back on one morning."""
    spread, key = story.policy.try_spread_days, f"{story.tie.id}:{len(story.silent)}"
    return crc32(key.encode()) % (spread + 1) - spread // 2


def _try(story: Story, due: date) -> Touch:
    kind, day = try_kind(story, max(due, free_from(story)))
    text = story.noted[-1].text if story.noted else ""
    start = story.beginning.day if story.beginning else story.tie.begun_on
    why = Why(Reason.SILENT, start, text, tries=len(story.silent))
    return make(story, chain(story), kind, Lane.TRY, day=day, why=why)
