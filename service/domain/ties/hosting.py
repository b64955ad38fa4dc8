"""What the host of a gathering owes its guests: the invitation before it, a thank-you to each who came."""

from collections.abc import Iterator

from service.domain.ties.act import ActType
from service.domain.ties.days import next_open, plus, window_end
from service.domain.ties.invited import Invited
from service.domain.ties.making import make, put_off
from service.domain.ties.story import Story
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def invitations(story: Story) -> tuple[Touch, ...]:
    """By hand, for the user made the list; until the day itself, and no longer once they have answered."""
    return tuple(_invitations(story))


def thanks_for_coming(story: Story) -> tuple[Touch, ...]:
    """A debt from the day after."""
    return tuple(_thanks(story))


def _invitations(story: Story) -> Iterator[Touch]:
    for one in story.tie.invited:
        if one.answered or one.invite in story.closed or _came(story, one):
            continue
        day = max(one.added_on, plus(one.day, -story.policy.invite_days))
        why = Why(Reason.INVITED, one.day, one.about)
        touch = make(story, one.invite, Kind.INVITE, Lane.BY_HAND, day=day, until=one.day, why=why)
        if max(touch.day, story.today) <= one.day:
            yield touch


def _thanks(story: Story) -> Iterator[Touch]:
    for one in story.tie.invited:
        if one.thank in story.closed or not _came(story, one):
            continue
        until = None if put_off(story, one.thank) else window_end(one.day, story.policy.thank_days, story.account)
        if until is None or story.today <= until:
            day = next_open(plus(one.day, 1), story.account)
            why = Why(Reason.CAME, one.day, one.about)
            yield make(story, one.thank, Kind.THANK, Lane.DEBT, day=day, until=until, why=why)


def _came(story: Story, one: Invited) -> bool:
    return any(act.cause == one.came for act in story.of(ActType.TALKED))
