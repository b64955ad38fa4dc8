"""What a proposal is worth beside others: the fixed part by tie and kind, and what grows while it waits."""

from datetime import date

from service.domain.ties.ledger import received_since
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.touch import Kind, Lane, Touch

_OUTERMOST = 5


def fixed(story: Story, kind: Kind, lane: Lane) -> int:
    policy = story.policy
    return (
        _OUTERMOST
        - story.circle.place
        + policy.points_starred * story.tie.starred
        + policy.points_they_gave * bool(received_since(story, policy.year_days))
        + policy.points_late_hello * (kind is Kind.LATE_HELLO)
        + policy.points_noted * bool(story.noted)
        + policy.points_answered * _last_answered(story)
        + policy.points_silent_try * (lane is Lane.TRY)
    )


def lateness(touch: Touch, today: date, most: int) -> int:
    """0 to `most`, one for each quarter of the interval (of 30 days at least) that it waits past its day."""
    past = max(0, (today - touch.day).days)
    return min(most, most * past // max(touch.interval_days, 30))


def _last_answered(story: Story) -> bool:
    if not story.touches:
        return False
    told = story.answers.get(story.touches[-1].id)
    return told is not None and is_two_way(told)
