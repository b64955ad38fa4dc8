"""Which way a touch goes: where they last answered, else as preferred; after silence, another way."""

from service.domain.ties.act import Act, ActType
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.touch import Channel, Kind


def channel_for(story: Story, kind: Kind) -> Channel | None:
    """None where the contact can be reached in no way that we know."""
    ways = _liked_first(story)
    if kind is Kind.CALL and Channel.PHONE in ways:
        return Channel.PHONE
    fresh = [way for way in ways if way not in _refused(story)] or [way for way in ways if way is not _last(story)]
    return next(iter([way for way in fresh if way is not _worn(story)] or fresh or ways), None)


def _liked_first(story: Story) -> list[Channel]:
    order = [_answered_on(story), story.tie.prefers, *story.tie.channels]
    return [way for way in dict.fromkeys(order) if way and way in story.tie.channels]


def _answered_on(story: Story) -> Channel | None:
    for act in reversed(story.acts):
        if act.type is ActType.ANSWERED and is_two_way(act):
            touch = story.touch_by_id.get(act.on, act)
            way = act.channel or touch.channel
            if way:
                return way
    return None


def _refused(story: Story) -> set[Channel]:
    """The ways that met a plain no since the last word from them; of a card that never spoke, all that were tried."""
    return {act.channel for act in story.silent if act.channel and (story.said_no(act) or not story.contact)}


def _last(story: Story) -> Channel | None:
    return story.silent[-1].channel if story.silent else None


def _worn(story: Story) -> Channel | None:
    """The way of the last touches, if nobody told of an answer on it: it is not taken once more."""
    times = story.policy.same_channel_at_most
    last = story.silent[-times:]
    return last[0].channel if len(last) == times and _one_way(last) else None


def _one_way(touches: tuple[Act, ...]) -> bool:
    return len({act.channel for act in touches}) == 1
