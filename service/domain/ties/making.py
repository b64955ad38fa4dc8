"""How a touch is made of a cause: the user's own kind and day come first, then an open day, a channel, the points."""

from datetime import date

from service.domain.ties.act import Act, ActType
from service.domain.ties.channel import channel_for
from service.domain.ties.days import next_open
from service.domain.ties.ledger import always_answers
from service.domain.ties.points import fixed
from service.domain.ties.story import Story, is_touch
from service.domain.ties.touch import Channel, Kind, Lane, Touch, Why


def make(
    story: Story,
    cause: str,
    kind: Kind,
    lane: Lane,
    *,
    day: date,
    why: Why,
    until: date | None = None,
    channel: Channel | None = None,
) -> Touch:
    """The touch of that cause. Put off by the user, a proposal is by hand on his day, and no longer ends."""
    kind = swapped(story, cause) or kind
    puts = put_off(story, cause)
    if puts and lane.proposed:
        lane, until = Lane.BY_HAND, None
    return Touch(
        tie=story.tie.id,
        cause=cause,
        kind=kind,
        lane=lane,
        day=next_open(puts[-1].until or day if puts else day, story.account),
        until=until,
        channel=channel or channel_for(story, kind),
        why=why,
        circle=story.circle,
        interval_days=story.interval,
        points=fixed(story, kind, lane),
        company=story.tie.company,
        begun_on=story.tie.begun_on,
        easy=always_answers(story),
        postponements=len(puts),
    )


def chain(story: Story) -> str:
    """The cause of the next touch in the run that began with the last contact, exchange or revival: its number."""
    start = story.beginning.id if story.beginning else story.tie.id
    gone = sum(cause.startswith(f"since:{start}:") for cause in story.closed)
    return f"since:{start}:{gone}"


def put_off(story: Story, cause: str) -> tuple[Act, ...]:
    """The times that the user put the touch off, the last one last."""
    return tuple(act for act in story.of(ActType.POSTPONED) if act.cause == cause)


def swapped(story: Story, cause: str) -> Kind | None:
    """The kind that the user chose instead. No tap makes an ask of a proposal: asks go through the gate."""
    kinds = [act.kind for act in story.of(ActType.SWAPPED) if act.cause == cause and act.kind is not Kind.ASK]
    return kinds[-1] if kinds else None


def thanks_owed(story: Story) -> str:
    """An act received whose thank-you was never sent, and after which nothing was sent: the next touch says it."""
    for act in reversed(story.acts):
        if is_touch(act):
            return ""
        if act.type is ActType.RECEIVED:
            return act.id
    return ""
