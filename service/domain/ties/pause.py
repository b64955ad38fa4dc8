"""The day from which the engine may propose anything to a tie at all: windows, skips and failed asks come first."""

from datetime import date

from service.domain.ties.act import Act, ActType
from service.domain.ties.days import plus
from service.domain.ties.ledger import failed_ask
from service.domain.ties.rest import window_closes
from service.domain.ties.story import Story, is_touch


def free_from(story: Story) -> date:
    """The first day without a reason to wait; the day the tie began, if there is none."""
    return max([story.tie.begun_on, *_windows(story), *_skips(story), *_asks(story)])


def _windows(story: Story) -> list[date]:
    """Nothing but debts while an answer may still come, and never two touches to a silent person within days."""
    return [_free_after(story, act) for act in story.after(story.contact) if is_touch(act)]


def _free_after(story: Story, touch: Act) -> date:
    least = plus(touch.day, story.policy.silent_least_days)
    return least if story.said_no(touch) else max(least, plus(window_closes(story, touch), 1))


def _skips(story: Story) -> list[date]:
    days = max(story.interval, story.policy.skip_days)
    return [plus(act.day, days) for act in story.after(story.beginning) if act.type is ActType.SKIPPED]


def _asks(story: Story) -> list[date]:
    """No, or nothing: nothing for a while."""
    ask = failed_ask(story)
    return [plus(ask.day, story.policy.gate_asks_days)] if ask else []
