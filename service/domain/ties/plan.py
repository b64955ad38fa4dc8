"""The plan: from a tie and its history to what is due to it, on any day, and nothing else."""

from collections.abc import Iterable
from datetime import date

from service.domain.ties.account import Account
from service.domain.ties.act import Act
from service.domain.ties.by_hand import by_hand
from service.domain.ties.days import plus
from service.domain.ties.debts import promises, thanks
from service.domain.ties.dormant import put_off_reconnect
from service.domain.ties.first_words import first_word
from service.domain.ties.hosting import invitations, thanks_for_coming
from service.domain.ties.introducing import introductions, introductions_owed
from service.domain.ties.keeping import keep
from service.domain.ties.motion import in_motion
from service.domain.ties.occasions import congratulations
from service.domain.ties.rest import is_let_go, is_resting
from service.domain.ties.story import Story, read
from service.domain.ties.tie import Tie
from service.domain.ties.touch import FIRST_WORDS, Kind, Lane, Touch
from service.domain.ties.tries import next_try


def plan(tie: Tie, history: Iterable[Act], account: Account, today: date) -> tuple[Touch, ...]:
    """Debts, what the user put on a day, and at most one proposal, which may lie ahead. Pure, total, blind to order."""
    return planned(read(tie, history, account, today))


def planned(story: Story) -> tuple[Touch, ...]:
    if is_let_go(story):
        return promises(story)
    owed = (*promises(story), *thanks(story), *thanks_for_coming(story), *introductions_owed(story))
    if is_resting(story):
        return owed
    ideas = _ideas(story)
    fixed = (*owed, *by_hand(story), *invitations(story), *(idea for idea in ideas if idea.lane is Lane.BY_HAND))
    return (*fixed, *_one(story, [idea for idea in ideas if idea.lane.proposed], fixed))


def _ideas(story: Story) -> list[Touch]:
    steps = (in_motion(story), first_word(story) or next_try(story) or keep(story) or put_off_reconnect(story))
    return [*(step for step in steps if step), *congratulations(story), *introductions(story)]


def _one(story: Story, ideas: list[Touch], fixed: tuple[Touch, ...]) -> list[Touch]:
    """What is due comes in the order of its kind, what is not by its day. Where something is owed soon, none."""
    free = [idea for idea in ideas if not any(one.day <= _alone_until(idea, story) for one in fixed)]
    return sorted(free, key=lambda idea: _turn(idea, story.today))[:1]


def _alone_until(idea: Touch, story: Story) -> date:
    """A promise kept soon is the word itself: nothing else goes out in the days that an answer needs."""
    start = idea.day if idea.kind in FIRST_WORDS else max(idea.day, story.today)
    return plus(start, story.policy.answer_window_days)


def _turn(idea: Touch, today: date) -> tuple[date, int, date, str]:
    return max(idea.day, today), _place(idea), idea.day, idea.cause


def _place(idea: Touch) -> int:
    """In motion, then congratulate, then introduce, then keep; a first word is as good as in motion."""
    if idea.lane is Lane.IN_MOTION or idea.kind in FIRST_WORDS:
        return 0
    return {Kind.CONGRATULATE: 1, Kind.INTRODUCE: 2}.get(idea.kind, 3)
