"""Touches that the user planned himself, on the day he chose."""

from service.domain.ties.act import Act, ActType
from service.domain.ties.making import make
from service.domain.ties.story import Story
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def by_hand(story: Story) -> tuple[Touch, ...]:
    """Always in the week, above the budget if need be, until done or skipped."""
    planned = (act for act in story.of(ActType.PLANNED) if cause_of(act) not in story.closed)
    return tuple(_touch(story, act) for act in planned)


def cause_of(planned: Act) -> str:
    return f"hand:{planned.id}"


def _touch(story: Story, act: Act) -> Touch:
    return make(
        story,
        cause_of(act),
        act.kind or Kind.HELLO,
        Lane.BY_HAND,
        day=act.until or act.day,
        channel=act.channel,
        why=Why(Reason.BY_HAND, act.day, act.text),
    )
